"""Letters of agencies that ended: who takes them over, on what decision (rule 55)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from complaints.actions.hand_over_letters import HandOverDecision, hand_over_letters
from complaints.forms.appointing import HandOverForm
from complaints.queries import succession as query
from egov.organizations.queries.tree import ended_agencies, successors
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal


@require_GET
def hand_over_list(request: HttpRequest) -> HttpResponse:
    """Ended agencies with open letters, and what was handed over so far."""
    context = {
        "stranded": query.stranded(request.actor, timezone.localdate()),
        "pager": page_of(request, query.takeovers(request.actor), order=("-at", "-pk")),
    }
    return render(request, "complaints/hand_over_list.html", context)


@require_http_methods(["GET", "POST"])
def hand_over_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The open contents of one ended agency, to be moved all together or some of them."""
    today = timezone.localdate()
    agency = get_object_or_404(ended_agencies(today), pk=pk)
    rows = list(query.stranded_matters(request.actor, agency, today))
    heirs = successors(agency, today)
    form = HandOverForm(
        request.POST or None, heirs=heirs, matters=[(one.pk, one.letter.code) for one in rows]
    )
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            moved = hand_over_letters(
                request.actor,
                agency,
                successor=typed["successor"],
                decision=HandOverDecision(number=typed["number"], decided_on=typed["decided_on"]),
                matter_ids=None if typed["all_of_them"] else typed["matters"],
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "Đã bàn giao %(count)d nội dung đơn.", "Đã bàn giao %(count)d nội dung đơn.", len(moved)
            )
            messages.success(request, words % {"count": len(moved)})
            return redirect("complaints:hand_over_list")
    context = {
        "agency": agency,
        "form": form,
        "rows": rows,
        "chosen": set(request.POST.getlist("matters")),
        "heirs": heirs,
        "note": "" if heirs else _("Danh mục cơ quan chưa ghi cơ quan kế tục; hãy ghi việc hợp nhất trước."),
    }
    return render(request, "complaints/hand_over_move.html", context, status=422 if form.errors else 200)
