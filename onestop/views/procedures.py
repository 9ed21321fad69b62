"""The catalogue: its list, one version of a procedure, and a procedure that is new to it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from egov.web.below import Below, read_below
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted, Refusal
from egov.workflow.verdict import Verdict
from onestop import rules
from onestop.actions.create_version import Identity, create_procedure
from onestop.forms.catalogue import ActivateForm, CatalogueFilter, ProcedureForm, SendBackForm
from onestop.models import Procedure, ProcedureVersion
from onestop.queries import catalogue
from onestop.queries.completeness import missing
from onestop.queries.differences import differences, fee_words, paper_words
from onestop.queries.reduction import measured_times, reduction_of, reductions, with_limits
from onestop.queries.version_content import VERSION_LISTS, VersionContent, content_of
from onestop.views.version_history import events_of


@require_GET
def procedure_list(request: HttpRequest) -> HttpResponse:
    """Every procedure with what holds today, its limits by law and as promised, and the time really used."""
    require(rules.may_read_catalogue(request.actor, None))
    now = timezone.now()
    today = timezone.localdate(now)
    form = CatalogueFilter(request.GET)
    rows = form.narrow(catalogue.catalogue(request.actor, today), today)
    pager = page_of(request, rows.prefetch_related(with_limits()), order=("procedure__national_code", "pk"))
    times = reductions(pager.rows, now)
    context = {
        "filter": form,
        "pager": pager,
        "rows": [
            (version, catalogue.standing(version, now), times.get(version.pk)) for version in pager.rows
        ],
        "may_keep": rules.may_keep_catalogue(request.actor, None),
    }
    return render_page(request, "onestop/procedure_list.html", "onestop/_procedure_rows.html", context)


@require_GET
def procedure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """To the version that says most today: the one in force, else the latest."""
    require(rules.may_read_catalogue(request.actor, None))
    procedure = get_object_or_404(Procedure, pk=pk)
    version = catalogue.in_force(procedure, timezone.localdate()) or procedure.versions.first()
    if version is None:
        raise Http404
    return redirect("onestop:version_detail", pk=version.pk)


@require_GET
def version_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that one version says, and what may be done with it."""
    return show_version(request, bare_version_of(request, pk))


@require_http_methods(["GET", "POST"])
def procedure_create(request: HttpRequest) -> HttpResponse:
    """Take a procedure into the catalogue; its draft is filled in on the next page."""
    require(rules.may_keep_catalogue(request.actor, None))
    form = ProcedureForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        content = VersionContent(name=values.pop("name"))
        try:
            version = create_procedure(request.actor, Identity(**values), content, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã thêm thủ tục. Hãy ghi tiếp thông tin và trường hợp."))
            return redirect("onestop:version_edit", pk=version.pk)
    return render(request, "onestop/procedure_create.html", {"form": form})


def show_version(request: HttpRequest, version: ProcedureVersion, **forms: Any) -> HttpResponse:
    """The page of a version; ``forms`` are those that were sent and refused."""
    now = timezone.now()
    procedure = version.procedure
    read_below([procedure], *catalogue.PROCEDURE_LISTS)
    versions = list(procedure.versions.all())
    held = _held(version, versions)
    read_below([version, *([held] if held else [])], *VERSION_LISTS, Below("changes"))
    content = content_of(version)
    steps = catalogue.steps(request.actor, version)
    waiting = version.state in (version.STATES.initial, "verified")
    measured = measured_times([procedure.pk], now)
    effects = list(procedure.effects.all())
    context = {
        "version": version,
        "procedure": procedure,
        "communal": catalogue.is_communal(procedure),
        "standing": catalogue.standing(version, now),
        "cases": [_case_parts(case, procedure.pk, measured) for case in version.cases.all()],
        "measured": measured.get((procedure.pk, "")),
        "faults": missing(content) if waiting else [],
        "compared_with": held,
        "differences": differences(content_of(held), content) if held else [],
        "effects": effects,
        "versions": [(one, catalogue.standing(one, now)) for one in versions],
        "events": events_of(version.changes.all()),
        "steps": steps,
        "may_create": rules.may_create_version(request.actor, procedure),
        "activate_form": forms.get("activate") or ActivateForm(initial={"on": timezone.localdate(now)}),
        "send_back_form": forms.get("send_back") or SendBackForm(),
        "shown_errors": forms.get("errors", []),
    }
    status = 422 if forms else 200
    return render(request, "onestop/version_detail.html", context, status=status)


def version_of(request: HttpRequest, pk: int) -> ProcedureVersion:
    """The version with its lines, for whoever may read the catalogue. Raises Http404, NotPermitted."""
    version = bare_version_of(request, pk)
    read_below([version], *VERSION_LISTS)
    return version


def bare_version_of(request: HttpRequest, pk: int) -> ProcedureVersion:
    """The same without its lines, where they are read along with another version's."""
    require(rules.may_read_catalogue(request.actor, None))
    version = catalogue.version_detail(request.actor, pk)
    if version is None:
        raise Http404
    return version


def require(verdict: Verdict) -> None:
    """Raises NotPermitted with the rule's sentence."""
    if not verdict:
        raise NotPermitted(verdict.reason)


def _held(version: ProcedureVersion, versions: Sequence[ProcedureVersion]) -> ProcedureVersion | None:
    """What a version is compared with: the one in force, or the one before an older or active one.

    ``versions`` are all of the procedure's, newest first.
    """
    if version.state in ("draft", "verified"):
        today = timezone.localdate()
        held = next((one for one in versions if one.accepts_on(today)), None)
        if held is not None:
            return held
    return next((one for one in versions if one.number < version.number), None)


def _case_parts(case: Any, procedure: int, measured: dict[tuple[int, str], Any]) -> dict[str, Any]:
    return {
        "case": case,
        "rules": [
            (rule, reduction_of(rule, measured.get((procedure, rule.channel))))
            for rule in case.channel_rules.all()
        ],
        "fees": [(fee, fee_words(fee)) for fee in case.fee_rules.all()],
        "papers": [(paper, paper_words(paper)) for paper in case.requirements.all()],
        "legs": case.planned_legs.all(),
    }
