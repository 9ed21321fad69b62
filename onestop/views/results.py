"""The results of a dossier on its page, and the short steps that are taken there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.files.views.download import file_response
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.correct import correct
from onestop.actions.finish import finish
from onestop.actions.number_result import number_result
from onestop.actions.reopen import reopen
from onestop.actions.result_paper import take_result_paper
from onestop.actions.revoke_result import revoke_result
from onestop.forms.results import KindForm, ReasonForm
from onestop.models import Dossier, ResultKind
from onestop.queries import results as query
from onestop.states import RUNNING

PARTIAL = "onestop/_dossier_results.html"


def results_panel(request: HttpRequest, dossier: Dossier) -> dict[str, Any]:
    """What ``_dossier_results.html`` shows on the page of a dossier that the actor may see."""
    results = query.results_of(dossier)
    steps = query.result_steps(request.actor, dossier)
    revocable = {one.pk for one in results.results if rules.may_revoke_result(request.actor, one)}
    return {
        "results": results,
        "result_steps": steps,
        "result_revocable": revocable,
        "result_reason": ReasonForm(auto_id="result_%s"),
        "result_shown": not results.is_empty or bool(results.takeovers) or any(steps.values()),
        "on_the_spot": dossier.version.on_the_spot and dossier.state in RUNNING,
    }


@require_GET
def result_file(request: HttpRequest, pk: int, result_pk: int) -> HttpResponseBase:
    """The file of a result: in the page, or as a file with ``?download=1``."""
    readable = query.read_result_file(request.actor, pk, result_pk)
    return file_response(request, readable.stored, readable.name, inline="download" not in request.GET)


@require_POST
def result_number(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the next number of the register, before the result is signed."""
    dossier = query.dossier_for_result(request.actor, pk)
    form = KindForm(request.POST, kinds=query.offered_kinds(dossier))
    if not form.is_valid():
        messages.error(request, _("Hãy chọn loại kết quả."))
        return redirect("onestop:result_record", pk=pk)
    kind: ResultKind | None = form.cleaned_data["kind"]
    try:
        entry = number_result(request.actor, dossier, kind=kind, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Đã lấy số %(number)s, ngày %(day)s.")
            % {"number": entry.notation, "day": f"{entry.entered_on:%d/%m/%Y}"},
        )
    return redirect("onestop:result_record", pk=pk)


@require_POST
def result_paper_take(request: HttpRequest, pk: int, paper_pk: int) -> HttpResponse:
    """Take the issued paper in."""
    return _step(
        request,
        pk,
        lambda dossier: take_result_paper(request.actor, dossier, requested_id=paper_pk, at=timezone.now()),
        done=_("Đã lấy văn bản làm kết quả của hồ sơ."),
    )


@require_POST
def dossier_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """The counter has the result."""
    return _step(
        request,
        pk,
        lambda dossier: finish(request.actor, dossier, at=timezone.now()),
        done=_("Hồ sơ đã có kết quả, chờ trả cho người nộp."),
    )


@require_POST
def dossier_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to work, because the result is wrong."""
    chosen = [int(one) for one in request.POST.getlist("result") if one.isascii() and one.isdigit()]
    return _step(
        request,
        pk,
        lambda dossier: reopen(
            request.actor,
            dossier,
            reason=request.POST.get("reason", ""),
            result_ids=[min(one, 2**62) for one in chosen],
            at=timezone.now(),
        ),
        done=_("Đã mở lại hồ sơ để sửa kết quả."),
    )


@require_POST
def result_revoke(request: HttpRequest, pk: int, result_pk: int) -> HttpResponse:
    """The result holds no more."""
    result = query.result_named(request.actor, pk, result_pk)
    try:
        revoke_result(request.actor, result, reason=request.POST.get("reason", ""), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã thu hồi kết quả %(number)s.") % {"number": result.number})
    return redirect("onestop:dossier_detail", pk=pk)


@require_POST
def dossier_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the correction of a result that was handed over."""
    dossier = query.dossier_for_result(request.actor, pk)
    try:
        correction = correct(request.actor, dossier, reason=request.POST.get("reason", ""), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("onestop:dossier_detail", pk=pk)
    messages.success(request, _("Đã tiếp nhận hồ sơ đính chính %(code)s.") % {"code": correction})
    return redirect("onestop:dossier_detail", pk=correction.pk)


def _step(request: HttpRequest, pk: int, act: Callable[[Dossier], Any], *, done: str) -> HttpResponse:
    """One action on a dossier that the actor may see; what it says stands above its page."""
    dossier = query.dossier_for_result(request.actor, pk)
    try:
        act(dossier)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("onestop:dossier_detail", pk=pk)
