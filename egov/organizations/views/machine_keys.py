"""Keys of an agency's own systems: list, issue, revoke."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from egov.organizations import rules
from egov.organizations.actions.issue_machine_key import issue_machine_key
from egov.organizations.actions.revoke_machine_key import revoke_machine_key
from egov.organizations.actor import Actor
from egov.organizations.forms import MachineKeyForm
from egov.organizations.middleware import acting
from egov.organizations.models import Agency, MachineKey
from egov.organizations.queries.machine_keys import machine_keys_of
from egov.workflow.refusal import NotPermitted, Refusal

UNPROCESSABLE = 422


@never_cache
@require_http_methods(["GET", "POST"])
def machine_key_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The keys and a form for a new one; the answer to the form shows the new key, this once."""
    actor, agency = acting(request), get_object_or_404(Agency, pk=pk)
    verdict = rules.may_administer(actor, agency)
    if not verdict or not isinstance(actor, Actor):
        raise NotPermitted(verdict.reason)
    sent = request.POST if request.method == "POST" else None
    form, issued = MachineKeyForm(sent, agency=agency), None
    if form.is_valid():
        issued = _issued(actor, form)
    context = {
        "agency": agency,
        "form": MachineKeyForm(agency=agency) if issued else form,
        "issued": issued,
        "rows": machine_keys_of(agency, timezone.localdate()),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/machine_key_list.html", context, status=status)


@require_POST
def machine_key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Shut a system out from now on."""
    actor = acting(request)
    key = get_object_or_404(MachineKey.objects.select_related("membership__agency"), pk=pk)
    if not isinstance(actor, Actor):
        raise NotPermitted(rules.may_revoke_machine_key(actor, key).reason)
    revoke_machine_key(actor, key, at=timezone.now())
    messages.success(request, _("Đã thu hồi khóa “%(name)s”.") % {"name": key.name})
    return redirect("organizations:machine_key_list", pk=key.membership.agency_id)


def _issued(actor: Actor, form: MachineKeyForm) -> MachineKey | None:
    given = form.cleaned_data
    try:
        return issue_machine_key(actor, given["membership"], name=given["name"], at=timezone.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
