"""What waits for my signature: read one by one, or sign many with one PIN."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from documents.actions.sign import sign_batch
from documents.forms.steps import PinForm
from documents.queries.outgoing import waiting_for_signature
from egov.organizations.actor import Actor
from egov.web.htmx import wants_part
from egov.workflow.refusal import Refusal

# More than these at once are signed in further rounds: a request must not outlive its time limit.
ROUND = 100


@require_GET
def signing_list(request: HttpRequest) -> HttpResponse:
    """Urgent first, then the oldest."""
    return _show(request, PinForm(), chosen=set())


@require_POST
def signing_batch(request: HttpRequest) -> HttpResponse:
    """Sign what was ticked; each document is signed or refused for itself, and the page says which.

    The page's script sends the ticked documents a few at a time and shows how far it is; without it they come
    all at once.
    """
    form = PinForm(request.POST)
    wanted = [int(key) for key in request.POST.getlist("document") if key.isdecimal()][:ROUND]
    results = []
    if not wanted:
        form.add_error(None, _("Chưa chọn văn bản nào để ký."))
    elif form.is_valid():
        try:
            results = sign_batch(request.actor, wanted, pin=form.cleaned_data["pin"], at=timezone.now())
        except Refusal as refusal:
            form.add_error("pin", str(refusal))
    if wants_part(request):
        status = 422 if form.errors else 200
        return render(
            request, "documents/_signing_results.html", {"results": results, "form": form}, status=status
        )
    if form.errors:
        return _show(request, form, chosen=set(wanted))
    signed = sum(result.done for result in results)
    if signed:
        sentence = ngettext("Đã ký %(count)d văn bản.", "Đã ký %(count)d văn bản.", signed)
        messages.success(request, sentence % {"count": signed})
    for result in results:
        if not result.done:
            messages.error(request, f"{result.label}: {result.refusal}")
    return redirect("documents:signing_list")


def _show(request: HttpRequest, form: PinForm, *, chosen: set[int]) -> HttpResponse:
    actor = request.actor
    rows = list(waiting_for_signature(actor)[:ROUND]) if isinstance(actor, Actor) else []
    context = {"rows": rows, "form": form, "chosen": chosen}
    return render(request, "documents/signing_list.html", context, status=422 if form.errors else 200)
