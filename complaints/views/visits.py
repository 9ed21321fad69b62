"""The desk where people are received: who is there now, who came before, and the next one."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from complaints.actions.receive_visit import open_visit
from complaints.enums import ReceptionForm, ReceptionKind, VisitState
from complaints.forms.visit import OpeningForm, VisitFilter
from complaints.queries.timetable import Month, check_quota
from complaints.queries.visits import found, hosts, visits
from complaints.rules import reception as law
from complaints.views.reading import reads_once
from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted, Refusal

NEWEST_FIRST = ("-pk",)


def reader(request: HttpRequest) -> Actor:
    """Who looks at reception. Raises NotPermitted."""
    verdict = law.may_read_reception(request.actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    return actor


def receiver(request: HttpRequest) -> Actor:
    """Who receives people at their agency. Raises NotPermitted."""
    verdict = law.may_receive(request.actor, getattr(request.actor, "agency", None))
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    return actor


@require_GET
@reads_once
def visit_list(request: HttpRequest) -> HttpResponse:
    """Those at the desk first, then the newest; a search is on record, as it shows names."""
    actor = reader(request)
    form = VisitFilter(request.GET)
    chosen = form.chosen()
    rows = found(visits(actor), chosen["q"])
    for name in ("state", "kind", "outcome"):
        if chosen[name]:
            rows = rows.filter(**{name: chosen[name]})
    if chosen["q"]:
        record(actor, "complaints.search", "visits", role=actor.role)
    context = {
        "filter": form,
        "pager": page_of(request, rows, order=NEWEST_FIRST),
        "open_count": visits(actor).filter(agency=actor.agency, state=VisitState.OPEN).count(),
        "quota": check_quota(actor.agency, Month.of(timezone.localdate())),
        "may_receive": bool(law.may_receive(actor, actor.agency)),
        "tab": "visits",
    }
    return render_page(request, "complaints/visit_list.html", "complaints/_visit_rows.html", context)


@require_http_methods(["GET", "POST"])
def visit_open(request: HttpRequest) -> HttpResponse:
    """Begin to receive somebody: the next number, then the desk."""
    actor = receiver(request)
    initial = {
        "kind": ReceptionKind.REGULAR,
        "form": ReceptionForm.IN_PERSON,
        "host": actor.membership,
        "key": str(uuid4()),
    }
    form = OpeningForm(request.POST or None, hosts=hosts(actor), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            visit = open_visit(actor, actor.agency, form.opening(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("complaints:visit_detail", pk=visit.pk)
    status = 422 if form.errors else 200
    return render(request, "complaints/visit_open.html", {"form": form}, status=status)
