"""The daily comparison with the payment gateway, and the differences that people settle."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.settle import resolve_difference
from onestop.enums import SettlementKind
from onestop.forms.money import ResolveForm
from onestop.models import SettlementDifference
from onestop.queries import money as query
from onestop.views.money_panel import first_error

DAYS_SHOWN = 31


@require_GET
def settlement_list(request: HttpRequest) -> HttpResponse:
    """Open differences with what may be done about them, then the last month's comparisons."""
    context = {
        "lines": [
            (one, _form(one) if rules.may_resolve_difference(request.actor, one) else None)
            for one in query.differences_of(request.actor)
        ],
        "settlements": query.settlements()[:DAYS_SHOWN],
    }
    return render(request, "onestop/settlement_list.html", context)


@require_POST
def difference_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Close one difference with words; a transaction whose call was lost may be booked."""
    difference = query.difference_of(request.actor, pk)
    form = ResolveForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("onestop:settlement_list")
    try:
        resolve_difference(request.actor, difference, **form.cleaned_data, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã xử lý khác biệt."))
    return redirect("onestop:settlement_list")


def _form(difference: SettlementDifference) -> ResolveForm:
    form = ResolveForm(auto_id=f"difference_{difference.pk}_%s", label_suffix="")
    if difference.kind != SettlementKind.NOT_BOOKED or difference.agency_id is None:
        del form.fields["book"]
    return form
