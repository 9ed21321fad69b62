"""Letters in their registers, matters, and the people who were appointed to handle them."""

from datetime import date, datetime
from itertools import count

import factory
from factory.django import DjangoModelFactory

from complaints.enums import (
    Channel,
    DutyKind,
    MatterKind,
    ParticipantRole,
    SenderKind,
    Series,
    SubjectKind,
)
from complaints.models import Duty, Letter, Matter, Participant
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

NUMBERS = count(1)
MONDAY_MORNING = datetime.fromisoformat("2026-08-03T08:00:00+07:00")


class LetterFactory(DjangoModelFactory[Letter]):
    """An open letter of one person; ``protected=True`` for one that denounces."""

    class Meta:
        model = Letter

    class Params:
        protected = factory.Trait(series=Series.DENUNCIATIONS, is_protected=True)

    agency = factory.SubFactory(AgencyFactory)
    series = Series.LETTERS
    year = factory.LazyAttribute(lambda letter: letter.entered_at.year)
    number = factory.LazyFunction(lambda: next(NUMBERS))
    code = factory.LazyAttribute(
        lambda letter: f"{letter.series}-{letter.agency.code}-{letter.year}-{letter.number:05d}"
    )
    received_at = MONDAY_MORNING
    entered_at = factory.LazyAttribute(lambda letter: letter.received_at)
    channel = Channel.POST
    sender_kind = SenderKind.INDIVIDUAL


class MatterFactory(DjangoModelFactory[Matter]):
    """A complaint about a decision, entered and in nobody's hands."""

    class Meta:
        model = Matter

    letter = factory.SubFactory(LetterFactory)
    ordinal = factory.LazyAttribute(lambda matter: matter.letter.matters.count() + 1)
    kind = MatterKind.COMPLAINT
    summary = "Đề nghị xem xét lại mức bồi thường khi thu hồi đất"
    subject_kind = SubjectKind.DECISION
    subject = "Quyết định số 12/QĐ-UBND ngày 02/03/2026"
    agency = factory.SelfAttribute("letter.agency")


class ParticipantFactory(DjangoModelFactory[Participant]):
    """The person who wrote."""

    class Meta:
        model = Participant

    letter = factory.SubFactory(LetterFactory)
    role = ParticipantRole.PRINCIPAL
    name = "Vũ Thị Lan"
    address = "Thôn Tân An, xã Thụy Xuân"


def appointed(agency: Agency, *kinds: DutyKind, **traits: object) -> Actor:
    """Somebody of the agency with these duties, as a specialist unless a trait says otherwise."""
    membership = MembershipFactory(agency=agency, **traits)
    for kind in kinds:
        Duty.objects.create(
            membership=membership, kind=kind, basis="Quyết định 5/QĐ-UBND", valid_from=date(2020, 1, 1)
        )
    return actor_for(membership)
