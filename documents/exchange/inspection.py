"""Is what arrived genuine? Everything that a registry must know before it gives a number (rules 14, 32-36).

The bytes are read and hashed anew for each recipient, as Decree 30/2020, Art. 21 asks.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Delivery, Document
from documents.rules.authority import authority
from egov.files.models import StoredFile
from egov.files.refusals import DamagedFile
from egov.files.store import read_checked
from egov.organizations.queries.tree import resolve_code
from egov.signing.models import Certificate
from egov.signing.verification import SignatureResult, Status, Verification
from egov.signing.verify import verify

PDF = "application/pdf"


@dataclass(frozen=True)
class Inspection:
    """What was found, in sentences: faults forbid registration, doubts ask for the clerk's own word."""

    # None when the file itself cannot be read.
    verification: Verification | None
    faults: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def is_genuine(self) -> bool:
        """Every check passed; "not determined" is not "valid"."""
        return not self.faults and not self.doubts


class Verifier(Protocol):
    """What judges the signatures of a file: ``egov.signing.verify.verify``, or it with a memory."""

    def __call__(self, pdf: bytes, *, at: datetime, attachment: bool = False) -> Verification: ...


def inspect(delivery: Delivery, *, verifier: Verifier = verify) -> Inspection:
    """Check the copy that one recipient received: integrity, signatures, sender, authority, attachments.

    The time of arrival stands for the time of signing where a signature carries no trusted time stamp.
    """
    document = delivery.document
    received_at = delivery.arrived_at or delivery.sent_at
    try:
        content = read_checked(document.file) if document.file else b""
    except DamagedFile as fault:
        return Inspection(None, (str(fault),))
    verification = verifier(content, at=received_at)
    faults = [*_faults(verification), *_sender_faults(document, verification)]
    doubts = _doubts(verification)
    for attachment in document.attachments.all():
        more_faults, more_doubts = _inspect_attachment(
            attachment.name, attachment.file, received_at, verifier
        )
        faults += more_faults
        doubts += more_doubts
    return Inspection(verification, tuple(faults), tuple(doubts))


def _faults(verification: Verification) -> list[str]:
    return [one.sentence for one in verification.signatures if one.status == Status.INVALID] + [
        check.sentence for check in verification.checks if check.status == Status.INVALID
    ]


def _doubts(verification: Verification) -> list[str]:
    return [one.sentence for one in verification.signatures if one.status == Status.NOT_DETERMINED] + [
        check.sentence for check in verification.checks if check.status == Status.NOT_DETERMINED
    ]


def _sender_faults(document: Document, verification: Verification) -> list[str]:
    """The seal is the sender's own; the person who signed was competent on the day of signing (rule 36)."""
    faults = []
    if verification.agency and not _is_seal_of(document, verification.agency):
        faults.append(
            _("Chữ ký số cơ quan là của “%(other)s”, không phải của cơ quan gửi “%(sender)s”.")
            % {"other": verification.agency.organization, "sender": document.author_name}
        )
    if verification.personal:
        faults += _authority_faults(document, verification.personal)
    return faults


def _is_seal_of(document: Document, seal: SignatureResult) -> bool:
    owner = resolve_code(seal.agency_code, timezone.localdate(seal.signed_at)) if seal.agency_code else None
    return owner is not None and owner.pk == document.agency_id


def _authority_faults(document: Document, personal: SignatureResult) -> list[str]:
    """None when the signature is of the very person named as signer, in a capacity held that day."""
    signer = document.signer
    if signer is None or document.agency is None:
        return [_("Văn bản không nêu người ký.")]
    if not Certificate.objects.filter(fingerprint=personal.fingerprint, user_id=signer.user_id).exists():
        return [
            _("Chữ ký cá nhân là của %(other)s, không phải của người ký %(signer)s.")
            % {"other": personal.signer, "signer": document.signer_name}
        ]
    verdict = authority(
        signer,
        agency=document.agency,
        kind=document.kind,
        capacity=document.capacity,
        on=timezone.localdate(document.signed_at or personal.signed_at),
    )
    return [] if verdict else [_("Người ký không có thẩm quyền: %(reason)s") % {"reason": verdict.reason}]


def _inspect_attachment(
    name: str, file: StoredFile, received_at: datetime, verifier: Verifier
) -> tuple[list[str], list[str]]:
    """Integrity of every attachment; the agency's signature on those that are PDFs (Appendix I)."""
    try:
        content = read_checked(file)
    except DamagedFile as fault:
        return [f"{name}: {fault}"], []
    if file.media_type != PDF:
        return [], []
    verification = verifier(content, at=received_at, attachment=True)
    return (
        [f"{name}: {sentence}" for sentence in _faults(verification)],
        [f"{name}: {sentence}" for sentence in _doubts(verification)],
    )
