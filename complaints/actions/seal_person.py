"""Seals who denounces: after this the system itself cannot say who it was (rules 35 and 40)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.enums import SealedKind, TraceKind
from complaints.models import Letter, RecoveryKey, SealedRecord, SealedTrace, SealingKey, WrappedKey
from complaints.queries.superior import seal_kept_by
from complaints.queries.traces import trace_of
from egov.files.models import StoredFile
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.sealing.envelope import seal
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal

# A person's lines are filled up to multiples of this: the length of a cipher tells nothing of a name.
BLOCK = 4096
LONGEST = 2000


class NoCustodian(Refusal):
    """Nobody at the body could ever open the seal, so nothing is taken in."""


class PersonUnknown(Refusal):
    """A denunciation has somebody who makes it (Law on Denunciations, Art. 23)."""


@dataclass(frozen=True, kw_only=True)
class SealedPerson:
    """Who denounces, as they gave themselves. Shows nothing of itself in a log or an error page."""

    name: str
    address: str = ""
    personal_number: str = ""
    phone: str = ""
    email: str = ""
    born_on: str = ""
    job: str = ""
    # How and where to meet, who must not see it, whatever else points to the person.
    note: str = ""

    def __repr__(self) -> str:
        return "SealedPerson(…)"

    __str__ = __repr__

    def to_bytes(self) -> bytes:
        """As it is sealed: JSON, filled with spaces."""
        text = json.dumps(asdict(self), ensure_ascii=False).encode()
        return text.ljust(-(-len(text) // BLOCK) * BLOCK)

    @classmethod
    def from_bytes(cls, content: bytes) -> "SealedPerson":
        """As it was sealed; words that a later version no longer knows are left out."""
        typed = json.loads(content)
        return cls(**{name: value for name, value in typed.items() if name in cls.__dataclass_fields__})


@action("complaints.seal_person", allowed=rules.may_seal)
def seal_person(actor: Actor, letter: Letter, person: SealedPerson, *, at: datetime) -> SealedRecord:
    """Close who denounces for the body's custodians and for the two of its recovery, and forget it.

    Several people on one letter are sealed one by one. Raises PersonUnknown, NoCustodian.
    """
    return put_person_under_seal(letter, person, by=actor, at=at)


def put_person_under_seal(
    letter: Letter, person: SealedPerson, *, by: Performer, at: datetime
) -> SealedRecord:
    """As :func:`seal_person`, inside a step that asked its own rule (a denunciation over the portal)."""
    cleaned = SealedPerson(
        **{name: clean_line(str(value))[:LONGEST] for name, value in asdict(person).items()}
    )
    if not cleaned.name:
        raise PersonUnknown(_("Đơn tố cáo phải có họ tên người tố cáo."))
    record = put_under_seal(letter, SealedKind.PERSON, cleaned.to_bytes(), by=by, at=at)
    values = (
        (TraceKind.NAME, cleaned.name),
        (TraceKind.NUMBER, cleaned.personal_number),
        (TraceKind.PHONE, cleaned.phone),
    )
    traces = [
        SealedTrace(letter=letter, agency_id=letter.agency_id, kind=kind, value=found)
        for kind, value in values
        if (found := trace_of(letter.agency_id, kind, value))
    ]
    SealedTrace.objects.bulk_create(traces, ignore_conflicts=True)
    return record


def put_under_seal(
    letter: Letter, kind: SealedKind, content: bytes, *, by: Performer, at: datetime
) -> SealedRecord:
    """One envelope for the letter, for everybody who keeps the body's seal. Raises NoCustodian."""
    keys, recovery_key = keepers(letter)
    record = SealedRecord(
        letter=letter,
        kind=kind,
        sealed_at=at,
        sealed_by=by.membership if isinstance(by, Actor) else None,
    )
    recipients = {key.pk: bytes(key.public_key) for key in keys} | {0: bytes(recovery_key.public_key)}
    envelope = seal(content, recipients=recipients, context=record.context)
    record.nonce = envelope.nonce
    if kind == SealedKind.ORIGINAL:
        record.file = _kept(envelope.ciphertext)
    else:
        record.ciphertext = envelope.ciphertext
    record.save()
    _keep_wrapped(record, envelope.wrapped, recovery_key)
    return record


def keepers(letter: Letter) -> tuple[list[SealingKey], RecoveryKey]:
    """For whom the letter is sealed today: its body's custodians, or those of the body above where it is
    about its own head. Raises NoCustodian with what is to be done."""
    today = timezone.localdate()
    agency = seal_kept_by(letter)
    keys = list(SealingKey.objects.of_custodians(agency.pk, today))
    recovery_key = RecoveryKey.objects.current(agency.pk).first()
    if not keys or recovery_key is None or not recovery_key.is_whole(today):
        if agency.pk != letter.agency_id:
            raise NoCustodian(
                _(
                    "%(agency)s chưa đủ người giữ khóa niêm phong để nhận đơn tố cáo người đứng đầu cơ quan "
                    "cấp dưới. Hãy hướng dẫn người tố cáo gửi trực tiếp đến cơ quan đó."
                )
                % {"agency": agency.name}
            )
        raise NoCustodian(
            _(
                "Cơ quan chưa đủ người giữ khóa niêm phong (một người giữ khóa và hai người giữ phần khóa "
                "phục hồi), nên chưa được nhập danh tính người tố cáo. Hãy báo người đứng đầu cơ quan."
            )
        )
    return keys, recovery_key


def _kept(ciphertext: bytes) -> StoredFile:
    return put(ciphertext, media_type="application/octet-stream")


def _keep_wrapped(record: SealedRecord, wrapped: Mapping[int, bytes], recovery_key: RecoveryKey) -> None:
    WrappedKey.objects.bulk_create(
        WrappedKey(
            record=record,
            key_id=name or None,
            recovery_key=None if name else recovery_key,
            wrapped=one,
        )
        for name, one in wrapped.items()
    )
