"""Telling the national portal, for the operator: what was rejected, what waits, what differs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from egov.web.htmx import render_page
from egov.web.pager import page_of
from onestop.actions.resend_difference import ask_resend
from onestop.actions.retry_sync import retry_sync
from onestop.queries import sync

ORDER = ("next_try_at", "pk")


@require_GET
def sync_list(request: HttpRequest) -> HttpResponse:
    """One pile of events, longest waiting first, and the last comparison."""
    queue = request.GET.get("queue", "")
    queue = queue if queue in dict(sync.QUEUES) else sync.REJECTED
    context = {
        "queue": queue,
        "pager": page_of(request, sync.sync_events(request.actor, queue), order=ORDER),
        "queues": sync.sync_queues(request.actor),
        "connected": sync.is_connected(),
        "compared": sync.last_compared(request.actor),
        "now": timezone.now(),
    }
    return render_page(request, "onestop/sync_list.html", "onestop/_sync_rows.html", context)


@require_GET
def sync_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every event of one dossier."""
    context = {
        "sync": sync.read_sync(request.actor, pk),
        "connected": sync.is_connected(),
        "now": timezone.now(),
    }
    return render(request, "onestop/sync_detail.html", context)


@require_POST
def sync_retry(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell it again."""
    event = retry_sync(request.actor, sync.sync_event(request.actor, pk), at=timezone.now())
    messages.success(request, _("Sự kiện sẽ được gửi lại ngay; tải lại trang để xem kết quả."))
    return redirect("onestop:sync_detail", pk=event.dossier_id)


@require_POST
def sync_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the portal of a dossier all over again, after the comparison found a difference."""
    ask_resend(request.actor, sync.sync_difference(request.actor, pk), at=timezone.now())
    messages.success(
        request, _("Hồ sơ sẽ được gửi lại từ đầu; lần đối soát sau cho biết còn khác biệt không.")
    )
    return redirect("onestop:sync_list")
