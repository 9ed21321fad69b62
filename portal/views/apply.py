"""The way into filing a procedure online: go on with a draft, begin one, or learn where else to file."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from onestop import public as onestop
from portal.actions.draft import begin_draft
from portal.middleware import signed_in
from portal.models import Draft
from portal.views.citizen_only import sign_in_address

FULL = "full"
INFORMATION = "information"


@login_not_required
@require_http_methods(["GET", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """What filing it online means; who has signed in goes on with a draft of theirs or begins one."""
    now = timezone.now()
    today = timezone.localdate(now)
    try:
        detail = onestop.procedure(code, today)
    except onestop.ProcedureUnknown as unknown:
        raise Http404 from unknown
    if "@" in detail.entry.door and "@" not in code:
        # Several agencies offer one under this code; the page of the code asks which.
        return redirect("portal:procedure_detail", code=code)
    try:
        offer = onestop.filing_offer(code, today)
    except onestop.NotOnline as refusal:
        return _elsewhere(request, detail, refusal)
    citizen = signed_in(request)
    if request.method == "POST":
        if citizen is None:
            return HttpResponseRedirect(sign_in_address(request))
        draft = begin_draft(citizen, None, offer=offer, at=now)
        return redirect("portal:draft_step", draft_pk=draft.pk, part="case")
    drafts = Draft.objects.visible_to(citizen).alive(now).filter(procedure_code=offer.code)
    context = {
        "offer": offer,
        "drafts": list(drafts),
        "citizen": citizen,
        "sign_in": sign_in_address(request),
    }
    return render(request, "portal/apply.html", context)


def _elsewhere(
    request: HttpRequest, detail: onestop.ProcedureDetail, refusal: onestop.NotOnline
) -> HttpResponse:
    """Not here: at the counter and by post, or in the system of a ministry (domain: 1.1)."""
    limits = {line.channel: line for case in detail.cases for line in case.limits if line.channel != "online"}
    context = {
        "detail": detail,
        "refusal": refusal,
        "channels": list(limits.values()),
        "in_ministry": not detail.takes_online and detail.entry.online_level != INFORMATION,
    }
    return render(request, "portal/apply_elsewhere.html", context)
