"""The hours of an agency or of the province: which hold, whose they are, and setting others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from egov.organizations.actor import Actor
from egov.organizations.middleware import acting
from egov.organizations.models import Agency
from egov.workdays import rules
from egov.workdays.actions.set_hours import set_hours
from egov.workdays.forms import AgencyForm, HoursForm
from egov.workdays.load_calendar import calendar_of
from egov.workdays.queries import hours_source, hours_to_come, with_own_hours
from egov.workdays.touched import TouchedTerm, touched_by_hours
from egov.workdays.weekday import Weekday
from egov.workflow.refusal import NotPermitted, Refusal

UNPROCESSABLE = 422
# More terms than these do not help the person who decides; their number is told.
SHOWN = 200


@require_http_methods(["GET", "POST"])
def hours_default(request: HttpRequest) -> HttpResponse:
    """The hours of the province, which hold wherever no agency has set others; or the way to an agency's."""
    choice = AgencyForm(request.GET)
    if request.method == "GET" and choice.is_valid():
        return redirect("workdays:hours_detail", pk=choice.cleaned_data["agency"].pk)
    return _hours(request, None)


@require_http_methods(["GET", "POST"])
def hours_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The hours of one agency."""
    return _hours(request, get_object_or_404(Agency, pk=pk))


def _hours(request: HttpRequest, agency: Agency | None) -> HttpResponse:
    actor, today = acting(request), timezone.localdate()
    verdict = rules.may_see_working_time(actor)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    verdict = rules.may_change_working_time(actor, agency)
    if request.method == "POST" and not verdict:
        raise NotPermitted(verdict.reason)
    calendar = calendar_of(agency, today)
    sent = request.POST if request.method == "POST" else None
    form = HoursForm(sent, calendar=calendar, has_above=agency is not None)
    if form.is_valid() and "edit" not in request.POST:
        if "confirmed" not in request.POST:
            touched = _touched(actor, agency, form)
            if touched is not None:
                return _confirm(request, agency, form, touched)
        elif _set(actor, agency, form):
            messages.success(request, _("Đã đặt giờ làm việc."))
            return redirect(_page_of(agency))
    week = calendar.week_on(today)
    context = {
        "agency": agency,
        "own": actor.agency,
        "days": [(day.label, week[day.value]) for day in Weekday],
        "source": hours_source(agency, today),
        "changes_on": hours_to_come(agency, today),
        "form": form if verdict else None,
        # Only whoever may change every agency's hours needs to find any of them.
        "choice": AgencyForm() if rules.may_change_working_time(actor, None) else None,
        "others": with_own_hours(today).exclude(pk=agency.pk) if agency else with_own_hours(today),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workdays/hours_detail.html", context, status=status)


def _confirm(
    request: HttpRequest, agency: Agency | None, form: HoursForm, touched: list[TouchedTerm]
) -> HttpResponse:
    """Nothing is set before a person has seen whose appointments were counted with other hours."""
    week = form.week()
    context = {
        "agency": agency,
        "since": form.cleaned_data["since"],
        "days": [(day.label, week[day.value]) for day in Weekday] if week else None,
        "form": form,
        "touched": touched[:SHOWN],
        "touched_count": len(touched),
        "page_url": _page_of(agency),
    }
    return render(request, "workdays/hours_confirm.html", context)


def _page_of(agency: Agency | None) -> str:
    return reverse("workdays:hours_detail", args=[agency.pk]) if agency else reverse("workdays:hours_default")


def _touched(actor: Actor, agency: Agency | None, form: HoursForm) -> list[TouchedTerm] | None:
    """What the typed hours would touch; None, and the form says why, when they cannot be set."""
    try:
        return touched_by_hours(
            actor, agency, week=form.week(), since=form.cleaned_data["since"], at=timezone.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _set(actor: Actor, agency: Agency | None, form: HoursForm) -> bool:
    try:
        set_hours(actor, agency, week=form.week(), since=form.cleaned_data["since"], at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
