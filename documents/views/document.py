"""One outgoing document: the paper, the next step, the facts, the signatures, the movement, the history."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents import rules
from documents.enums import DocumentState
from documents.forms.steps import PinForm, ReasonForm
from documents.models import Document
from documents.queries.detail import read_document, signatures
from documents.queries.outgoing import steps
from documents.queries.recipient_words import recipient_words
from documents.views.history import document_events
from documents.views.movement import movement_context
from egov.workflow.verdict import Verdict

# The one step that takes a document further from each state.
FORWARD = {
    DocumentState.DRAFT: "submit",
    DocumentState.SUBMITTED: "sign",
    DocumentState.SIGNED: "number",
    DocumentState.NUMBERED: "seal",
    DocumentState.SEALED: "issue",
}


@dataclass(frozen=True)
class NextStep:
    """The step that the page offers, or why it does not."""

    name: str
    verdict: Verdict

    @property
    def lacks_second_factor(self) -> bool:
        """Whether the reader could take it, had they given a second factor."""
        return self.verdict == rules.WITHOUT_SECOND_FACTOR


@require_GET
def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a document of one's own agency; a received one has its page as an incoming document."""
    document = read_document(request.actor, pk)
    if document.agency_id != request.actor.agency_id:
        delivery = document.deliveries.visible_to(request.actor).first()
        if delivery is not None:
            return redirect("documents:incoming_detail", pk=delivery.pk)
    return show_document(request, document)


def show_document(
    request: HttpRequest, document: Document, *, pin: PinForm | None = None, reason: ReasonForm | None = None
) -> HttpResponse:
    """The page; a form that was refused comes back with its sentence."""
    verdicts = steps(request.actor, document)
    wanted = FORWARD.get(DocumentState(document.state))
    refused = any(form is not None and form.errors for form in (pin, reason))
    context: dict[str, Any] = {
        "document": document,
        "next_step": NextStep(wanted, verdicts[wanted]) if wanted else None,
        "verdicts": verdicts,
        "not_shown": _not_shown(pin, shown=bool(wanted and verdicts[wanted])),
        "pin_form": pin or PinForm(),
        "reason_form": reason or ReasonForm(),
        "verification": signatures(document, at=timezone.now()),
        "attachments": list(document.attachments.select_related("file")),
        "recipient_lines": recipient_words([document.pk]).get(document.pk, []),
        "events": document_events(document.changes.all()),
        "facts": facts(document),
    }
    if document.state == DocumentState.ISSUED:
        context |= movement_context(request, document)
    return render(request, "documents/document_detail.html", context, status=422 if refused else 200)


def _not_shown(form: PinForm | None, *, shown: bool) -> list[str]:
    """What was refused in a form that the page no longer offers: somebody else was faster."""
    if form is None or shown:
        return []
    return [error for errors in form.errors.values() for error in errors]


def facts(document: Document) -> list[tuple[str, object]]:
    """What is known of the document, in the order in which people ask."""
    signer = document.signer_name or (document.signer.user.full_name if document.signer else "")
    position = document.signer_position or (document.signer.position if document.signer else "")
    return [
        (_("Số, ký hiệu"), document.notation),
        (_("Ngày văn bản"), f"{document.dated_on:%d/%m/%Y}" if document.dated_on else ""),
        (_("Loại văn bản"), document.kind.name),
        (_("Cơ quan ban hành"), document.author_name),
        (_("Đơn vị soạn thảo"), document.department.name if document.department else ""),
        (_("Người soạn thảo"), document.drafter.user.full_name),
        (_("Người ký"), f"{signer}, {position}" if signer else ""),
        (_("Tư cách ký"), document.get_capacity_display() if document.signer else ""),
        (_("Mức độ khẩn"), document.get_urgency_display() if document.urgency else ""),
        (_("Phạm vi lưu hành"), document.get_circulation_display() if document.circulation else ""),
        (_("Hạn trả lời"), f"{document.due_on:%d/%m/%Y}" if document.due_on else ""),
        (_("Số trang"), document.page_count or ""),
    ]
