"""Outgoing papers about matters: print one, have one signed and sent as an official letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from complaints import rules
from complaints.actions.issue_paper import print_paper
from complaints.actions.send_paper import send_paper
from complaints.forms.processing import SendPaperForm
from complaints.queries.matter_paper import paper_of
from complaints.views.letter import after_step
from egov.files.views.download import file_response
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.models import Membership
from egov.organizations.queries.people import signers
from egov.workflow.refusal import NotPermitted, Refusal


@require_GET
def matter_paper(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A paper as PDF; the same bytes at every print, and each print on record."""
    paper = print_paper(request.actor, paper_of(request.actor, pk), at=timezone.now())
    assert paper.file is not None  # noqa: S101  (printing made it)
    return file_response(request, paper.file, paper.file_name, inline="download" not in request.GET)


@require_http_methods(["GET", "POST"])
def matter_paper_send(request: HttpRequest, pk: int) -> HttpResponse:
    """Who signs it; then it is a document like any other."""
    paper = paper_of(request.actor, pk)
    verdict = rules.may_send_paper(request.actor, paper)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    form = SendPaperForm(request.POST or None, members=list(signers(actor.agency, timezone.localdate())))
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        signer = Membership.objects.get(pk=typed["signer"])
        try:
            send_paper(actor, paper, signer=signer, capacity=Capacity(typed["capacity"]), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã trình ký trên hệ thống văn bản."))
            return after_step(request, paper.matter)
    context = {
        "matter": paper.matter,
        "letter": paper.matter.letter,
        "step": {"label": _("Trình ký %(paper)s") % {"paper": paper.notation}},
        "form": form,
        "agencies": [],
    }
    return render(request, "complaints/letter_step.html", context, status=422 if form.errors else 200)
