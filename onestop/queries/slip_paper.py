"""A slip as PDF/A, from the words that were kept when it was issued."""

import io

import segno

from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset
from onestop.models import CounterSlip, IssuedForm


def slip_pdf(issued: IssuedForm | CounterSlip) -> bytes:
    """Set the slip. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    transfer = issued.content.get("transfer", "")
    # What a scanner reads: the code of the dossier; nothing where the slip is of none, or of several.
    code = issued.content.get("qr_text", issued.content["code"])
    pictures = {
        "qr": qr_picture(code) if code else "",
        "transfer_qr": qr_picture(transfer, error="m") if transfer else "",
    }
    return typeset("slip", {**printable(issued.content), **pictures}).pdf


def qr_picture(text: str, *, error: str = "q") -> str:
    """A QR code as SVG; by default a quarter of it may be worn off a slip that was folded in a pocket."""
    picture = io.BytesIO()
    segno.make(text, error=error, micro=False).save(picture, kind="svg", border=1, xmldecl=False, scale=4)
    return picture.getvalue().decode()


def printable(value: object) -> dict[str, object]:
    """The content with every text as one printable line."""
    cleaned = _cleaned(value)
    assert isinstance(cleaned, dict)  # noqa: S101  (the snapshot of a slip is an object)
    return cleaned


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return value
