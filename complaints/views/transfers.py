"""Letters between bodies: what arrives and waits for one's register, what was sent, late ones first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from complaints.actions.take_in_transfer import return_transfer, take_in_transfer
from complaints.forms.appointing import ReturnForm
from complaints.queries import transfers as query
from complaints.views.reading import reads_once
from egov.web.pager import page_of


@require_GET
@reads_once
def transfer_list(request: HttpRequest) -> HttpResponse:
    """Arriving ones with their two steps; denunciations that are late; everything that was sent."""
    sent = query.sent_by_us(request.actor)
    context = {
        "arriving": query.arriving(request.actor),
        "overdue": query.overdue_transfers(request.actor, timezone.localdate()),
        "late": query.late_transfers(request.actor),
        "pager": page_of(request, sent, order=("-sent_at", "-pk")),
        "form": ReturnForm(),
    }
    return render(request, "complaints/transfer_list.html", context)


@require_POST
def transfer_take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter it in one's own register."""
    transfer = query.transfer_at_door(request.actor, pk)
    matter = take_in_transfer(request.actor, transfer, at=timezone.now())
    messages.success(request, _("Đã vào sổ: %(code)s.") % {"code": matter.letter.code})
    return redirect("complaints:matter_detail", pk=matter.pk)


@require_POST
def transfer_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back to the body that sent it."""
    transfer = query.transfer_at_door(request.actor, pk)
    return_transfer(request.actor, transfer, reason=request.POST.get("reason", ""), at=timezone.now())
    messages.success(request, _("Đã trả lại nơi chuyển kèm lý do."))
    return redirect("complaints:transfer_list")
