"""Filed letters whose time is over, for the head to decide on; what was destroyed stays listed (rule 41)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from complaints.actions.destroy_letters import DestructionDecision, destroy_letters
from complaints.forms.appointing import DestructionForm
from complaints.queries.retention import destructions, due_for_destruction
from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal

# More than these at once are decided on in further rounds: a request must not outlive its time limit.
ROUND = 200


@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """Letters by code and days, none of their words; one decision destroys what was ticked."""
    rows = due_for_destruction(request.actor, timezone.localdate())[:ROUND]
    form = DestructionForm(request.POST or None, letters=[(one.letter.pk, one.letter.code) for one in rows])
    actor: Actor = request.actor
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        decision = DestructionDecision(number=typed["number"], decided_on=typed["decided_on"])
        try:
            made = destroy_letters(actor, actor.agency, typed["letters"], decision, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            count = made.letters.count()
            words = ngettext("Đã tiêu hủy %(count)d đơn.", "Đã tiêu hủy %(count)d đơn.", count)
            messages.success(request, words % {"count": count})
            return redirect("complaints:retention")
    context = {
        "rows": rows,
        "form": form,
        "chosen": set(request.POST.getlist("letters")),
        "destructions": destructions(actor),
    }
    return render(request, "complaints/retention.html", context, status=422 if form.errors else 200)
