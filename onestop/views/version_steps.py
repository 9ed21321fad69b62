"""The steps of a version: one door each; what is refused is said on the version's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.actions.activate_version import activate_version
from onestop.actions.create_version import create_version
from onestop.actions.verify_version import send_back_version, verify_version
from onestop.forms.catalogue import ActivateForm, SendBackForm
from onestop.models import Procedure
from onestop.views.procedures import require, show_version, version_of


@require_POST
def version_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the next version of a procedure."""
    require(rules.may_read_catalogue(request.actor, None))
    procedure = get_object_or_404(Procedure, pk=pk)
    version = create_version(request.actor, procedure, at=timezone.now())
    messages.success(request, _("Đã tạo bản dự thảo với nội dung của phiên bản mới nhất."))
    return redirect("onestop:version_edit", pk=version.pk)


@require_POST
def version_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """State that the draft agrees with the law."""
    return _step(request, pk, verify_version, done=_("Đã thẩm tra. Phiên bản chờ được cho áp dụng."))


@require_POST
def version_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it back to its author, saying why."""
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return show_version(request, version_of(request, pk), send_back=form)
    reason = form.cleaned_data["reason"]
    return _step(request, pk, send_back_version, done=_("Đã trả lại để sửa."), reason=reason)


@require_POST
def version_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Let it hold from a day on."""
    form = ActivateForm(request.POST)
    if not form.is_valid():
        return show_version(request, version_of(request, pk), activate=form)
    on = form.cleaned_data["on"]
    done = _("Phiên bản áp dụng từ 00:00 ngày %(day)s.") % {"day": f"{on:%d/%m/%Y}"}
    return _step(request, pk, activate_version, done=done, on=on)


def _step(
    request: HttpRequest, pk: int, act: Callable[..., Any], *, done: str, **values: Any
) -> HttpResponse:
    version = version_of(request, pk)
    try:
        act(request.actor, version, at=timezone.now(), **values)
    except NotPermitted:
        raise
    except Refusal as refusal:
        return show_version(request, version_of(request, pk), errors=[str(refusal)])
    messages.success(request, done)
    return redirect("onestop:version_detail", pk=pk)
