"""Telling the national database, for who keeps a register: what was rejected, what waits, what differs."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from complaints import rules
from complaints.actions.correct_feed import correct_feed
from complaints.actions.resend_feed import resend_feed
from complaints.enums import FeedGround, FeedState
from complaints.exchange.national_feed.content import drafted, pared
from complaints.exchange.national_feed.schema import FIELDS, fields_of
from complaints.forms.feed import FeedCorrectionForm
from complaints.models import FeedEntry
from complaints.queries import feed as query
from egov.web.htmx import render_page
from egov.web.pager import page_of
from egov.workflow.refusal import Refusal

WAITING_LONGEST, NEWEST = ("next_try_at", "pk"), ("-sent_at", "-pk")


@require_GET
def feed_list(request: HttpRequest) -> HttpResponse:
    """One pile of entries, longest waiting first, and the last comparison."""
    actor, queue = query.reading(request.actor), request.GET.get("queue", "")
    queue = queue if queue in dict(query.QUEUES) else query.REJECTED
    order = NEWEST if queue == query.SENT else WAITING_LONGEST
    context = {
        "queue": queue,
        "pager": page_of(request, query.feed_entries(actor, queue), order=order),
        "queues": query.feed_queues(actor),
        "connected": query.is_connected(),
        "compared": query.last_compared(actor),
        "now": timezone.now(),
    }
    return render_page(request, "complaints/feed_list.html", "complaints/_feed_rows.html", context)


@require_GET
def feed_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Every entry of one record, word for word."""
    actor = query.reading(request.actor)
    record, entries = query.read_feed(actor, pk)
    rejected = next((one for one in entries if one.state == FeedState.REJECTED), None)
    for entry in entries:
        # What is not fixed yet, as it would be told now.
        entry.record = record
    context = {
        "record": record,
        "told": [(entry, _words(entry)) for entry in entries],
        "rejected": rejected,
        "may_correct": rejected is not None and bool(rules.may_correct_feed(actor, rejected)),
        "may_resend": any(one.state == FeedState.SENT for one in entries)
        and record.resend_at is None
        and bool(rules.may_resend_feed(actor, record)),
        "connected": query.is_connected(),
        "now": timezone.now(),
    }
    return render(request, "complaints/feed_detail.html", context)


@require_http_methods(["GET", "POST"])
def feed_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a rejected entry by the registers as they are now, and send it."""
    entry = query.feed_entry(request.actor, pk)
    content = drafted(entry)
    fields = fields_of(content["subject"], guarded=entry.record.is_guarded)
    form = FeedCorrectionForm(request.POST or None, fields=fields, content=content)
    if form.is_bound and form.is_valid():
        ground = FeedGround(form.cleaned_data["ground"])
        try:
            correct_feed(request.actor, entry, form.corrections(), ground=ground, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Bản sửa sẽ được gửi ngay; tải lại trang để xem kết quả."))
            return redirect("complaints:feed_detail", pk=entry.record_id)
    context = {"entry": entry, "form": form}
    return render(request, "complaints/feed_correct.html", context, status=422 if form.errors else 200)


@require_POST
def feed_resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the national database of a record all over again, after a comparison found a difference."""
    record = resend_feed(request.actor, query.feed_record(request.actor, pk), at=timezone.now())
    messages.success(
        request, _("Bản ghi sẽ được gửi lại từ đầu; lần đối soát sau cho biết còn khác biệt không.")
    )
    return redirect("complaints:feed_detail", pk=record.pk)


def _words(entry: FeedEntry) -> list[tuple[str, str]]:
    """Label and value of everything that is told."""
    content = entry.content or pared(drafted(entry), guarded=entry.record.is_guarded)
    fields = FIELDS[content["subject"]]
    return [(str(one.label), one.words(content[name])) for name, one in fields.items() if name in content]
