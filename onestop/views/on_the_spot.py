"""One page for a visit: the counter has it open, the others open it too, and each takes their own step."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.web.htmx import render_page
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.forward import forward
from onestop.actions.on_the_spot import return_on_the_spot
from onestop.forms.results import ReturnForm
from onestop.queries.on_the_spot import visit
from onestop.queries.slip_paper import qr_picture

PAGE, PART = "onestop/on_the_spot.html", "onestop/_on_the_spot_steps.html"


@require_GET
def spot_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The five steps, and the one that the reader may take; the steps refresh themselves."""
    return _show(request, pk)


@require_POST
def spot_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """End the step in hand and begin the chosen one."""
    now = visit(request.actor, pk)
    text = request.POST.get("to", "")
    order = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0  # noqa: PLR2004
    try:
        following = forward(
            request.actor, now.dossier, to=order, note=request.POST.get("note", ""), at=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã chuyển sang bước “%(step)s”.") % {"step": following.name})
    return redirect("onestop:spot_detail", pk=pk)


@require_POST
def spot_return(request: HttpRequest, pk: int) -> HttpResponse:
    """The result is there and goes to the applicant who waited."""
    now = visit(request.actor, pk)
    form = ReturnForm(request.POST, dossier=now.dossier)
    if form.is_valid():
        try:
            return_on_the_spot(request.actor, now.dossier, form.collector(), at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã trả kết quả hồ sơ %(code)s.") % {"code": now.dossier})
            return redirect("onestop:spot_detail", pk=pk)
    return _show(request, pk, form=form)


def _show(request: HttpRequest, pk: int, *, form: ReturnForm | None = None) -> HttpResponse:
    now = visit(request.actor, pk)
    address = request.build_absolute_uri(reverse("onestop:spot_detail", args=[pk]))
    context = {
        "visit": now,
        "dossier": now.dossier,
        "may_record": rules.may_record_result(request.actor, now.dossier),
        "may_return": rules.may_return_on_the_spot(request.actor, now.dossier),
        "form": form or ReturnForm(dossier=now.dossier),
        # Made here from our own address: no text of anybody's stands in it.
        "qr": mark_safe(qr_picture(address)),  # noqa: S308
    }
    return render_page(request, PAGE, PART, context, status=422 if form else 200)
