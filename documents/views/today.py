"""The first screen: what waits for me, the oldest deadline first; every count is a link to what it counts."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from documents import rules
from documents.queries import queues
from documents.queries.queues import Waiting
from documents.views.reminders import reminders
from egov.organizations.actor import Actor
from egov.web.landing import landing_of

# More rows than these are not one day's work: the counts lead to the whole lists.
SHOWN = 12
# The lists in which a queue is shown whole.
LIST_OF = {"to_sign": "documents:signing_list"}


@dataclass(frozen=True)
class Count:
    """A number on the page and where it leads."""

    waiting: Waiting
    url: str


@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Counts by queue, then the first rows of each kind; some roles begin their day elsewhere."""
    actor, on = request.actor, timezone.localdate()
    if isinstance(actor, Actor) and (elsewhere := landing_of(actor.role)):
        return redirect(elsewhere)
    counts = _counts(queues.waiting_incoming(actor, on), "documents:incoming_list")
    counts += _counts(queues.waiting_outgoing(actor, on), "documents:outgoing_list")
    context = {
        "counts": counts,
        "reminders": reminders(actor),
        "deliveries": queues.first_incoming(actor, SHOWN),
        "documents": queues.first_outgoing(actor, SHOWN),
        "on": on,
        "may_draft": rules.may_draft(actor, None),
    }
    return render(request, "documents/today.html", context)


def _counts(waiting: list[Waiting], list_name: str) -> list[Count]:
    return [
        Count(one, reverse(LIST_OF[one.queue.name]))
        if one.queue.name in LIST_OF
        else Count(one, f"{reverse(list_name)}?queue={one.queue.name}")
        for one in waiting
    ]
