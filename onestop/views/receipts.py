"""After the click: the code, the day, the slip to print, and the next applicant."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from egov.files.views.download import file_response
from onestop import deadlines, rules
from onestop.actions.print_form import print_form
from onestop.actions.reissue_appointment import reissue_appointment
from onestop.queries.batch import batch_slips_of, handed_in_with
from onestop.queries.receipts import slip_of, taken_in
from onestop.queries.slips import forms_of


@require_GET
def dossier_received(request: HttpRequest, pk: int) -> HttpResponse:
    """What was received or refused just now; its slips stay printable."""
    dossier = taken_in(request.actor, pk)
    slips = forms_of(dossier)
    may_reissue = bool(rules.may_reissue_appointment(request.actor, dossier))
    may_take_in = bool(rules.may_take_in(request.actor, None))
    recounted = deadlines.recounted(dossier) if may_reissue else None
    context = {
        "dossier": dossier,
        "slips": slips,
        "slip": slips[-1] if slips else None,
        "days": deadlines.explained(dossier) if dossier.received_at else (),
        # The calendar has changed since the receipt: an officer may give the day that it gives now.
        "recounted": recounted if recounted != dossier.due_at else None,
        "may_take_in": may_take_in,
        "together": [one for one in handed_in_with(request.actor, dossier) if one.pk != pk]
        if may_take_in
        else [],
        "batch_slips": list(batch_slips_of(dossier)),
    }
    return render(request, "onestop/dossier_received.html", context)


@require_GET
def form_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A slip as PDF, with the agency's digital signature where it has one; the same bytes at every print."""
    issued = print_form(request.actor, slip_of(request.actor, pk), at=timezone.now())
    assert issued.file is not None  # noqa: S101  (printing made it)
    file = issued.sealed_file or issued.file
    return file_response(request, file, issued.file_name, inline="download" not in request.GET)


@require_POST
def appointment_reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """A new appointment with a new receipt, after the calendar has changed."""
    dossier = taken_in(request.actor, pk)
    reissue_appointment(request.actor, dossier, reason=request.POST.get("reason", ""), at=timezone.now())
    return redirect("onestop:dossier_received", pk=dossier.pk)
