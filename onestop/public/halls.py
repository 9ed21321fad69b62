"""The hall of a one-stop unit: what people come for, and the numbers of its queue."""

from datetime import datetime
from uuid import UUID

from egov.organizations.actor import SignedOut
from onestop.actions.take_ticket import take_ticket as give_ticket
from onestop.enums import TicketChannel, TicketPriority
from onestop.queries import hall as hall_queries
from onestop.queries.hall import Hall, TicketStanding


def hall(code: str, *, at: datetime) -> Hall:
    """What people come for at an agency, and how many wait. Raises HallUnknown."""
    return hall_queries.hall_of(code, at)


def take_ticket(
    code: str, group_id: int, *, priority: TicketPriority, once: UUID, at: datetime, address: str
) -> TicketStanding:
    """The next number at the touch board; ``once`` names the touch, so that touched twice it is one ticket.

    Raises HallUnknown, TooManyTickets, NotPermitted when the group gives out none.
    """
    group = hall_queries.group_in(code, group_id)
    hall_queries.count_ticket(address)
    visitor, channel = SignedOut(address=address), TicketChannel.BOARD
    taken = give_ticket(visitor, group, channel=channel, priority=priority, token=once, at=at)
    return hall_queries.told(taken)


def ticket(token: UUID) -> TicketStanding:
    """One's own number and how far the queue has come. Raises TicketUnknown."""
    return hall_queries.standing_of_ticket(token)


def ticket_paper(token: UUID) -> bytes:
    """The same as a slip for the printer, PDF/A. Raises TicketUnknown."""
    return hall_queries.ticket_paper(token)
