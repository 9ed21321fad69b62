"""Sit down at a window, and leave it."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.enums import TicketState
from onestop.models import Window


class WindowTaken(Refusal):
    """Somebody else sits there."""


class TurnNotOver(Refusal):
    """A person is still being called or served at the window."""


@action("onestop.hold_window", allowed=rules.may_serve)
def hold_window(actor: Actor, window: Window, *, at: datetime) -> Window:  # noqa: ARG001  (for the audit row)
    """Sit down there; whoever sat at another window leaves it. Raises WindowTaken, TurnNotOver."""
    if window.held_by_id not in (None, actor.membership.pk):
        raise WindowTaken(_("Quầy này đang có người ngồi."))
    for other in Window.objects.select_for_update().filter(held_by=actor.membership).exclude(pk=window.pk):
        _leave(other)
    window.held_by = actor.membership
    window.save(update_fields=["held_by"])
    return window


@action("onestop.leave_window", allowed=rules.may_call)
def leave_window(actor: Actor, window: Window, *, at: datetime) -> Window:  # noqa: ARG001
    """Leave it for a colleague. Raises TurnNotOver."""
    _leave(window)
    return window


def _leave(window: Window) -> None:
    turn = window.tickets.filter(state__in=[TicketState.CALLED, TicketState.SERVING]).first()
    if turn is not None:
        raise TurnNotOver(_("Số %(label)s chưa xong ở quầy; hãy kết thúc lượt đó trước.") % {"label": turn})
    window.held_by = None
    window.save(update_fields=["held_by"])
