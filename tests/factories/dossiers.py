"""Dossiers in the middle of their way, for tests of what comes after intake.

``processing(…)`` is received and at one step of its first leg; intake itself is tested with the real actions.
"""

from datetime import datetime, timedelta

import factory

from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workflow.performer import SYSTEM
from onestop.actions.times import note_times
from onestop.enums import (
    ApplicantKind,
    Channel,
    ClockEventKind,
    DossierState,
    LegState,
    StepState,
)
from onestop.models import Dossier, Leg, Party, ProcedureVersion, Step
from tests.conftest import MONDAY_MORNING

OWNER_NUMBER = "034190001234"


class PartyFactory(factory.django.DjangoModelFactory):
    """Em: a woman of Thái Bình, born in 1990."""

    class Meta:
        model = Party

    class Params:
        company = factory.Trait(
            kind=ApplicantKind.ENTERPRISE,
            name="Công ty TNHH Dệt may Thái Hà",
            personal_number="",
            tax_code="1000123456",
            representative="Đỗ Thị Hà",
        )

    kind = ApplicantKind.CITIZEN
    name = "Vũ Thị Em"
    personal_number = OWNER_NUMBER
    address = "Thôn Bắc, xã Thụy Xuân"
    phone = "0912345678"


class DossierFactory(factory.django.DjangoModelFactory):
    """Received at the counter of ``agency``, which also decides, not yet at work; due three days later."""

    class Meta:
        model = Dossier
        skip_postgeneration_save = True
        exclude = ("agency",)

    agency: object = None
    version: ProcedureVersion
    code = factory.Sequence(lambda n: f"000.00.00.H54-250915-{n + 1:04d}")
    case = factory.LazyAttribute(lambda o: o.version.cases.first())
    channel = Channel.COUNTER
    state = DossierState.RECEIVED
    receiving_agency = factory.SelfAttribute("agency")
    deciding_agency = factory.SelfAttribute("agency")
    current_agency = factory.SelfAttribute("deciding_agency")
    owner = factory.SubFactory(PartyFactory)
    submitter = factory.SelfAttribute("owner")
    content = "Đăng ký khai sinh cho con"
    submitted_at = MONDAY_MORNING
    promised_at = MONDAY_MORNING + timedelta(days=3)
    legal_due_at = MONDAY_MORNING + timedelta(days=3)
    secret = "K7QM"

    @factory.post_generation
    def times(self, create: bool, extracted: bool | None, **kwargs: datetime) -> None:
        if extracted is not False:
            due_at = kwargs.get("due_at", self.promised_at)
            received_at = kwargs.get("received_at", self.submitted_at)
            note_times(
                self,
                ClockEventKind.RECEIVED,
                by=SYSTEM,
                at=received_at,
                received_at=received_at,
                due_at=due_at,
            )


def lay_legs(dossier: Dossier, *, at_step: int, holders: dict[int, Membership]) -> Leg:
    """The first planned leg at work: its steps before ``at_step`` done, that one begun."""
    planned = dossier.case.planned_legs.first()
    leg = Leg.objects.create(
        dossier=dossier,
        planned=planned,
        order=planned.order,
        name=planned.name,
        agency=planned.agency or dossier.deciding_agency,
        amount=planned.amount,
        unit=planned.unit,
        state=LegState.RUNNING,
        sent_at=dossier.received_at,
        started_at=dossier.received_at,
        due_at=dossier.due_at,
    )
    for step in planned.steps.all():
        begun = step.order <= at_step
        done = step.order < at_step
        Step.objects.create(
            leg=leg,
            order=step.order,
            name=step.name,
            role=step.role,
            hours=step.hours,
            followers=step.followers,
            holder=holders.get(step.order) if begun else None,
            state=StepState.DONE if done else StepState.RUNNING if begun else StepState.PLANNED,
            started_at=dossier.received_at if begun else None,
            ended_at=dossier.received_at if done else None,
        )
    return leg


def processing(
    version: ProcedureVersion,
    *,
    counter: Actor,
    at_step: int = 4,
    holder: Actor | None = None,
    **fields: object,
) -> Dossier:
    """Received and decided by ``counter``'s agency, with ``holder`` (the counter) at that step."""
    dossier = DossierFactory(
        version=version,
        received_by=counter.membership,
        **({"agency": counter.agency, "state": DossierState.PROCESSING} | fields),
    )
    lay_legs(dossier, at_step=at_step, holders={at_step: (holder or counter).membership})
    return dossier
