"""Hand-over lists between agencies: the latest ones, and one as it is ticked off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from egov.files.views.download import PDF, POLICY_OF_PDF
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.queries.handover_paper import handover_pdf
from onestop.queries.handovers import handovers, read_handover

NEWEST_FIRST = ("-sent_at", "-pk")


@require_GET
def handover_list(request: HttpRequest) -> HttpResponse:
    """What the agency sent and was sent, newest first."""
    verdict = rules.may_read_desk(request.actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    pager = page_of(request, handovers(request.actor), order=NEWEST_FIRST)
    context = {"pager": pager, "agency": request.actor.agency}
    return render(request, "onestop/handover_list.html", context)


@require_GET
def handover_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: each dossier with its papers, and who took it over or why it came back."""
    handover, lines = read_handover(request.actor, pk)
    return render(request, "onestop/handover_detail.html", {"handover": handover, "lines": lines})


@require_GET
def handover_print(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as PDF/A, with room for both sides to sign."""
    handover, lines = read_handover(request.actor, pk)
    response = HttpResponse(handover_pdf(request.actor, handover, lines), content_type=PDF)
    name = f"ban-giao-{handover.number}-{handover.year}.pdf"
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or "inline"
    )
    response["Content-Security-Policy"] = POLICY_OF_PDF
    return response
