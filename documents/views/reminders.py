"""Reminders on today's work: what is late, what was presented or given to the reader."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from egov.notifications.inbox import inbox, mark_read
from egov.notifications.models import Notification
from egov.organizations.actor import Actor, SignedOut
from egov.web.subjects import page_of

# More than these would push the work itself off the screen; reading one brings the next.
SHOWN = 5
PAGES = {"documents.delivery": "documents:incoming_detail", "documents.document": "documents:document_detail"}


@dataclass(frozen=True)
class Reminders:
    """The newest ones and how many there are in all."""

    rows: list[Notification]
    count: int


def reminders(actor: Actor | SignedOut) -> Reminders:
    """What nobody whom it is for has opened yet."""
    unread = inbox(actor)
    return Reminders(list(unread[:SHOWN]), unread.count())


@require_POST
def reminder_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that it was seen, and go to what it speaks of."""
    reminder = Notification.objects.visible_to(request.actor).filter(pk=pk).first()
    if reminder is None:
        raise Http404
    mark_read(request.actor, pk, at=timezone.now())
    page = PAGES.get(reminder.subject_type) or page_of(reminder.subject_type)
    return redirect(page, pk=reminder.subject_id) if page else redirect("documents:today")
