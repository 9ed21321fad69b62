"""The counter's first page: find a procedure, go on with what was begun, see what was filed online."""

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.actions.intake_draft import begin_intake
from onestop.models import ProcedureVersion
from onestop.queries.catalogue import find_procedures
from onestop.queries.inbox import inbox
from onestop.queries.intake_preview import unfinished

SHOWN = 12
WORDS_LENGTH = 200


@require_GET
def counter_start(request: HttpRequest) -> HttpResponse:
    """The search box stands ready; three letters without accents are enough."""
    actor = at_counter(request)
    typed = request.GET.get("q", "")[:WORDS_LENGTH].replace("\x00", "").strip()
    versions = []
    if typed:
        found = find_procedures(typed, actor.agency, timezone.localdate())
        # The plain procedure before its variants, which say more in their names.
        versions = list(found.order_by("elsewhere", Length("name"), "name", "pk")[: SHOWN + 1])
    context = {
        "typed": typed,
        "versions": versions[:SHOWN],
        "more": len(versions) > SHOWN,
        "drafts": unfinished(actor)[:SHOWN],
        "waiting": inbox(actor).count(),
    }
    return render_page(request, "onestop/counter_start.html", "onestop/_procedure_hits.html", context)


@require_POST
def intake_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a dossier of this procedure."""
    actor = at_counter(request)
    version = get_object_or_404(ProcedureVersion, pk=pk)
    draft = begin_intake(actor, version, at=timezone.now())
    return redirect("onestop:intake_edit", pk=draft.pk)


def at_counter(request: HttpRequest) -> Actor:
    """Who works at the counter; a refusal in words for everybody else."""
    verdict = rules.may_take_in(request.actor, None)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    return actor
