"""The hall of an agency for the touch board: what people come for, one's own number, never a name (41)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from egov.organizations.models import Agency
from egov.web.windows import take_turn
from egov.workflow.refusal import Refusal
from onestop.models import QueueGroup, Ticket
from onestop.queries.queue import ahead_of, groups_of, ticket_by
from onestop.queries.ticket_paper import ticket_pdf

log = structlog.get_logger(__name__)

# A board in a full hall gives six numbers a minute; more from one address is somebody playing.
MOST_TICKETS, WITHIN_SECONDS = 60, 600


class HallUnknown(Refusal):
    """There is no agency of this code today."""

    status = 404


class TicketUnknown(Refusal):
    """No ticket has this address."""

    status = 404


class TooManyTickets(Refusal):
    """One address took more numbers than a hall full of people needs."""

    status = 429


@dataclass(frozen=True, slots=True)
class HallGroup:
    """One row of numbers, and what somebody who joins it now has to expect."""

    id: int
    letter: str
    name: str
    waiting: int
    # Minutes to wait; None as long as nobody can tell.
    minutes: int | None
    has_window: bool


@dataclass(frozen=True, slots=True)
class Hall:
    """An agency's hall; without groups it gives out no numbers."""

    code: str
    agency: str
    groups: tuple[HallGroup, ...]


@dataclass(frozen=True, slots=True)
class TicketStanding:
    """One's own number; ``window`` is where it is called, empty before."""

    token: UUID
    label: str
    group: str
    priority: str
    issued_at: datetime
    state: str
    window: str
    ahead: int


def hall_of(code: str, at: datetime) -> Hall:
    """The hall of an agency that exists on that day. Raises HallUnknown."""
    on = timezone.localdate(at)
    agency = Agency.objects.existing(on).filter(code=code).first()
    if agency is None:
        raise HallUnknown(_("Không có cơ quan nào mang mã này."))
    groups = tuple(
        HallGroup(
            id=one.group.pk,
            letter=one.group.letter,
            name=one.group.name,
            waiting=one.waiting,
            minutes=one.minutes if one.wait is not None else None,
            has_window=one.windows > 0,
        )
        for one in groups_of(agency, on)
    )
    return Hall(agency.code, agency.name, groups)


def group_in(code: str, group_id: int) -> QueueGroup:
    """A row of numbers of that agency. Raises HallUnknown."""
    group = QueueGroup.objects.filter(agency__code=code, pk=group_id).first()
    if group is None:
        raise HallUnknown(_("Cơ quan không có lĩnh vực này. Hãy chọn lại."))
    return group


def standing_of_ticket(token: UUID) -> TicketStanding:
    """How far the queue has come. Raises TicketUnknown."""
    return told(_ticket(token))


def ticket_paper(token: UUID) -> bytes:
    """The slip of 80 mm as PDF/A. Raises TicketUnknown."""
    return ticket_pdf(_ticket(token))


def told(ticket: Ticket) -> TicketStanding:
    """The same as plain values."""
    return TicketStanding(
        token=ticket.token,
        label=ticket.label,
        group=ticket.waits_in.name,
        priority=str(ticket.get_priority_display()) if ticket.has_priority else "",
        issued_at=ticket.issued_at,
        state=ticket.state,
        window=str(ticket.window) if ticket.window else "",
        ahead=ahead_of(ticket),
    )


def count_ticket(address: str) -> None:
    """One more number for an address. Raises TooManyTickets."""
    try:
        turn = take_turn("tickets", address, (MOST_TICKETS, WITHIN_SECONDS))
    except RedisError as error:
        # A hall full of people does not wait for a counter.
        log.warning("ticket_limit_unreachable", error=str(error))
        return
    if turn.wait:
        raise TooManyTickets(_("Đã lấy quá nhiều số trong ít phút. Hãy chờ rồi lấy lại, hoặc hỏi cán bộ."))


def _ticket(token: UUID) -> Ticket:
    ticket = ticket_by(token)
    if ticket is None:
        raise TicketUnknown(_("Không có số thứ tự này."))
    return ticket
