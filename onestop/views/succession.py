"""Dossiers of agencies that ended: who takes them over, on what decision."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from egov.organizations.queries.tree import ended_agencies, successors
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal
from onestop.actions.move_to_successor import TakeoverDecision, move_to_successor
from onestop.forms.succession import TakeoverForm
from onestop.queries import succession as query

MOST_CHOSEN = 500


@require_GET
def succession_list(request: HttpRequest) -> HttpResponse:
    """Ended agencies with open dossiers, and what was moved so far."""
    context = {
        "stranded": query.stranded(request.actor, timezone.localdate()),
        "pager": page_of(request, query.takeovers(request.actor), order=("-at", "-pk")),
    }
    return render(request, "onestop/succession_list.html", context)


@require_http_methods(["GET", "POST"])
def succession_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The open dossiers of one ended agency, to be moved all together or some of them."""
    today = timezone.localdate()
    agency = get_object_or_404(ended_agencies(today), pk=pk)
    rows = query.stranded_dossiers(request.actor, agency, today)
    heirs = successors(agency, today)
    form = TakeoverForm(request.POST or None, heirs=heirs, dossiers=rows)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        decision = TakeoverDecision(number=typed["number"], decided_on=typed["decided_on"])
        chosen = None if typed["all_of_them"] else [one.pk for one in typed["dossiers"]]
        try:
            moved = move_to_successor(
                request.actor,
                agency,
                successor=typed["successor"],
                decision=decision,
                dossier_ids=chosen,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext("Đã chuyển %(count)d hồ sơ.", "Đã chuyển %(count)d hồ sơ.", len(moved))
            messages.success(request, words % {"count": len(moved)})
            return redirect("onestop:succession_list")
    context = {
        "agency": agency,
        "form": form,
        "count": rows.count(),
        "rows": rows[:MOST_CHOSEN],
        "heirs": heirs,
        "note": "" if heirs else _("Danh mục cơ quan chưa ghi cơ quan kế tục; hãy ghi việc hợp nhất trước."),
    }
    return render(request, "onestop/succession_move.html", context, status=422 if form.errors else 200)
