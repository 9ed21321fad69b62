"""Agencies for whoever has to go there: the list, one with its hours and people, the map of communes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from egov.organizations.enums import Branch, Level
from egov.organizations.models import Agency
from egov.organizations.queries import tree
from egov.web.htmx import render_page
from egov.web.pager import page_of
from onestop import public as onestop
from portal.caching import public_page
from portal.queries import directory

PROCEDURES_SHOWN = 12
LIST, ROWS = "portal/agency_list.html", "portal/_agency_rows.html"
ANY = ("", pgettext_lazy("bộ lọc", "Tất cả"))


class AgencyFilter(forms.Form):
    """Words, level and system."""

    q = forms.CharField(label=_("Tên cơ quan"), required=False, widget=forms.TextInput({"type": "search"}))
    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[ANY, *Level.choices])
    branch = forms.ChoiceField(label=_("Hệ thống"), required=False, choices=[ANY, *Branch.choices])


@require_safe
@public_page(seconds=600)
def agency_list(request: HttpRequest) -> HttpResponse:
    """Every agency of today, narrowed by what was typed."""
    form = AgencyFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    rows = directory.agencies_shown(
        timezone.localdate(),
        text=chosen.get("q", ""),
        level=chosen.get("level", ""),
        branch=chosen.get("branch", ""),
    )
    context = {"filter": form, "found": rows.count(), "pager": page_of(request, rows, order=("code",))}
    return render_page(request, LIST, ROWS, context)


@require_safe
@public_page(seconds=600)
def agency_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where and when it is open, who answers for it, what it decides, what belongs to it."""
    today = timezone.localdate()
    # One of the past is shown too, with its successors: old papers name it.
    agency = get_object_or_404(Agency.objects.select_related("unit"), pk=min(pk, 2**62))
    exists = agency.exists_on(today)
    try:
        path = tree.path(agency, today)[:-1] if exists else []
    except tree.NoPlace:
        path = []
    week, closed = directory.opening_hours(agency, today) if exists else ([], [])
    context = {
        "agency": agency,
        "exists": exists,
        "path": path,
        "week": week,
        "closed": closed,
        "people": directory.in_charge(agency, today) if exists else [],
        "procedures": onestop.procedure_page(today, start=0, count=PROCEDURES_SHOWN, agency=agency.code),
        "below": tree.children(agency, today) if exists else [],
        "successors": tree.successors(agency, today),
    }
    return render(request, "portal/agency_detail.html", context)


@require_safe
@public_page(seconds=600)
def commune_map(request: HttpRequest) -> HttpResponse:
    """The communes where they are, each leading to its committee; the same as a list beside it."""
    drawn = directory.commune_map(timezone.localdate(), district_code=request.GET.get("district", ""))
    return render(request, "portal/commune_map.html", {"map": drawn})
