"""The hall: the board where a number is taken, the display that calls it, the ticket itself.

Open to everybody and without any name: what stands here is a letter, a number and a window (rule 41).
"""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from egov.organizations.models import Agency
from egov.web.htmx import render_page
from onestop.actions.take_ticket import take_ticket
from onestop.enums import TicketChannel
from onestop.forms.queue import TakeForm
from onestop.models import QueueGroup, Ticket
from onestop.queries import queue as query
from onestop.queries.hall import count_ticket
from onestop.queries.ticket_paper import ticket_pdf


@login_not_required
@require_GET
def queue_display(request: HttpRequest, code: str) -> HttpResponse:
    """Numbers and windows, readable from the last row; renews itself."""
    agency = _agency(code)
    now, before = query.on_display(agency, timezone.localdate())
    context = {"agency": agency, "now": now, "before": before}
    return render_page(request, "onestop/queue_display.html", "onestop/_queue_display.html", context)


@login_not_required
@require_GET
def queue_board(request: HttpRequest, code: str) -> HttpResponse:
    """What somebody came for, as large fields to touch."""
    agency = _agency(code)
    groups = query.groups_of(agency, timezone.localdate())
    context = {"agency": agency, "groups": groups, "form": TakeForm()}
    return render(request, "onestop/queue_board.html", context)


@login_not_required
@require_POST
def ticket_take(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Give out the next number."""
    group = get_object_or_404(QueueGroup, pk=pk, agency=_agency(code))
    form = TakeForm(request.POST)
    if not form.is_valid():
        return redirect("onestop:queue_board", code=code)
    count_ticket(request.actor.address)
    priority, once = form.taken()
    ticket = take_ticket(
        request.actor, group, channel=TicketChannel.BOARD, priority=priority, token=once, at=timezone.now()
    )
    return redirect("onestop:ticket_detail", token=ticket.token)


@login_not_required
@require_GET
def ticket_detail(request: HttpRequest, token: UUID) -> HttpResponse:
    """The number, how many are before it, and where it is called; renews itself on the person's phone."""
    ticket = _ticket(token)
    context = {"ticket": ticket, "agency": ticket.group.agency, "ahead": query.ahead_of(ticket)}
    return render_page(request, "onestop/ticket_detail.html", "onestop/_ticket.html", context)


@login_not_required
@require_GET
def ticket_print(_request: HttpRequest, token: UUID) -> HttpResponse:
    """The slip of 80 mm that the board's printer cuts."""
    response = HttpResponse(ticket_pdf(_ticket(token)), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="so-thu-tu.pdf"'
    return response


def _agency(code: str) -> Agency:
    """An agency with a queue; others are not found."""
    existing = Agency.objects.existing(timezone.localdate())
    return get_object_or_404(existing.filter(queue_groups__isnull=False).distinct(), code=code)


def _ticket(token: UUID) -> Ticket:
    ticket = query.ticket_by(token)
    if ticket is None:
        raise Http404
    return ticket
