"""What happens at the window: begin, end, nobody came, or another group is the right one."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import TicketState
from onestop.models import QueueGroup, Ticket


class GroupNotOpen(Refusal):
    """A ticket is passed on to another open group of the same agency."""


@action("onestop.begin_turn", allowed=rules.may_handle_ticket)
def begin_turn(actor: Actor, ticket: Ticket, *, at: datetime) -> Ticket:
    """The person has come."""
    ticket.started_at = at
    ticket.save(update_fields=["started_at"])
    move(ticket, to=TicketState.SERVING, by=actor, at=at)
    return ticket


@action("onestop.end_turn", allowed=rules.may_handle_ticket)
def end_turn(actor: Actor, ticket: Ticket, *, at: datetime) -> Ticket:
    """The person is served, and nobody else is called yet."""
    ticket.ended_at = at
    ticket.save(update_fields=["ended_at"])
    move(ticket, to=TicketState.FINISHED, by=actor, at=at)
    return ticket


@action("onestop.note_absent", allowed=rules.may_handle_ticket)
def note_absent(actor: Actor, ticket: Ticket, *, at: datetime) -> Ticket:
    """Nobody came; the number may be called back on the same day."""
    move(ticket, to=TicketState.ABSENT, by=actor, at=at)
    return ticket


@action("onestop.transfer_ticket", allowed=rules.may_handle_ticket)
def transfer_ticket(actor: Actor, ticket: Ticket, *, group: QueueGroup, at: datetime) -> Ticket:
    """Send the person on to another group; they keep their number and the hour at which they came."""
    if group.agency_id != ticket.group.agency_id or group.pk == ticket.waits_in_id or not group.is_open:
        raise GroupNotOpen(_("Hãy chọn một lĩnh vực khác đang mở của cơ quan."))
    ticket.waits_in = group
    ticket.window = None
    ticket.save(update_fields=["waits_in", "window"])
    move(ticket, to=TicketState.WAITING, by=actor, at=at, note=group.name)
    return ticket
