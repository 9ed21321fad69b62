"""The timetable of the head's days: planned, published, changed, held."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from complaints.actions.timetable import cancel_day, change_day, hold_day, plan_day, publish_timetable
from complaints.forms.timetable import CancelForm, ChangeForm, HeldForm, PlanForm
from complaints.queries.appointments import own_day
from complaints.queries.timetable import Month, check_quota, days_of
from complaints.rules import reception as law
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.queries.people import holders
from egov.workflow.refusal import NotPermitted, Refusal

MONTHS_AHEAD, MONTHS_BACK = 3, 12
MONTHS_PER_YEAR = 12


@require_http_methods(["GET", "POST"])
def timetable(request: HttpRequest) -> HttpResponse:
    """One month: its days against the quota, and a form for another one."""
    actor = _reader(request)
    keeps = bool(law.may_keep_timetable(actor, actor.agency))
    form = PlanForm(request.POST or None, leaders=holders(actor.agency, timezone.localdate(), Role.LEADER))
    if request.method == "POST" and form.is_valid():
        try:
            day = plan_day(actor, actor.agency, form.plan(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("Đã đưa vào lịch ngày %(day)s.") % {"day": f"{day.day:%d/%m/%Y}"}
            if day.is_moved:
                words = _("Ngày %(planned)s là ngày nghỉ; lịch chuyển sang %(day)s.") % {
                    "planned": f"{day.planned_on:%d/%m/%Y}",
                    "day": f"{day.day:%d/%m/%Y}",
                }
            messages.success(request, words)
            return redirect(f"{request.path}?month={day.day:%Y-%m}")
    month = _month(request)
    days = list(days_of(actor.agency, month))
    context: dict[str, Any] = {
        "month": month,
        "months": _months(),
        "days": days,
        "unpublished": sum(day.published_at is None and day.cancelled_at is None for day in days),
        "quota": check_quota(actor.agency, month),
        "form": form if keeps else None,
        "today": timezone.localdate(),
        "tab": "timetable",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "complaints/timetable.html", context, status=status)


@require_POST
def timetable_publish(request: HttpRequest) -> HttpResponse:
    """Show the month to everybody."""
    actor = _reader(request)
    month = _month(request)
    shown = publish_timetable(actor, actor.agency, month=month, at=timezone.now())
    words = ngettext("Đã công bố %(n)d ngày tiếp.", "Đã công bố %(n)d ngày tiếp.", len(shown))
    messages.success(request, words % {"n": len(shown)})
    return redirect(_address(month))


@require_http_methods(["GET", "POST"])
def day_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One day, what changed of it, who is appointed, and what can be done with it."""
    actor = _reader(request)
    day = own_day(actor, pk)
    step = request.POST.get("step", "")
    leaders = holders(actor.agency, day.day, Role.LEADER)
    sent = request.POST or None
    change = ChangeForm(
        sent if step == "change" else None, leaders=leaders, initial=ChangeForm.initial_of(day)
    )
    cancel = CancelForm(sent if step == "cancel" else None, prefix="cancel")
    held = HeldForm(sent if step == "hold" else None, leaders=leaders, initial={"by": day.host_id})
    form = {"change": change, "cancel": cancel, "hold": held}.get(step)
    if form is not None and form.is_valid():
        now = timezone.now()
        try:
            if step == "change":
                change_day(actor, day, change.plan(), reason=change.cleaned_data["reason"], at=now)
            elif step == "cancel":
                cancel_day(actor, day, reason=cancel.cleaned_data["reason"], at=now)
            else:
                hold_day(actor, day, by=held.cleaned_data["by"], at=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi thay đổi; người có hẹn được đưa vào danh sách cần báo lại."))
            return redirect("complaints:day_detail", pk=pk)
        day.refresh_from_db()
    context = {
        "day": day,
        "changes": day.changes.all(),
        "appointments": day.appointments.visible_to(actor),
        "may_change": bool(law.may_change_day(actor, day)),
        "is_past": day.day <= timezone.localdate(),
        "change": change,
        "cancel": cancel,
        "held": held,
        "form": form,
    }
    return render(request, "complaints/day_detail.html", context, status=422 if sent else 200)


def _reader(request: HttpRequest) -> Actor:
    """Whoever reads reception, and the head of the office, who keeps the timetable."""
    actor = request.actor
    verdict = law.may_read_reception(actor)
    if verdict or (isinstance(actor, Actor) and law.may_keep_timetable(actor, actor.agency)):
        return actor
    raise NotPermitted(verdict.reason)


def _month(request: HttpRequest) -> Month:
    text = (request.POST if request.method == "POST" else request.GET).get("month", "")
    chosen = {f"{month.first:%Y-%m}": month for month in _months()}
    return chosen.get(text) or Month.of(timezone.localdate())


def _months() -> list[Month]:
    today = timezone.localdate()
    start = today.year * MONTHS_PER_YEAR + today.month - 1
    count = range(start + MONTHS_AHEAD, start - MONTHS_BACK - 1, -1)
    return [Month(number // MONTHS_PER_YEAR, number % MONTHS_PER_YEAR + 1) for number in count]


def _address(month: Month) -> str:
    return f"{reverse('complaints:timetable')}?month={month.first:%Y-%m}"
