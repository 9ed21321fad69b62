"""A matter in the middle of its settlement: accepted, being verified, with a piece of evidence."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import models

from complaints.actions.verify import Assignment, Piece, add_evidence, assign_verification
from complaints.models import Dialogue, Evidence, Order, Outcome, Publication, Suspension, Verification
from complaints.models.verification import EvidenceKind
from egov.organizations.models import Agency
from tests.conftest import MONDAY_MORNING
from tests.factories.documents import pdf_of
from tests.factories.settlements import accepted, make_bench

# What a refused request must leave as it was.
KEPT_OF_SETTLEMENT: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    (Order, ()),
    (Verification, ("plan",)),
    (Evidence, ()),
    (Dialogue, ("minuted_at",)),
    (Outcome, ("document_id", "dropped_at")),
    (Publication, ("approved_at", "proven_at")),
    (Suspension, ("ended_on",)),
)


def plant_settlement(agency: Agency, secret: str) -> Mapping[str, int]:
    """The keys of what was planted, by the views that show or change it."""
    bench = make_bench(agency)
    matter = accepted(bench, at=MONDAY_MORNING, summary=secret, subject=secret)
    task = Assignment(
        leader=bench.handler.membership,
        content=secret,
        due_on=MONDAY_MORNING.date() + timedelta(days=7),
    )
    assign_verification(bench.leader, matter, task, at=MONDAY_MORNING)
    piece = Piece(
        kind=EvidenceKind.DOCUMENT,
        name=secret,
        taken_on=date(2025, 9, 15),
        words=secret,
        file=pdf_of(secret),
        filename=f"{secret}.pdf",
    )
    evidence = add_evidence(bench.handler, matter, piece, at=MONDAY_MORNING)
    return {
        "settlement_step": matter.pk,
        "telling_step": matter.pk,
        "evidence_file": evidence.pk,
        "order_print": matter.orders.all()[0].pk,
    }
