"""Groups and windows of an agency's queue, and how long people waited."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.keep_queue import GroupFacts, keep_group, keep_window
from onestop.forms.queue import GroupForm, WindowForm
from onestop.models import QueueGroup
from onestop.queries import queue as query


@require_GET
def queue_setup(request: HttpRequest) -> HttpResponse:
    """What is set up now, and the forms to change it."""
    return _page(request, _keeper(request))


@require_POST
def group_add(request: HttpRequest) -> HttpResponse:
    """Open a group."""
    return _kept_group(request, None)


@require_POST
def group_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a group, or stop giving out its numbers."""
    actor = _keeper(request)
    return _kept_group(request, get_object_or_404(QueueGroup, pk=pk, agency=actor.agency))


@require_POST
def window_keep(request: HttpRequest) -> HttpResponse:
    """Set up a window, or say anew which groups it serves."""
    actor = _keeper(request)
    form = WindowForm(request.POST, groups=_groups(actor))
    if form.is_valid():
        try:
            keep_window(actor, actor.agency, **form.cleaned_data, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu quầy."))
            return redirect("onestop:queue_setup")
    return _page(request, actor, window=form)


def _kept_group(request: HttpRequest, group: QueueGroup | None) -> HttpResponse:
    actor = _keeper(request)
    form = GroupForm(request.POST, prefix=_prefix(group))
    if form.is_valid():
        facts = GroupFacts(**{**form.cleaned_data, "sectors": tuple(form.cleaned_data["sectors"])})
        try:
            keep_group(actor, actor.agency, facts=facts, group=group, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu lĩnh vực."))
            return redirect("onestop:queue_setup")
    return _page(request, actor, **{_prefix(group): form})


def _page(request: HttpRequest, actor: Actor, **refused: Form) -> HttpResponse:
    """The page; a form that was refused comes back as it was typed."""
    groups = _groups(actor)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "groups": [(one, refused.get(_prefix(one)) or _group_form(one)) for one in groups],
        "new_group": refused.get(_prefix(None)) or GroupForm(prefix=_prefix(None)),
        "windows": query.windows_of(actor.agency),
        "window_form": refused.get("window") or WindowForm(groups=groups),
        "waits": query.hourly_waits(actor.agency, today - timedelta(days=query.HISTORY_DAYS), today),
        "agency": actor.agency,
    }
    return render(request, "onestop/queue_setup.html", context, status=422 if refused else 200)


def _group_form(group: QueueGroup) -> GroupForm:
    initial = {
        "letter": group.letter,
        "name": group.name,
        "sectors": [sector.pk for sector in group.sectors.all()],
        "priority_share": group.priority_share,
        "is_open": group.is_open,
    }
    return GroupForm(initial=initial, prefix=_prefix(group))


def _groups(actor: Actor) -> list[QueueGroup]:
    return list(QueueGroup.objects.filter(agency=actor.agency).prefetch_related("sectors"))


def _prefix(group: QueueGroup | None) -> str:
    return f"group{group.pk}" if group else "group"


def _keeper(request: HttpRequest) -> Actor:
    agency = getattr(request.actor, "agency", None)
    verdict = rules.may_keep_queue(request.actor, agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    actor: Actor = request.actor
    return actor
