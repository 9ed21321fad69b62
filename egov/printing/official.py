"""Sets a document in the form of Decree 30/2020/NĐ-CP, with spots for number, date, signature, seal.

The person who signs does so before the document has a number (Art. 13–14), so the number, the date and the
seal are reserved spots that the signing ceremony fills by incremental update; the page is never set anew.
"""

import re
from dataclasses import dataclass
from typing import Any, Literal

from egov.printing import markup
from egov.printing.places import Place, Places
from egov.printing.typesetter import typeset

A4_HEIGHT = 841.8898  # points
STATE_SEAL_DIAMETER = 36.0  # millimetres; the real size depends on the body
# Words and width in millimetres of the stamps of Appendix I, box 10b; all are 8 mm high.
URGENCY_STAMPS = {"KHẨN": 20, "THƯỢNG KHẨN": 40, "HỎA TỐC": 30}

Layout = Literal["state", "party"]


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """What the boxes of the form hold: plain text, but ``body`` (see :mod:`egov.printing.markup`).

    ``kind`` is empty for a letter (công văn), whose ``abstract`` then stands as "V/v" under the number.
    ``notation`` is what follows the number: ``UBND-NC``, ``QĐ-UBND``, ``2026/QĐ-UBND``; for the Party
    ``CT/TU``. ``capacity`` holds the lines above the signature, title included: ``("TM. ỦY BAN NHÂN DÂN",
    "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")``.
    """

    agency: str
    notation: str
    place: str
    abstract: str
    body: str
    capacity: tuple[str, ...]
    signer_name: str
    superior_agency: str = ""
    kind: str = ""
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    urgency: str = ""
    circulation: str = ""
    drafter_mark: str = ""
    contact: str = ""
    layout: Layout = "state"
    seal_diameter: float = STATE_SEAL_DIAMETER

    def __post_init__(self) -> None:
        if self.urgency and self.urgency not in URGENCY_STAMPS:
            raise ValueError(f"urgency must be one of {', '.join(URGENCY_STAMPS)}, not {self.urgency!r}")


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF/A-2b and the spots left open on it."""

    pdf: bytes
    places: Places


def official_document(content: OfficialDocument) -> Printed:
    """Set a document as PDF/A-2b. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    result = typeset("official_document", _as_json(content))
    spots = {mark["name"]: _place(mark) for mark in result.marks}
    return Printed(result.pdf, Places(**spots))


def _place(mark: dict[str, Any]) -> Place:
    """Typst counts pages from 1 and points from the top; PDF from 0 and from the bottom."""
    return Place(
        page=mark["page"] - 1,
        x=mark["x"],
        y=A4_HEIGHT - mark["y"] - mark["height"],
        width=mark["width"],
        height=mark["height"],
    )


def _as_json(content: OfficialDocument) -> dict[str, Any]:
    clean = markup.clean_line
    party = content.layout == "party"
    return {
        "layout": content.layout,
        "title": _title(content),
        "agency": clean(content.agency),
        "superior_agency": clean(content.superior_agency),
        "number_before": "Số " if party else "Số: ",
        "number_after": ("-" if party else "/") + clean(content.notation),
        "place": clean(content.place),
        "kind": clean(content.kind),
        "abstract": clean(content.abstract),
        "body": [part.as_json() for part in markup.parse(content.body)],
        "addressees": _listed(content.addressees),
        "recipients": _listed(content.recipients),
        "capacity": [clean(line) for line in content.capacity],
        "signer_name": clean(content.signer_name),
        "urgency": (
            {"words": content.urgency, "width": URGENCY_STAMPS[content.urgency]} if content.urgency else None
        ),
        "circulation": clean(content.circulation),
        "drafter_mark": clean(content.drafter_mark),
        "contact": clean(content.contact),
        "seal_diameter": content.seal_diameter,
    }


def _title(content: OfficialDocument) -> str:
    """Title in the PDF's own metadata."""
    return (
        markup.clean_line(" ".join(part for part in (content.kind, content.abstract) if part))
        or content.agency
    )


def _listed(lines: tuple[str, ...]) -> list[str]:
    """Lines of a list as the Decree closes them: semicolons, and a full stop after the last."""
    bare = [re.sub(r"^-\s+", "", markup.clean_line(line)).rstrip(" ;.") for line in lines]
    kept = [line for line in bare if line]
    if len(kept) == 1:
        return kept
    return [f"{line};" for line in kept[:-1]] + [f"{line}." for line in kept[-1:]]
