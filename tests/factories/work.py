"""One-stop desks at work: who sits there, and a dossier that came in at a moment and has begun its way."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workdays.limit import LimitUnit
from egov.workdays.models import Holiday
from onestop import deadlines
from onestop.actions.legs import lay_out
from onestop.enums import DossierState
from onestop.models import Case, Dossier, Leg, ProcedureVersion, Step
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import (
    PlannedLegFactory,
    PlannedStepFactory,
    ProcedureVersionFactory,
    activated,
)

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def vn(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    """A moment in Viet Nam."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@dataclass(frozen=True)
class Desk:
    """The people of one agency who have a part in dossiers."""

    agency: Agency
    counter: Actor
    specialist: Actor
    leader: Actor


def make_desk(name: str = "Ủy ban nhân dân xã Thụy Xuân", agency: Agency | None = None) -> Desk:
    """A commune's desk unless an agency is given."""
    agency = agency or AgencyFactory(name=name, short_name=name)
    return Desk(
        agency=agency,
        counter=actor_for(MembershipFactory(agency=agency, counter=True)),
        specialist=actor_for(MembershipFactory(agency=agency, specialist=True)),
        leader=actor_for(MembershipFactory(agency=agency, leader=True)),
    )


def taken_in(
    version: ProcedureVersion, desk: Desk, *, at: datetime, deciding: Agency | None = None, **fields: object
) -> Dossier:
    """A dossier received at that desk's counter, its appointment promised and its way laid out."""
    load_standard_forms()
    case = version.cases.get()
    rule = case.channel_rules.filter(channel="counter").first()
    promised = deadlines.promise(rule, version, desk.agency, at)
    dossier = DossierFactory(
        version=version,
        state=DossierState.RECEIVED,
        channel_rule=rule,
        receiving_agency=desk.agency,
        deciding_agency=deciding or desk.agency,
        current_agency=desk.agency,
        received_by=desk.counter.membership,
        submitted_at=at,
        promised_at=promised.due_at,
        legal_due_at=promised.legal_due_at,
        times__received_at=promised.received_at,
        times__due_at=promised.due_at,
        **fields,
    )
    lay_out(dossier, by=desk.counter, at=at)
    dossier.refresh_from_db()
    return dossier


def linked_version(*legs: tuple[int, Agency, tuple[int, ...]]) -> ProcedureVersion:
    """A procedure over several agencies: (order, agency, orders before it); one specialist's step in each but
    the last, which is a counter's."""
    version = ProcedureVersionFactory(draft=True, case__way=False)
    last = max(order for order, _agency, _after in legs)
    for order, agency, after in legs:
        _leg(version.cases.get(), order, agency, after, role="counter" if order == last else "specialist")
    return activated(version)


def close_tet() -> None:
    """Tết 2026: Monday 16 to Friday 20 February."""
    for day in range(16, 21):
        Holiday.objects.create(
            day=date(2026, 2, day), kind=Holiday.Kind.CLOSED, name="Tết Nguyên đán", source="Thông báo"
        )


def running_step(dossier: Dossier, agency: Agency | None = None) -> Step:
    """The step that runs now, at that agency if one is named."""
    steps = Step.objects.filter(leg__dossier=dossier, state="running", leg__state="running")
    return steps.get(leg__agency=agency) if agency else steps.get()


def leg_at(dossier: Dossier, agency: Agency) -> Leg:
    """The agency's leg."""
    return dossier.legs.get(agency=agency)


def _leg(case: Case, order: int, agency: Agency, after: tuple[int, ...], *, role: str) -> None:
    leg = PlannedLegFactory(
        case=case,
        order=order,
        name=f"Công đoạn {order}",
        agency=agency,
        after=list(after),
        amount=2,
        unit=LimitUnit.WORKING_DAYS,
        steps=False,
    )
    PlannedStepFactory(leg=leg, role=role)
