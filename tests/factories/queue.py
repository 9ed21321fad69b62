"""A hall: groups, windows and people with numbers."""

from dataclasses import dataclass
from datetime import datetime

from egov.organizations.actor import Actor, SignedOut
from onestop.actions.take_ticket import take_ticket
from onestop.actions.window import hold_window
from onestop.enums import TicketChannel, TicketPriority
from onestop.models import QueueGroup, Ticket, Window
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

VISITOR = SignedOut(address="127.0.0.1")


@dataclass(frozen=True)
class Hall:
    """Two windows for civil status, of which one is held; a row for land besides."""

    hoa: Actor
    lan: Actor
    civil: QueueGroup
    land: QueueGroup
    first: Window
    second: Window

    def take(self, at: datetime, group: QueueGroup | None = None, *, merit: bool = False) -> Ticket:
        priority = TicketPriority.MERIT if merit else TicketPriority.NONE
        channel = TicketChannel.BOARD
        return take_ticket(VISITOR, group or self.civil, channel=channel, priority=priority, at=at)


def make_hall(at: datetime) -> Hall:
    agency = AgencyFactory(name="Ủy ban nhân dân xã Vũ Ninh", short_name="UBND xã Vũ Ninh")
    hoa, lan = (actor_for(MembershipFactory(agency=agency, role="counter")) for _ in range(2))
    civil = QueueGroup.objects.create(agency=agency, letter="A", name="Hộ tịch, chứng thực")
    land = QueueGroup.objects.create(agency=agency, letter="B", name="Đất đai")
    first, second = (Window.objects.create(agency=agency, number=number) for number in (1, 2))
    first.groups.set([civil])
    second.groups.set([civil])
    return Hall(hoa, lan, civil, land, hold_window(hoa, first, at=at), hold_window(lan, second, at=at))
