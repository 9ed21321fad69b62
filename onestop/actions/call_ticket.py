"""Call people to a window: the next one, again, or back after they missed their turn."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.window import TurnNotOver
from onestop.enums import TicketPriority, TicketState
from onestop.models import Ticket, Window

NOW_AT_WINDOW = (TicketState.CALLED, TicketState.SERVING)


class NobodyWaits(Refusal):
    """The window's groups have no ticket that waits."""


class NotOfToday(Refusal):
    """A ticket counts on its day only."""


@action("onestop.call_next", allowed=rules.may_call)
def call_next(actor: Actor, window: Window, *, at: datetime) -> Ticket:
    """End the turn that is being served and call the next ticket of the window's groups.

    Priority comes first, but after the share that a group sets an ordinary turn comes in between. Two windows
    that press at once get two different tickets. Raises NobodyWaits, and TurnNotOver for somebody who was
    called and is neither there nor noted as absent.
    """
    turn = window.tickets.filter(state__in=NOW_AT_WINDOW).select_related("group").first()
    if turn is not None and turn.state == TicketState.CALLED:
        raise TurnNotOver(
            _("Số %(label)s đang được gọi. Hãy bấm “Bắt đầu” hoặc “Vắng mặt” trước khi gọi số khác.")
            % {"label": turn}
        )
    if turn is not None:
        _end(actor, turn, at)
    ticket = _next(window, at)
    if ticket is None:
        raise NobodyWaits(_("Không còn ai chờ ở các lĩnh vực của quầy này."))
    return _call(actor, ticket, window, at)


@action("onestop.call_again", allowed=rules.may_handle_ticket)
def call_again(actor: Actor, ticket: Ticket, *, at: datetime) -> Ticket:
    """Call the same number once more; one noted as absent may come back on the same day."""
    assert ticket.window is not None  # noqa: S101  (the rule let only its window in)
    if ticket.day != timezone.localdate(at):
        raise NotOfToday(_("Số này không phải của hôm nay."))
    if ticket.state == TicketState.CALLED:
        ticket.calls += 1
        ticket.called_at = at
        ticket.save(update_fields=["calls", "called_at"])
        return ticket
    turn = ticket.window.tickets.filter(state__in=NOW_AT_WINDOW).select_related("group").first()
    if turn is not None:
        raise TurnNotOver(_("Hãy kết thúc lượt của số %(label)s trước.") % {"label": turn})
    return _call(actor, ticket, ticket.window, at)


def _end(actor: Actor, turn: Ticket, at: datetime) -> None:
    turn.ended_at = at
    turn.save(update_fields=["ended_at"])
    move(turn, to=TicketState.FINISHED, by=actor, at=at)


def _call(actor: Actor, ticket: Ticket, window: Window, at: datetime) -> Ticket:
    ticket.window = window
    ticket.called_at = at
    ticket.calls += 1
    ticket.save(update_fields=["window", "called_at", "calls"])
    move(ticket, to=TicketState.CALLED, by=actor, at=at, note=str(window))
    return ticket


def _next(window: Window, at: datetime) -> Ticket | None:
    """Lock one waiting ticket that no other window is just taking."""
    day = timezone.localdate(at)
    waiting = (
        Ticket.objects.of_day(window.agency_id, day)
        .filter(waits_in__windows=window)
        .waiting()
        .select_for_update(of=("self",), skip_locked=True)
    )
    ordinary = waiting.filter(priority=TicketPriority.NONE)
    first = waiting.exclude(priority=TicketPriority.NONE)
    if _priority_has_had_its_share(window, at):
        first, ordinary = ordinary, first
    return first.first() or ordinary.first()


def _priority_has_had_its_share(window: Window, at: datetime) -> bool:
    """Whether the last turns of this window were all of a priority class, as many as a group allows."""
    share = window.groups.order_by("priority_share").values_list("priority_share", flat=True).first()
    if not share:
        return True
    day = timezone.localdate(at)
    last = window.tickets.filter(day=day).order_by("-called_at").values_list("priority", flat=True)[:share]
    return len(last) == share and TicketPriority.NONE not in last
