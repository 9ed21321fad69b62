"""The investment unit: projects, their procedures, and a picture of who has what until when."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.project import close_project, edit_project, link_dossier, open_project, unlink_dossier
from onestop.forms.projects import LinkForm, ProjectForm
from onestop.models import Project
from onestop.queries import projects as query
from onestop.queries.gantt import gantt

LIST, ROWS = "onestop/project_list.html", "onestop/_project_rows.html"
# A choice is scrolled through; whoever has more looks for the dossier's own page.
MOST_LINKABLE = 200
BILLION = 10**9


@require_GET
def project_list(request: HttpRequest) -> HttpResponse:
    """Projects of the unit and those in which one's agency has a part, the newest first."""
    context = {
        "pager": page_of(request, query.projects(request.actor), order=("-opened_at", "-pk")),
        "may_open": bool(rules.may_open_project(request.actor, None)),
    }
    return render_page(request, LIST, ROWS, context)


@require_http_methods(["GET", "POST"])
def project_open(request: HttpRequest) -> HttpResponse:
    """Open a project."""
    actor = _keeper(request)
    initial = {"account_manager": actor.membership}
    form = ProjectForm(request.POST or None, managers=query.possible_managers(actor), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            project = open_project(actor, form.content(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở dự án %(code)s.") % {"code": project.code})
            return redirect("onestop:project_detail", pk=project.pk)
    context = {"form": form, "project": None}
    return render(request, "onestop/project_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def project_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of it, or give it to another account manager."""
    project = query.read_project(request.actor, pk)
    verdict = rules.may_edit_project(request.actor, project)
    if not verdict:
        raise NotPermitted(verdict.reason)
    initial = ProjectForm.initial_of(project)
    form = ProjectForm(request.POST or None, managers=query.possible_managers(request.actor), initial=initial)
    if form.is_bound and form.is_valid():
        try:
            edit_project(request.actor, project, form.content(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu dự án."))
            return redirect("onestop:project_detail", pk=pk)
    context = {"form": form, "project": project}
    return render(request, "onestop/project_edit.html", context, status=422 if form.errors else 200)


@require_GET
def project_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, the picture of its legs, and beside it the table that says the same."""
    return _show(request, query.read_project(request.actor, pk))


@require_POST
def project_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a dossier into the project."""
    project = query.read_project(request.actor, pk)
    form = _link_form(request, project, request.POST)
    if form.is_valid():
        try:
            link_dossier(
                request.actor,
                project,
                dossier_id=form.cleaned_data["dossier"].pk,
                after=[int(one) for one in form.cleaned_data["after"]],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã liên kết hồ sơ vào dự án."))
            return redirect("onestop:project_detail", pk=pk)
    return _show(request, project, link=form)


@require_POST
def project_unlink(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Take a dossier out of the project."""
    project = query.read_project(request.actor, pk)
    unlink_dossier(request.actor, project, order=min(order, 32767), at=timezone.now())
    messages.success(request, _("Đã bỏ liên kết hồ sơ khỏi dự án."))
    return redirect("onestop:project_detail", pk=pk)


@require_POST
def project_close(request: HttpRequest, pk: int) -> HttpResponse:
    """The project needs nothing more here."""
    project = query.read_project(request.actor, pk)
    close_project(request.actor, project, at=timezone.now())
    messages.success(request, _("Đã kết thúc dự án."))
    return redirect("onestop:project_detail", pk=pk)


def _show(request: HttpRequest, project: Project, *, link: LinkForm | None = None) -> HttpResponse:
    lines = query.lines_of(request.actor, project)
    verdict = rules.may_edit_project(request.actor, project)
    context: dict[str, Any] = {
        "project": project,
        "lines": lines,
        "picture": gantt(lines, timezone.localdate()),
        "verdict": verdict,
        "link_form": (link or _link_form(request, project)) if verdict else None,
        "facts": [
            (_("Mã dự án"), project.code),
            (_("Nhà đầu tư"), project.investor),
            (_("Vốn đầu tư"), _in_words(project.capital)),
            (_("Địa điểm"), project.place),
            (_("Đơn vị đầu mối"), project.agency.name),
            (_("Chuyên viên phụ trách"), project.account_manager.user.full_name),
            (_("Mở ngày"), f"{timezone.localdate(project.opened_at):%d/%m/%Y}"),
            (
                _("Kết thúc ngày"),
                f"{timezone.localdate(project.closed_at):%d/%m/%Y}" if project.closed_at else "",
            ),
        ],
    }
    wrong = link is not None and bool(link.errors)
    return render(request, "onestop/project_detail.html", context, status=422 if wrong else 200)


def _in_words(capital: int) -> str:
    """Dong as people say it: whole billions as such, else the full number."""
    billions, rest = divmod(capital, BILLION)
    if rest:
        return _("%(amount)s đồng") % {"amount": f"{capital:,}".replace(",", ".")}
    return _("%(amount)s tỷ đồng") % {"amount": f"{billions:,}".replace(",", ".")}


def _link_form(request: HttpRequest, project: Project, sent: Any = None) -> LinkForm:
    dossiers = query.linkable(request.actor)
    if sent is None:
        dossiers = dossiers[:MOST_LINKABLE]
    links = list(project.links.select_related("dossier__version"))
    return LinkForm(sent, dossiers=dossiers, links=links)


def _keeper(request: HttpRequest) -> Actor:
    verdict = rules.may_open_project(request.actor, None)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    return actor
