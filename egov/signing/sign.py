"""Sign a PDF: the person first, the agency over it; also an attachment that travels in its own file.

PAdES baseline B-T with a time-stamp authority (``SIGNING_TIMESTAMP_URL``), else B-B. Who may sign in which
capacity is decided from positions and delegations by the business rules, never here.
"""

import asyncio
import hashlib
from datetime import datetime
from functools import lru_cache
from io import BytesIO

from asn1crypto import x509
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from egov.printing.places import Place
from egov.signing.appearance import Look, attachment_look, personal_look, seal_look
from egov.signing.form import PERSONAL_FIELD, SEAL_FIELD, place_number_and_date, prepare
from egov.signing.places import attachment_place
from egov.signing.providers.interface import OpenKey
from egov.signing.refusals import (
    AlreadySigned,
    CertificateNotUsable,
    PdfNotSignable,
    PersonalSignatureMissing,
    TimestampUnavailable,
    WeakKey,
)
from egov.signing.update import in_order, is_incremental_update, only_added, opened
from egov.signing.verification import Status, Verification
from egov.signing.verify import verify
from egov.signing.x509_facts import facts

__all__ = [
    "is_incremental_update",
    "place_number_and_date",
    "prepare",
    "sign_attachment",
    "sign_personal",
    "sign_seal",
]

ATTACHMENT_FIELD = "ChuKyPhuLuc"
HASH = "sha256"
# Bytes around the certificates: signed attributes, the signature itself, ASN.1 (and a time stamp with its
# chain). Known ahead, so that no trial signature is made; not more than needed, as readers pay for padding.
CMS_OVERHEAD = 1_600
TIMESTAMP_SIZE = 8_000
TIMESTAMP_TIMEOUT = 10  # seconds


def sign_personal(
    pdf: bytes,
    key: OpenKey,
    *,
    at: datetime,
    name: str,
    position: str,
    agency: str,
    reason: str = "",
    picture: bytes = b"",
) -> bytes:
    """The competent person's signature: certifies the content and leaves open only number, date and seal.

    :param picture: PNG with transparent ground of the person's signature; drawn from the name when empty
    """
    writer = _ready(pdf, key, at)
    width, height = _size(writer, PERSONAL_FIELD)
    metadata = PdfSignatureMetadata(
        field_name=PERSONAL_FIELD,
        md_algorithm=HASH,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        name=name,
        reason=reason or None,
        location=agency,
    )
    look = personal_look(width, height, name=name, position=position, agency=agency, at=at, png=picture)
    return _signed(pdf, writer, key, metadata, look, at=at)


def sign_seal(
    pdf: bytes,
    key: OpenKey,
    *,
    at: datetime,
    agency_name: str,
    reason: str = "",
    picture: bytes = b"",
    checked: Verification | None = None,
) -> bytes:
    """The agency's signature with its seal, over a valid signature of a person on the same bytes (rule 7).

    After it nothing may change; only time stamps and evidence for later checks can be added.

    :param picture: PNG with transparent ground of the agency's seal; drawn from the name when empty
    :param checked: what :func:`egov.signing.verify.verify` found in these very bytes at this moment, when the
        caller has just asked; it is asked here when the bytes or the moment are others
    :raises PersonalSignatureMissing: no personal signature, or it does not hold
    """
    _require_personal_signature(pdf, at=at, checked=checked)
    writer = _ready(pdf, key, at)
    width, height = _size(writer, SEAL_FIELD)
    metadata = PdfSignatureMetadata(
        field_name=SEAL_FIELD,
        md_algorithm=HASH,
        subfilter=SigSeedSubFilter.PADES,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=agency_name,
        reason=reason or None,
    )
    look = seal_look(width, height, agency=agency_name, at=at, png=picture)
    return _signed(pdf, writer, key, metadata, look, at=at)


def sign_attachment(pdf: bytes, key: OpenKey, *, notation: str, at: datetime) -> bytes:
    """The agency's signature on an attachment in its own file: top right, without a picture (rule 13)."""
    pdf = in_order(pdf)
    place = attachment_place(pdf)
    writer = _ready(pdf, key, at)
    if next(enumerate_sig_fields(writer.prev, filled_status=True), None):
        raise AlreadySigned
    metadata = PdfSignatureMetadata(
        field_name=ATTACHMENT_FIELD,
        md_algorithm=HASH,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=facts(key.certificate_der).name,
    )
    look = attachment_look(place.width, place.height, notation=notation, at=at)
    return _signed(pdf, writer, key, metadata, look, at=at, new_field=place)


class KeptKeySigner(Signer):
    """pyHanko's signer over a key that was opened once: loading an RSA key costs a hundred signatures."""

    def __init__(self, key: OpenKey) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([_parsed(der) for der in key.chain_der])
        super().__init__(signing_cert=_parsed(key.certificate_der), cert_registry=store, embed_roots=False)
        self._key = key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: ARG002
        return self._key.sign(data, digest_algorithm)


def _require_personal_signature(pdf: bytes, *, at: datetime, checked: Verification | None) -> None:
    """Rule 7; the refusal carries the sentence of the check that failed."""
    same = checked is not None and (checked.sha256, checked.checked_at) == (
        hashlib.sha256(pdf).hexdigest(),
        at,
    )
    found = checked if checked is not None and same else verify(pdf, at=at)
    personal = found.personal
    if personal is None or personal.field != PERSONAL_FIELD:
        raise PersonalSignatureMissing
    if personal.status != Status.VALID:
        raise PersonalSignatureMissing(f"{PersonalSignatureMissing.default} {personal.sentence}")


def _ready(pdf: bytes, key: OpenKey, at: datetime) -> IncrementalPdfFileWriter:
    """The file opened for adding, after the checks that every signature needs (Decree 68/2024, Art. 29)."""
    certificate = facts(key.certificate_der)
    if not certificate.strength.is_enough:
        raise WeakKey
    if not certificate.valid_from <= at <= certificate.valid_to:
        raise CertificateNotUsable(
            _("Chứng thư số chưa có hiệu lực hoặc đã hết hạn nên không dùng để ký được.")
        )
    return opened(pdf)


def _signed(
    pdf: bytes,
    writer: IncrementalPdfFileWriter,
    key: OpenKey,
    metadata: PdfSignatureMetadata,
    look: Look,
    *,
    at: datetime,
    new_field: Place | None = None,
) -> bytes:
    """Sign without a trial: the appearance is drawn, room is reserved, the key signs once."""
    url: str = settings.SIGNING_TIMESTAMP_URL
    pdf_signer = PdfSigner(
        metadata,
        KeptKeySigner(key),
        timestamper=RequestsHTTPTimeStamper(url, timeout=TIMESTAMP_TIMEOUT) if url else None,
        stamp_style=look,
        new_field_spec=(
            SigFieldSpec(ATTACHMENT_FIELD, on_page=new_field.page, box=new_field.box)  # type: ignore[arg-type]
            if new_field
            else None
        ),
    )
    session = pdf_signer.init_signing_session(writer, existing_fields_only=new_field is None)
    session.system_time = at
    prepared = session.prepare_tbs_document(
        validation_info=None, bytes_reserved=_room(key, timestamped=bool(url))
    )
    buffer = BytesIO()
    digest, _output = prepared.digest_tbs_document(output=buffer)
    try:
        asyncio.run(prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes()))
    except (TimestampRequestError, OSError) as error:
        raise TimestampUnavailable from error
    return only_added(pdf, buffer.getvalue())


def _room(key: OpenKey, *, timestamped: bool) -> int:
    """Length of the place for the signature; written in hexadecimal, so two digits a byte."""
    certificates = len(key.certificate_der) + sum(len(der) for der in key.chain_der)
    return 2 * (certificates + CMS_OVERHEAD + (TIMESTAMP_SIZE if timestamped else 0))


def _size(writer: IncrementalPdfFileWriter, field_name: str) -> tuple[float, float]:
    """Width and height of an empty signature field."""
    for name, value, reference in enumerate_sig_fields(writer.prev):
        if name == field_name:
            if value is not None:
                raise AlreadySigned
            left, bottom, right, top = (float(number) for number in reference.get_object()["/Rect"])
            return right - left, top - bottom
    raise PdfNotSignable


@lru_cache(maxsize=1024)
def _parsed(der: bytes) -> x509.Certificate:
    return x509.Certificate.load(der)
