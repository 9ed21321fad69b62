"""The head's page of duties, and of kin on file: who may read, handle and keep what."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from complaints.actions.appoint_duty import appoint_duty, end_duty
from complaints.actions.note_kin import end_kin, note_kin
from complaints.enums import DutyKind
from complaints.forms.appointing import DutyForm, KinForm
from complaints.models import Kin
from complaints.queries import duties as query
from egov.organizations.models import Membership
from egov.workflow.refusal import Refusal


@require_http_methods(["GET", "POST"])
def duty_list(request: HttpRequest) -> HttpResponse:
    """All duties of the agency; a new one is given below the list."""
    members = query.colleagues(request.actor, timezone.localdate())
    form = DutyForm(request.POST or None, members=members)
    if form.is_bound and form.is_valid() and _appoint(request, form, members):
        return redirect("complaints:duty_list")
    today = timezone.localdate()
    context = {
        "rows": [
            (one, one.valid_to is None or one.valid_to > today)
            for one in query.duties_of_agency(request.actor)
        ],
        "form": form,
    }
    return render(request, "complaints/duty_list.html", context, status=422 if form.errors else 200)


@require_POST
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a duty: tomorrow is the first day without it."""
    duty = query.duty_of(request.actor, pk)
    now = timezone.now()
    tomorrow = timezone.localdate(now) + timedelta(days=1)
    end_duty(request.actor, duty, on=max(tomorrow, duty.valid_from + timedelta(days=1)), at=now)
    messages.success(request, _("Đã kết thúc nhiệm vụ."))
    return redirect("complaints:duty_list")


@require_http_methods(["GET", "POST"])
def kin_list(request: HttpRequest) -> HttpResponse:
    """Ties on file; a new one is noted below the list."""
    today = timezone.localdate()
    members = query.colleagues(request.actor, today)
    form = KinForm(request.POST or None, members=members)
    if form.is_bound and form.is_valid() and _note(request, form, members):
        return redirect("complaints:kin_list")
    context = {"rows": query.kin_of_agency(request.actor, today), "form": form}
    return render(request, "complaints/kin_list.html", context, status=422 if form.errors else 200)


@require_POST
def kin_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The tie no longer holds."""
    end_kin(request.actor, query.kin_row(request.actor, pk, timezone.localdate()), at=timezone.now())
    messages.success(request, _("Đã thôi áp dụng."))
    return redirect("complaints:kin_list")


def _appoint(request: HttpRequest, form: Form, members: list[Membership]) -> bool:
    typed: dict[str, Any] = form.cleaned_data
    member = next(one for one in members if one.pk == typed["member"])
    try:
        appoint_duty(
            request.actor,
            member,
            DutyKind(typed["kind"]),
            basis=typed["basis"],
            valid_from=typed["valid_from"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Đã phân công %(name)s.") % {"name": member.user.full_name})
    return True


def _note(request: HttpRequest, form: Form, members: list[Membership]) -> bool:
    typed: dict[str, Any] = form.cleaned_data
    member = next(one for one in members if one.pk == typed["member"])
    try:
        note_kin(
            request.actor,
            member.user,
            relative=typed["relative"],
            relation=Kin.Relation(typed["relation"]),
            basis=typed["basis"],
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Đã ghi quan hệ."))
    return True
