"""A letter in the middle of its processing: proposed on, sent to another body, with paper, duty and kin."""

from collections.abc import Mapping

from django.db import models

from complaints.enums import Direction, MatterKind
from complaints.models import Duty, Kin, MatterPaper, Proposal, Transfer
from egov.organizations.models import Agency
from tests.conftest import MONDAY_MORNING
from tests.factories.organizations import AgencyFactory, MembershipFactory
from tests.factories.processing import make_letter_office

# What a refused request must leave as it was.
KEPT_OF_PROCESSING: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Proposal, ("state",)),
    (Transfer, ("received", "returned_at")),
    (MatterPaper, ("file", "document_id")),
    (Duty, ("valid_to",)),
    (Kin, ("ended_at",)),
)


def plant_processing(agency: Agency, secret: str) -> Mapping[str, int]:
    """The keys of what was planted, by the views that show or change it."""
    office = make_letter_office(agency)
    matter = office.matter(MatterKind.REACTION, at=MONDAY_MORNING, summary=secret, subject=secret)
    sender = make_letter_office(AgencyFactory())
    sent = sender.matter(MatterKind.REACTION, at=MONDAY_MORNING, summary=secret, subject=secret)
    sender.decide(sent, Direction.TRANSFER, target=agency, words=secret, at=MONDAY_MORNING)
    office.propose(matter, Direction.FILE, ground="unreadable", words=secret, at=MONDAY_MORNING)
    paper = MatterPaper.objects.filter(matter=sent).earliest("number")
    one, other = MembershipFactory(agency=agency), MembershipFactory(agency=agency)
    kin = Kin.objects.create(
        official=one.user,
        relative=other.user,
        relation=Kin.Relation.SPOUSE,
        basis=secret,
        noted_at=MONDAY_MORNING,
        noted_by=office.leader.membership,
    )
    transfer = Transfer.objects.get(matter=sent).pk
    return {
        "processing_step": matter.pk,
        "proposal_create": matter.pk,
        "duty_end": Duty.objects.filter(membership=office.intake.membership).get().pk,
        "kin_end": kin.pk,
        "transfer_take_in": transfer,
        "transfer_return": transfer,
        "matter_paper": paper.pk,
        "matter_paper_send": paper.pk,
        "hand_over_move": AgencyFactory(valid_to=MONDAY_MORNING.date()).pk,
    }
