"""Somebody at the desk of a commune: who receives, its head and deputy, and visits in the register."""

from dataclasses import dataclass, replace
from datetime import datetime

from complaints.actions.receive_visit import Opening, close_visit, open_visit, write_visit
from complaints.actions.visit_entry import Came, Decided, Heard
from complaints.enums import DutyKind, MatterKind, VisitOutcome
from complaints.models import Visit
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

MONDAY = datetime.fromisoformat("2026-08-03T08:00:00+07:00")
LAN = Came(name="Vũ Thị Lan", personal_number="034178000001", address="Thôn Tân An, xã Thụy Xuân")
HEARD = Heard(
    matter_kind=MatterKind.COMPLAINT,
    visitors=(LAN,),
    summary="Đề nghị xem xét lại mức bồi thường khi thu hồi đất",
)
GUIDED = Decided(
    outcome=VisitOutcome.GUIDED,
    words="Hướng dẫn gửi đơn đến người ra quyết định",
    directed_to="Sở Nông nghiệp và Môi trường",
    paper_number="12/HD-UBND",
)


@dataclass(frozen=True)
class Desk:
    """The place where one agency receives people."""

    agency: Agency
    officer: Actor
    head: Actor
    deputy: Actor

    def opened(self, *, at: datetime = MONDAY, **opening: object) -> Visit:
        """A visit with its number, at the desk."""
        return open_visit(self.officer, self.agency, Opening(**opening), at=at)

    def written(self, heard: Heard = HEARD, *, at: datetime = MONDAY, **opening: object) -> Visit:
        """The same with people and content."""
        return write_visit(self.officer, self.opened(at=at, **opening), heard, at=at)

    def closed(
        self, heard: Heard = HEARD, decided: Decided = GUIDED, *, at: datetime = MONDAY, **opening: object
    ) -> Visit:
        """The same in the register."""
        return close_visit(self.officer, self.written(heard, at=at, **opening), decided, at=at)


def make_desk(agency: Agency | None = None) -> Desk:
    """A commune whose officer, head and deputy are all there."""
    agency = agency or AgencyFactory(parent=AgencyFactory(province=True))
    return Desk(
        agency=agency,
        officer=appointed(agency, DutyKind.RECEPTION),
        head=actor_for(MembershipFactory(agency=agency, leader=True)),
        deputy=actor_for(MembershipFactory(agency=agency, deputy=True)),
    )


def heard(**changes: object) -> Heard:
    """What Lan says, with changes."""
    return replace(HEARD, **changes)
