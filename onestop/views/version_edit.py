"""Writing a draft: its facts, and each of its cases."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from egov.organizations.enums import Level
from egov.organizations.models import Agency
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.edit_version import edit_version
from onestop.forms.version_tables import CaseForms, VersionForms
from onestop.models import ProcedureVersion
from onestop.queries.completeness import missing
from onestop.queries.version_content import CaseContent, VersionContent, content_of
from onestop.views.procedures import require, version_of


@require_http_methods(["GET", "POST"])
def version_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the version says apart from its cases."""
    version = _draft(request, pk)
    content = content_of(version)
    forms = VersionForms(content, _seen(version), request.POST if request.method == "POST" else None)
    errors: list[str] = []
    if request.method == "POST" and forms.is_valid():
        try:
            _save(request, version, forms.content(), seen=forms.seen)
        except NotPermitted:
            raise
        except Refusal as refusal:
            errors = [str(refusal)]
        else:
            return redirect("onestop:version_edit", pk=pk)
    context = {
        "version": version,
        "forms": forms,
        "errors": errors,
        "faults": missing(content),
        "cases": content.cases,
    }
    return render(request, "onestop/version_edit.html", context, status=_status(request))


@require_http_methods(["GET", "POST"])
def case_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One case: limits, fees, papers, the way through the agencies."""
    version = _draft(request, pk)
    content = content_of(version)
    if not 1 <= number <= len(content.cases):
        raise Http404
    agencies = Agency.objects.existing(timezone.localdate()).filter(level=Level.PROVINCE)
    choices = list(agencies.order_by("name").values_list("pk", "short_name"))
    data = request.POST if request.method == "POST" else None
    forms = CaseForms(content.cases[number - 1], _seen(version), choices, data)
    errors: list[str] = []
    if request.method == "POST" and forms.is_valid():
        changed = (*content.cases[: number - 1], forms.content(), *content.cases[number:])
        try:
            _save(request, version, replace(content, cases=changed), seen=forms.seen)
        except NotPermitted:
            raise
        except Refusal as refusal:
            errors = [str(refusal)]
        else:
            return redirect("onestop:case_edit", pk=pk, number=number)
    context = {
        "version": version,
        "number": number,
        "forms": forms,
        "errors": errors,
        "faults": missing(content),
        "cases": content.cases,
    }
    return render(request, "onestop/case_edit.html", context, status=_status(request))


@require_POST
def case_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more case: like the last one, whose lines it mostly shares."""
    version = _draft(request, pk)
    content = content_of(version)
    last = content.cases[-1] if content.cases else CaseContent()
    name = _("Trường hợp %(number)d") % {"number": len(content.cases) + 1} if content.cases else ""
    _save(request, version, replace(content, cases=(*content.cases, replace(last, name=name))))
    return redirect("onestop:case_edit", pk=pk, number=len(content.cases) + 1)


@require_POST
def case_remove(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Take one case out of the draft."""
    version = _draft(request, pk)
    content = content_of(version)
    if not 1 <= number <= len(content.cases):
        raise Http404
    kept = (*content.cases[: number - 1], *content.cases[number:])
    _save(request, version, replace(content, cases=kept))
    return redirect("onestop:version_edit", pk=pk)


def _draft(request: HttpRequest, pk: int) -> ProcedureVersion:
    version = version_of(request, pk)
    require(rules.may_edit_version(request.actor, version))
    return version


def _save(
    request: HttpRequest, version: ProcedureVersion, content: VersionContent, seen: int | None = None
) -> None:
    edit_version(request.actor, version, content, at=timezone.now(), seen=seen)
    messages.success(request, _("Đã lưu bản dự thảo."))


def _seen(version: ProcedureVersion) -> int | None:
    """The last change of the version that is shown."""
    return max((change.pk for change in version.changes.all()), default=None)


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
