"""Two ways to a result: a file or paper put on record, and an official paper asked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.public import PaperRequest
from egov.organizations.enums import Capacity
from egov.organizations.models import Agency
from egov.organizations.queries.people import signers
from egov.organizations.queries.tree import NoPlace, above
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.record_result import ResultContent, record_result
from onestop.actions.result_paper import ResultPaper, request_result_paper
from onestop.forms.results import KindForm, PaperForm, RecordForm
from onestop.models import Dossier
from onestop.queries import results as query


@require_http_methods(["GET", "POST"])
def result_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a number, sign outside or elsewhere in the system, then put the result on record."""
    dossier = query.dossier_for_result(request.actor, pk)
    _require(rules.may_record_result(request.actor, dossier))
    kinds = query.offered_kinds(dossier)
    numbers = list(dossier.result_entries.filter(result=None).select_related("kind"))
    form = _record_form(request, numbers, kinds)
    if form.is_bound and form.is_valid():
        try:
            result = record_result(request.actor, dossier, _content(form), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã ghi nhận kết quả %(number)s.") % {"number": result.number})
            return redirect("onestop:dossier_detail", pk=pk)
    context = {
        "dossier": dossier,
        "numbers": numbers,
        "number_form": KindForm(kinds=kinds, auto_id="number_%s"),
        "form": form,
    }
    return render(request, "onestop/result_record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def result_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the result made as an official paper by the documents' rules."""
    dossier = query.dossier_for_result(request.actor, pk)
    _require(rules.may_request_result_paper(request.actor, dossier))
    today = timezone.localdate()
    people = signers(request.actor.agency, today)
    initial = {
        "abstract": f"{dossier.version.name} ({dossier})",
        "recipients": _usual_recipient(dossier),
        "signer": people.first(),
    }
    form = PaperForm(
        request.POST or None, kinds=query.offered_kinds(dossier), signers=people, initial=initial
    )
    if form.is_bound and form.is_valid():
        try:
            request_result_paper(request.actor, dossier, _paper(form), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            name = form.cleaned_data["signer"].user.full_name
            messages.success(request, _("Đã trình %(name)s ký văn bản kết quả.") % {"name": name})
            return redirect("onestop:dossier_detail", pk=pk)
    context = {"dossier": dossier, "form": form}
    return render(request, "onestop/result_paper.html", context, status=422 if form.errors else 200)


def _record_form(request: HttpRequest, numbers: list[Any], kinds: Any) -> RecordForm:
    if request.method == "POST":
        return RecordForm(request.POST, request.FILES, kinds=kinds)
    last = numbers[-1] if numbers else None
    initial = {"number": last.notation, "issued_on": last.entered_on, "kind": last.kind} if last else {}
    return RecordForm(kinds=kinds, initial=initial)


def _content(form: RecordForm) -> ResultContent:
    typed = form.cleaned_data
    return ResultContent(
        kind=typed["kind"],
        number=typed["number"],
        issued_on=typed["issued_on"],
        file=typed["file"],
        file_name=typed["file"].name if typed["file"] else "",
        signer_name=typed["signer_name"],
        signer_position=typed["signer_position"],
        expires_on=typed["expires_on"],
        refused=form.refused(),
    )


def _paper(form: PaperForm) -> ResultPaper:
    typed = form.cleaned_data
    return ResultPaper(
        kind=typed["kind"],
        expires_on=typed["expires_on"],
        refused=form.refused(),
        paper=PaperRequest(
            kind_code=typed["document_kind"],
            abstract=typed["abstract"],
            body=typed["body"],
            signer_id=typed["signer"].pk,
            capacity=Capacity(typed["capacity"]),
            recipient_codes=form.recipient_codes(),
        ),
    )


def _usual_recipient(dossier: Dossier) -> str:
    """The agency that received it; else the one above, since a paper goes to at least one agency."""
    receiving: Agency = dossier.receiving_agency
    if receiving.pk != dossier.deciding_agency_id:
        return receiving.code
    try:
        higher = above(receiving, timezone.localdate())
    except NoPlace:
        return ""
    return higher[0].code if higher else ""


def _require(verdict: Any) -> None:
    if not verdict:
        raise NotPermitted(verdict.reason)
