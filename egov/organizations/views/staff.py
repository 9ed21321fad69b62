"""The people of an agency: list, appoint, end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from egov.organizations import rules
from egov.organizations.actions.appoint import Post, appoint, enlist
from egov.organizations.actions.end_appointment import end_appointment
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.forms import AppointForm, EndForm
from egov.organizations.middleware import acting
from egov.organizations.models import Agency, Membership
from egov.organizations.queries import people
from egov.organizations.queries.people import in_care_of, with_second_factor
from egov.workflow.refusal import NotPermitted, Refusal

UNPROCESSABLE = 422


@require_GET
def person_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who serves in the agency today."""
    actor, agency = acting(request), get_object_or_404(Agency, pk=pk)
    verdict = rules.may_see_people(actor, agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    administers = bool(rules.may_administer(actor, agency))
    on = timezone.localdate()
    rows = people.people_of(agency, on)
    if administers:
        rows = in_care_of(with_second_factor(rows), actor, on)
    context = {"agency": agency, "rows": rows, "administers": administers}
    return render(request, "organizations/person_list.html", context)


@require_http_methods(["GET", "POST"])
def appointment_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint somebody who has an account, or open one."""
    actor, agency = acting(request), get_object_or_404(Agency, pk=pk)
    verdict = rules.may_administer(actor, agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    form = AppointForm(request.POST or None, agency=agency, roles=_roles(actor))
    if request.method == "POST" and form.is_valid() and (made := _appoint(actor, agency, form)):
        messages.success(
            request,
            _("%(name)s giữ chức vụ %(position)s từ ngày %(day)s.")
            % {
                "name": made.user.full_name,
                "position": made.position,
                "day": f"{made.valid_from:%d/%m/%Y}",
            },
        )
        return redirect("organizations:person_list", pk=agency.pk)
    context = {"agency": agency, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/appointment_create.html", context, status=status)


@require_http_methods(["GET", "POST"])
def appointment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a position from a day on."""
    actor = acting(request)
    post = get_object_or_404(Membership.objects.select_related("user", "agency"), pk=pk)
    verdict = rules.may_end_appointment(actor, post)
    if not verdict:
        raise NotPermitted(verdict.reason)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and isinstance(actor, Actor):
        try:
            end_appointment(actor, post, on=form.cleaned_data["on"])
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(
                request, _("Đã ghi nhận: %(name)s thôi giữ chức vụ.") % {"name": post.user.full_name}
            )
            return redirect("organizations:person_list", pk=post.agency_id)
    context = {"post": post, "agency": post.agency, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/appointment_end.html", context, status=status)


def _roles(actor: Actor | SignedOut) -> list[Role]:
    return [role for role in Role if role != Role.SYSTEM_ADMIN or actor.is_(Role.SYSTEM_ADMIN)]


def _appoint(actor: Actor | SignedOut, agency: Agency, form: AppointForm) -> Membership | None:
    """The new position; None when it was refused, with the sentence in the form."""
    given = form.cleaned_data
    post = Post(
        position=given["position"],
        role=Role(given["role"]),
        valid_from=given["valid_from"],
        department=given["department"],
        is_head=given["is_head"],
    )
    if not isinstance(actor, Actor):
        return None
    try:
        if user := form.person():
            return appoint(actor, agency, user=user, post=post)
        return enlist(
            actor,
            agency,
            username=given["username"],
            full_name=given["full_name"],
            email=given["email"],
            post=post,
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
