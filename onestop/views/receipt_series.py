"""Runs of receipts: what is used and left of each, and the next one opened by whoever answers for it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.open_series import SeriesNotAcceptable, open_series
from onestop.forms.money import SeriesForm
from onestop.queries.money import require
from onestop.queries.receipt_series import receipts_left, runs_of


@require_http_methods(["GET", "POST"])
def series_list(request: HttpRequest) -> HttpResponse:
    """Every run of the agency; a head opens the next one on the same page."""
    actor: Actor = request.actor
    require(actor)
    today = timezone.localdate()
    form = SeriesForm(request.POST or None, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            run = open_series(actor, actor.agency, form.run(), at=timezone.now())
        except SeriesNotAcceptable as refusal:
            form.add_error(refusal.field, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("Đã mở ký hiệu biên lai %(run)s, số %(numbers)s.")
                % {"run": run, "numbers": run.numbers_text},
            )
            return redirect("onestop:series_list")
    context = {
        "runs": list(runs_of(actor)),
        "left": receipts_left(actor.agency_id),
        "today": today,
        "form": form,
        "may_open": rules.may_open_series(actor, actor.agency),
    }
    return render(request, "onestop/series_list.html", context, status=422 if form.errors else 200)
