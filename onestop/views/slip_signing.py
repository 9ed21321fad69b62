"""Slips that go out electronically: signed by the registry with the agency's certificate, and checked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal
from onestop.actions.seal_slip import seal_slips
from onestop.forms.seal import SealForm
from onestop.queries.receipts import slip_of
from onestop.queries.sealing import seal_on, slips_to_seal, usable_seal

# More than these at once are signed in further rounds: a request must not outlive its time limit.
ROUND = 100


@require_http_methods(["GET", "POST"])
def slip_signing(request: HttpRequest) -> HttpResponse:
    """What waits, the oldest first; one PIN signs what was ticked."""
    waiting = list(slips_to_seal(request.actor)[:ROUND])
    actor: Actor = request.actor
    now = timezone.now()
    form = SealForm(request.POST or None, slips=waiting)
    if request.method == "POST" and form.is_valid():
        try:
            results = seal_slips(actor, form.chosen(), pin=form.cleaned_data["pin"], at=now)
        except Refusal as refusal:
            form.add_error("pin", str(refusal))
        else:
            done = sum(not one.refusal for one in results)
            if done:
                words = ngettext("Đã ký số %(count)d phiếu.", "Đã ký số %(count)d phiếu.", done)
                messages.success(request, words % {"count": done})
            for one in results:
                if one.refusal:
                    messages.error(request, f"{one.label}: {one.refusal}")
            return redirect("onestop:slip_signing")
    context = {
        "rows": waiting,
        "form": form,
        "has_seal": usable_seal(actor.agency, now) is not None,
        "chosen": set(request.POST.getlist("slips")),
    }
    return render(request, "onestop/slip_signing.html", context, status=422 if form.errors else 200)


@require_GET
def slip_signature(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a slip is signed, by whom and when, each check in a sentence of its own."""
    issued = slip_of(request.actor, pk)
    now = timezone.now()
    context = {
        "slip": issued,
        "verification": seal_on(issued, at=now),
        "checked_at": now,
        "unsigned": _("Phiếu này in từ hệ thống, chưa có chữ ký số của cơ quan."),
    }
    return render(request, "onestop/slip_signature.html", context)
