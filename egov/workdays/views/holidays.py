"""Days that differ: a year's list, and entering or removing one after seeing which terms it touches."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.middleware import acting
from egov.organizations.models import Agency
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.queries import tree
from egov.workdays import rules
from egov.workdays.actions.remove_holiday import remove_holiday
from egov.workdays.actions.set_holiday import DayFacts, set_holiday
from egov.workdays.forms import EARLIEST, LATEST, HolidayForm
from egov.workdays.models import Holiday
from egov.workdays.queries import holidays_of
from egov.workdays.touched import TouchedTerm, touched_by_removing, touched_by_setting
from egov.workflow.refusal import NotPermitted, Refusal
from egov.workflow.verdict import Verdict

UNPROCESSABLE = 422
# More terms than these do not help the person who decides; their number is told.
SHOWN = 200


@require_GET
def holiday_list(request: HttpRequest) -> HttpResponse:
    """The days of one year."""
    actor, year = acting(request), _year(request.GET.get("year", ""))
    verdict = rules.may_see_working_time(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    context = {
        "year": year,
        "rows": [(row, bool(rules.may_remove_holiday(actor, row))) for row in holidays_of(year)],
        "agency": actor.agency,
        "may_add": bool(rules.may_change_working_time(actor, actor.agency)),
    }
    return render(request, "workdays/holiday_list.html", context)


@require_http_methods(["GET", "POST"])
def holiday_create(request: HttpRequest) -> HttpResponse:
    """Enter a day; what it touches is shown before it is confirmed."""
    actor = acting(request)
    # Whoever administers the agency that they act for may at least close its own days.
    verdict = _may_enter(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    sent = request.POST if request.method == "POST" else None
    everywhere = bool(rules.may_change_working_time(actor, None))
    form = HolidayForm(sent, scopes=_scopes(actor), everywhere=everywhere)
    if form.is_valid() and "edit" not in request.POST:
        holiday = form.holiday()
        verdict = rules.may_change_working_time(actor, holiday.agency)
        if not verdict:
            raise NotPermitted(verdict.reason)
        if "confirmed" not in request.POST:
            return _confirm(request, holiday, touched_by_setting(holiday), form=form)
        if saved := _set(actor, form, holiday):
            messages.success(request, _("Đã ghi ngày %(day)s.") % {"day": f"{saved.day:%d/%m/%Y}"})
            return redirect(_list_of(saved.day))
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workdays/holiday_create.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a day an ordinary one again; what that touches is shown first."""
    actor = acting(request)
    holiday = get_object_or_404(Holiday.objects.select_related("agency"), pk=pk)
    verdict = rules.may_remove_holiday(actor, holiday)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    if request.method == "GET":
        return _confirm(request, holiday, touched_by_removing(holiday), form=None)
    try:
        remove_holiday(actor, holiday)
    except Holiday.DoesNotExist as error:  # somebody else was faster
        raise Http404 from error
    messages.success(request, _("Đã bỏ ngày %(day)s.") % {"day": f"{holiday.day:%d/%m/%Y}"})
    return redirect(_list_of(holiday.day))


def _may_enter(actor: Actor | SignedOut) -> Verdict:
    if isinstance(actor, Actor):
        return rules.may_change_working_time(actor, actor.agency)
    return rules.may_change_working_time(actor, None)


def _scopes(actor: Actor) -> AgencyQuerySet:
    if actor.is_(Role.SYSTEM_ADMIN):
        return tree.agencies(timezone.localdate())
    return Agency.objects.filter(pk=actor.agency.pk)


def _set(actor: Actor, form: HolidayForm, holiday: Holiday) -> Holiday | None:
    facts = DayFacts(
        day=holiday.day, kind=Holiday.Kind(holiday.kind), name=holiday.name, source=holiday.source
    )
    try:
        return set_holiday(actor, holiday.agency, facts=facts)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _confirm(
    request: HttpRequest, holiday: Holiday, touched: list[TouchedTerm], *, form: HolidayForm | None
) -> HttpResponse:
    context = {
        "holiday": holiday,
        "replaced": Holiday.objects.filter(day=holiday.day, agency=holiday.agency).first() if form else None,
        "form": form,
        "touched": touched[:SHOWN],
        "touched_count": len(touched),
        "list_url": _list_of(holiday.day),
    }
    return render(request, "workdays/holiday_confirm.html", context)


def _list_of(day: date) -> str:
    return f"{reverse('workdays:holiday_list')}?year={day.year}"


def _year(text: str) -> int:
    """The year that the address asks for; this one when it asks for none of our time."""
    if text.isascii() and text.isdigit() and len(text) == len("2026"):
        return min(max(int(text), EARLIEST.year), LATEST.year)
    return timezone.localdate().year
