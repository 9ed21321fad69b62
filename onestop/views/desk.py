"""The desk: today's dossiers in piles by urgency and by what they wait for, and a pile handed on together."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from egov.audit.record import record
from egov.notifications.inbox import inbox, mark_read
from egov.notifications.models import Notification
from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.actions.hand_over import HandedOver, hand_over, take_over_all
from onestop.forms.filters import DossierFilter
from onestop.queries.desk import FORWARDED_TOGETHER, counted, on_desk, piles_of

ORDER = ("due_at", "pk")
SHOWN_REMINDERS = 3
# More digits than a key can have.
ID_DIGITS = 18


@dataclass(frozen=True)
class Together:
    """What may be done with the ticked dossiers of the pile in view."""

    label: str
    act: str


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Counts of every pile, and the one that is looked at, the oldest appointment first."""
    actor, now = _worker(request), timezone.now()
    names = {one.name for one in piles_of(actor)}
    pile = request.GET.get("pile", "") if request.GET.get("pile", "") in names else ""
    whole = on_desk(actor, pile, now)
    form = DossierFilter(request.GET, rows=whole, fields=("q", "procedure"))
    context = {
        "filter": form,
        "pile": pile,
        "counts": counted(actor, now),
        "pager": page_of(request, form.narrow(whole), order=ORDER),
        "together": _together(pile),
        "reminders": _reminders(request),
        "now": now,
    }
    return render_page(request, "onestop/desk.html", "onestop/_desk_rows.html", context)


@require_POST
def desk_hand_over(request: HttpRequest) -> HttpResponse:
    """Take the ticked dossiers on together: forward, send to the next agency, or take over."""
    actor, now = _worker(request), timezone.now()
    ids = [int(one) for one in request.POST.getlist("dossier") if one.isdecimal() and len(one) <= ID_DIGITS]
    act = take_over_all if request.POST.get("act") == "take_over" else hand_over
    if not ids:
        messages.error(request, _("Hãy chọn ít nhất một hồ sơ."))
    else:
        _tell(request, act(actor, ids, at=now))
    back = request.POST.get("pile", "")
    known = back in {one.name for one in piles_of(actor)}
    return redirect(f"{reverse('onestop:desk')}?pile={back}" if known else reverse("onestop:desk"))


@require_POST
def reminder_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a reminder was seen, and go to its dossier."""
    reminder = Notification.objects.visible_to(request.actor).filter(pk=pk).first()
    if reminder is None:
        raise Http404
    mark_read(request.actor, pk, at=timezone.now())
    if reminder.subject_type == "onestop.receiptseries":
        return redirect("onestop:series_list")
    if reminder.subject_type != "onestop.dossier":
        return redirect("onestop:desk")
    return redirect("onestop:dossier_detail", pk=reminder.subject_id)


def _worker(request: HttpRequest) -> Actor:
    verdict = rules.may_read_desk(request.actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    return actor


def _together(pile: str) -> Together | None:
    if pile == "door":
        return Together(_("Nhận các hồ sơ đã chọn"), "take_over")
    if pile in FORWARDED_TOGETHER:
        return Together(_("Chuyển các hồ sơ đã chọn sang bước sau"), "forward")
    return None


def _reminders(request: HttpRequest) -> dict[str, object]:
    unread = inbox(request.actor).filter(event__startswith="onestop.")
    return {"rows": list(unread[:SHOWN_REMINDERS]), "count": unread.count()}


def _tell(request: HttpRequest, results: list[HandedOver]) -> None:
    done = sum(one.done for one in results)
    record(request.actor, "onestop.hand_over_pile", "dossiers", count=len(results), done=done)
    if done:
        words = ngettext("Đã chuyển %(count)d hồ sơ.", "Đã chuyển %(count)d hồ sơ.", done)
        messages.success(request, words % {"count": done})
    for one in results:
        if one.refusal:
            messages.error(request, f"{one.label}: {one.refusal}" if one.label else one.refusal)
