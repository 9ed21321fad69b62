"""Take a number in the hall, from the board, from an official, or from home."""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils import timezone

from egov.numbering.next_number import next_number
from egov.workflow.action import action
from egov.workflow.performer import Performer
from onestop import rules
from onestop.enums import TicketChannel, TicketPriority, TicketState
from onestop.models import QueueGroup, Ticket


@action("onestop.take_ticket", allowed=rules.may_take_ticket)
def take_ticket(
    performer: Performer,
    group: QueueGroup,
    *,
    channel: TicketChannel,
    priority: TicketPriority = TicketPriority.NONE,
    token: UUID | None = None,
    at: datetime,
) -> Ticket:
    """The next number of the group on that day in Viet Nam; each day begins with 1, none is given twice.

    ``token`` names one touch of the screen: touched twice it is the same ticket.
    """
    token = token or uuid4()
    # The group's row is locked, so the second touch sees the first one's ticket.
    earlier = Ticket.objects.filter(token=token).select_related("group").first()
    if earlier is not None and earlier.group_id == group.pk:
        return earlier
    if earlier is not None:
        # Back on the same page, something else was touched: another ticket.
        token = uuid4()
    day = timezone.localdate(at)
    number = next_number(agency_id=group.agency_id, book=f"queue {group.pk} {day:%m%d}", year=day.year)
    ticket = Ticket.objects.create(
        group=group,
        waits_in=group,
        day=day,
        number=number,
        token=token,
        channel=channel,
        priority=priority,
        issued_at=at,
    )
    ticket.changes.create(
        after=TicketState.WAITING, at=at, user_id=performer.user_id, person=performer.caption
    )
    return ticket
