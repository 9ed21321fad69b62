"""What the holder of a code and its secret may know of a letter: three words and no more (rule 52)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from complaints.enums import DutyKind, MatterState
from complaints.models import Duty, Letter, RecoveryKey, SealingKey
from egov.organizations.models import Agency

# An unknown code is compared with something too: the answer and its time are those of a wrong secret.
NO_SECRET = "-" * 8


class StandingWord(StrEnum):
    """How far a letter is, for who sent it."""

    RECEIVED = "received"
    PROCESSING = "processing"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a letter stands; nothing of what it says or of who wrote it."""

    code: str
    agency_name: str
    received_on: date
    word: StandingWord


def standing(code: str, secret: str) -> Standing | None:
    """How the letter with this code stands; None for an unknown code as for a wrong secret."""
    letter = (
        Letter.objects.filter(code=code.strip().upper()[:60])
        .select_related("agency")
        .prefetch_related("matters")
        .first()
    )
    known = letter.secret if letter is not None and letter.secret else NO_SECRET
    if not constant_time_compare(known, secret.strip().upper()) or letter is None or known == NO_SECRET:
        return None
    states = {MatterState(matter.state) for matter in letter.matters.all()}
    return Standing(letter.code, letter.agency.name, timezone.localdate(letter.received_at), _word(states))


def _word(states: set[MatterState]) -> StandingWord:
    """A letter is answered when each of its contents is, and received until somebody took one up."""
    if states <= {MatterState.ENTERED}:
        return StandingWord.RECEIVED
    waiting = {
        MatterState.ENTERED,
        MatterState.PROCESSING,
        MatterState.INCOMPLETE,
        MatterState.SETTLING,
        MatterState.SUSPENDED,
        # Another body has it now; who sent it is told by that body.
        MatterState.TRANSFERRED,
    }
    return StandingWord.PROCESSING if states & waiting else StandingWord.ANSWERED


def portal_bodies(*, denouncing: bool, on: date) -> list[Agency]:
    """The bodies that take letters over the portal: somebody opens and, for denunciations, seals them."""
    duties = Duty.objects.current(on).filter(membership__agency=OuterRef("pk"))
    found = list(Agency.objects.filter(Exists(duties.filter(kind=DutyKind.INTAKE))).order_by("name"))
    return [agency for agency in found if _seals(agency, on)] if denouncing else found


def _seals(agency: Agency, on: date) -> bool:
    """Whether the body has everybody whom a seal needs. Bodies with an opener are few."""
    recovery_key = RecoveryKey.objects.current(agency.pk).first()
    has_custodian = SealingKey.objects.of_custodians(agency.pk, on).exists()
    return has_custodian and recovery_key is not None and recovery_key.is_whole(on)
