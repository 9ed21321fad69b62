"""What was promised to visitors and is not kept yet, the latest day first; one promise and its steps."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from complaints.actions.promise import keep_promise, postpone_promise, report_promise, return_report
from complaints.enums import PromiseState
from complaints.forms.timetable import PostponeForm
from complaints.models import Promise
from complaints.queries import appointments as query
from complaints.rules import reception as law
from egov.organizations.actor import Actor
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted, Refusal

Step = Callable[[Actor, Promise, str, datetime], Any]
STEPS: Mapping[str, Step] = {
    "report": lambda actor, one, words, at: report_promise(actor, one, report=words, at=at),
    "return": lambda actor, one, words, at: return_report(actor, one, reason=words, at=at),
    "keep": lambda actor, one, words, at: keep_promise(actor, one, by=words, at=at),
}


@require_GET
def promise_list(request: HttpRequest) -> HttpResponse:
    """Open ones by their day; the kept ones behind a link. Whoever keeps one sees theirs without a duty."""
    actor = request.actor
    rows = query.promises(actor)
    if not isinstance(actor, Actor) or not (law.may_read_reception(actor) or rows.exists()):
        raise NotPermitted(law.may_read_reception(actor).reason)
    kept = request.GET.get("state") == PromiseState.KEPT
    shown = rows.filter(state=PromiseState.KEPT) if kept else query.open_promises(rows)
    context = {
        "pager": page_of(request, shown, order=("due_on", "pk")),
        "kept": kept,
        "late": query.open_promises(rows).filter(due_on__lt=timezone.localdate()).count(),
        "reads_reception": bool(law.may_read_reception(actor)),
        "tab": "promises",
    }
    page, part = "complaints/promise_list.html", "complaints/_promise_rows.html"
    return render_page(request, page, part, context)


@require_http_methods(["GET", "POST"])
def promise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One promise with every day that it had, and the steps that the reader may take."""
    actor = request.actor
    promise = query.read_promise(actor, pk)
    step = request.POST.get("step", "")
    postpone = PostponeForm(request.POST if step == "postpone" else None)
    refused = ""
    if step in STEPS or (step == "postpone" and postpone.is_valid()):
        now = timezone.now()
        try:
            if step == "postpone":
                postpone_promise(actor, promise, **postpone.cleaned_data, at=now)
            else:
                STEPS[step](actor, promise, request.POST.get("words", ""), now)
        except Refusal as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Đã ghi nhận."))
            return redirect("complaints:promise_detail", pk=pk)
    context = {
        "promise": promise,
        "changes": promise.changes.all(),
        "may_report": promise.state == PromiseState.OPEN and bool(law.may_report_promise(actor, promise)),
        "may_keep": bool(law.may_keep_promise(actor, promise)),
        "may_postpone": bool(law.may_postpone_promise(actor, promise)),
        "may_read_visit": bool(law.may_read_reception(actor)),
        "postpone": postpone,
        "refused": refused,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "complaints/promise_detail.html", context, status=status)
