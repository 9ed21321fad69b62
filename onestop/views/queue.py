"""An official at a window: sit down, call, serve, pass on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.call_ticket import call_again, call_next
from onestop.actions.serve_ticket import begin_turn, end_turn, note_absent, transfer_ticket
from onestop.actions.window import hold_window, leave_window
from onestop.forms.queue import TransferForm
from onestop.models import QueueGroup, Ticket, Window
from onestop.queries import queue as query

SHOWN = 20
STEPS: dict[str, Callable[..., Ticket]] = {
    "again": call_again,
    "begin": begin_turn,
    "end": end_turn,
    "absent": note_absent,
}


@require_GET
def queue_work(request: HttpRequest) -> HttpResponse:
    """My window: who is there, who waits, one key to call the next."""
    actor = in_the_queue(request)
    today = timezone.localdate()
    window = query.window_of(actor)
    context: dict[str, Any] = {"window": window, "agency": actor.agency}
    if window is None:
        context["windows"] = query.windows_of(actor.agency)
    else:
        waiting = query.waiting_for(window, today)
        groups = list(QueueGroup.objects.filter(agency=actor.agency, is_open=True))
        context |= {
            "turn": query.turn_at(window, today),
            "waiting": waiting[:SHOWN],
            "count": waiting.count(),
            "absent": query.absent_at(window, today)[:SHOWN],
            "transfer": TransferForm(groups=groups),
        }
    return render_page(request, "onestop/queue_work.html", "onestop/_queue_waiting.html", context)


@require_POST
def window_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Sit down at a window."""
    return _done(request, lambda: hold_window(request.actor, _window(request, pk), at=timezone.now()))


@require_POST
def window_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it."""
    return _done(request, lambda: leave_window(request.actor, _window(request, pk), at=timezone.now()))


@require_POST
def ticket_next(request: HttpRequest, pk: int) -> HttpResponse:
    """End the turn and call the next number."""
    return _done(request, lambda: call_next(request.actor, _window(request, pk), at=timezone.now()))


@require_POST
def ticket_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Call again, begin, end, or note that nobody came."""
    if step not in STEPS:
        raise Http404
    return _done(request, lambda: STEPS[step](request.actor, _ticket(request, pk), at=timezone.now()))


@require_POST
def ticket_transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the person on to another group."""
    ticket = _ticket(request, pk)
    form = TransferForm(request.POST, groups=list(QueueGroup.objects.filter(agency=request.actor.agency)))
    if not form.is_valid():
        return redirect("onestop:queue_work")
    group = form.cleaned_data["group"]
    return _done(request, lambda: transfer_ticket(request.actor, ticket, group=group, at=timezone.now()))


def _done(request: HttpRequest, act: Callable[[], object]) -> HttpResponse:
    """Back to the window; what could not be done is said above it, so that the queue goes on."""
    try:
        act()
    except NotPermitted:
        raise
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("onestop:queue_work")


def in_the_queue(request: HttpRequest) -> Actor:
    """Whoever serves in the queue of their agency or answers for it; a refusal in words for others."""
    if not isinstance(request.actor, Actor):
        raise NotPermitted(rules.may_see_queue(request.actor, None).reason)
    verdict = rules.may_see_queue(request.actor, request.actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return request.actor


def _window(request: HttpRequest, pk: int) -> Window:
    actor = in_the_queue(request)
    return get_object_or_404(Window, pk=pk, agency=actor.agency)


def _ticket(request: HttpRequest, pk: int) -> Ticket:
    actor = in_the_queue(request)
    return get_object_or_404(Ticket.objects.select_related("window"), pk=pk, group__agency=actor.agency)
