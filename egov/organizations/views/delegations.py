"""Who signs for whom in an agency: list, give, take back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from egov.organizations import rules
from egov.organizations.actions.delegate import Terms, delegate, revoke_delegation
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.forms import DelegateForm
from egov.organizations.middleware import acting
from egov.organizations.models import Agency, Delegation, Membership
from egov.organizations.queries import people
from egov.workflow.refusal import NotPermitted, Refusal

UNPROCESSABLE = 422


@require_GET
def delegation_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Every delegation of the agency, those in force marked."""
    actor, agency, today = acting(request), get_object_or_404(Agency, pk=pk), timezone.localdate()
    verdict = rules.may_see_people(actor, agency)
    if not verdict:
        raise NotPermitted(verdict.reason)
    head = people.head_of(agency, today)
    valid = people.delegations_in_force(today).filter(grantor__agency=agency)
    in_force = set(valid.values_list("pk", flat=True))
    context = {
        "agency": agency,
        "rows": [(row, row.pk in in_force) for row in people.delegations_of(agency)],
        "may_delegate": bool(head and rules.may_delegate(actor, head)),
    }
    return render(request, "organizations/delegation_list.html", context)


@require_http_methods(["GET", "POST"])
def delegation_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The head lets somebody sign."""
    actor, agency = acting(request), get_object_or_404(Agency, pk=pk)
    head = people.head_of(agency, timezone.localdate())
    if head is None:
        raise NotPermitted(_("Cơ quan hiện chưa có người đứng đầu nên chưa giao ký được."))
    verdict = rules.may_delegate(actor, head)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    form = DelegateForm(request.POST or None, agency=agency)
    if request.method == "POST" and form.is_valid() and (given := _delegate(actor, head, form)):
        messages.success(request, _("Đã giao ký cho %(name)s.") % {"name": given.holder.user.full_name})
        return redirect("organizations:delegation_list", pk=agency.pk)
    context = {"agency": agency, "head": head, "form": form}
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/delegation_create.html", context, status=status)


@require_POST
def delegation_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delegation back from today on."""
    actor = acting(request)
    given = get_object_or_404(Delegation.objects.select_related("grantor", "holder__user"), pk=pk)
    if not isinstance(actor, Actor):
        raise NotPermitted(rules.may_revoke_delegation(actor, given).reason)
    revoke_delegation(actor, given)
    name = given.holder.user.full_name
    messages.success(request, _("Đã thu hồi việc giao ký cho %(name)s.") % {"name": name})
    return redirect("organizations:delegation_list", pk=given.grantor.agency_id)


def _delegate(actor: Actor, head: Membership, form: DelegateForm) -> Delegation | None:
    given = form.cleaned_data
    terms = Terms(
        capacity=Capacity(given["capacity"]),
        kinds=given["kinds"],
        basis=given["basis"],
        valid_from=given["valid_from"],
        valid_to=given["valid_to"],
    )
    try:
        return delegate(actor, head, holder=given["holder"], terms=terms)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
