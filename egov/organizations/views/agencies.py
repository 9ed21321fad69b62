"""The directory: the tree of agencies, and one agency."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from egov.organizations import rules
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.forms import AgencyFilter
from egov.organizations.middleware import acting
from egov.organizations.models import Agency
from egov.organizations.queries import people, tree
from egov.organizations.queries.directory import branches, directory
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted
from egov.workflow.verdict import Verdict

PAGE, PART = "organizations/agency_list.html", "organizations/_agency_rows.html"


@require_GET
def agency_list(request: HttpRequest) -> HttpResponse:
    """The tree, one branch at a time; with a filter, everything that fits."""
    actor, today = acting(request), timezone.localdate()
    _require(rules.may_see_directory(actor))
    form = AgencyFilter(request.GET)
    if form.is_used:
        rows = form.narrow(directory(actor, today))
        context = {"filter": form, "found": rows.count(), "pager": page_of(request, rows, order=("code",))}
        return render_page(request, PAGE, PART, context)
    top = _top(actor, request.GET.get("under", ""), today)
    context = {"filter": form, "top": top}
    if top:
        context |= {"path": tree.path(top, today), "branches": branches(top, today)}
    return render_page(request, PAGE, PART, context)


@require_GET
def agency_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, codes, place in the tree, who leads it and who keeps its registry."""
    actor, today = acting(request), timezone.localdate()
    _require(rules.may_see_directory(actor))
    # An agency of the past is shown too: old documents lead to it.
    agency = get_object_or_404(Agency.objects.select_related("unit"), pk=pk)
    exists = agency.exists_on(today)
    context = {
        "agency": agency,
        "exists": exists,
        "codes": agency.codes.order_by("-valid_from"),
        "path": tree.path(agency, today)[:-1] if exists else [],
        "branches": branches(agency, today) if exists else [],
        "successors": tree.successors(agency, today),
        "people": people.holders(agency, today, Role.LEADER, Role.REGISTRY),
        "may_see_people": rules.may_see_people(actor, agency),
        "may_administer": rules.may_administer(actor, agency),
    }
    return render(request, "organizations/agency_detail.html", context)


def _top(actor: Actor | SignedOut, text: str, today: date) -> Agency | None:
    if not text:
        return tree.root(today)
    if not (text.isascii() and text.isdigit()):
        raise Http404(_("Không tìm thấy cơ quan."))
    return get_object_or_404(directory(actor, today), pk=min(int(text), 2**62))


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise NotPermitted(verdict.reason)
