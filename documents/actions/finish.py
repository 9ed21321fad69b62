"""A part is done; the matter is closed (Decree 30/2020, Art. 24)."""

from datetime import datetime

from django.utils.translation import gettext as _

from documents import rules
from documents.actions.direct import clean_text
from documents.enums import AssignmentRole, DeliveryState, DocumentState
from documents.models import Assignment, Delivery, Document
from documents.rules.incoming import open_parts
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class ResultMissing(Refusal):
    """A matter is closed with an answering document or with words that say what was done."""


class AnswerNotAcceptable(Refusal):
    """The document named as the answer does not answer this one."""


@action("documents.complete_part", allowed=rules.may_complete_part)
def complete_part(actor: Actor, delivery: Delivery, *, note: str, at: datetime) -> Delivery:
    """Report a coordinator's part done. The matter stays open: only the lead closes it (rule 37)."""
    text = clean_text(note)
    if not text:
        raise ResultMissing(_("Hãy ghi kết quả phần việc của mình."))
    Assignment.objects.filter(pk__in=[part.pk for part in open_parts(actor, delivery)]).update(
        done_at=at, note=text
    )
    delivery.note_step(by=actor, at=at, note=_("Xong phần phối hợp: %(text)s") % {"text": text})
    return delivery


@action("documents.finish", allowed=rules.may_finish)
def finish(
    actor: Actor, delivery: Delivery, *, answer: Document | None = None, note: str = "", at: datetime
) -> Delivery:
    """Close the matter with the answering document or a note; the sender is told (06), exactly now (rule 16).

    Raises ResultMissing, AnswerNotAcceptable.
    """
    text = clean_text(note)
    if answer is not None:
        issued = _issued_answer(actor, delivery, answer)
        text = text or _("Trả lời bằng văn bản %(notation)s") % {"notation": issued.notation}
    if not text:
        raise ResultMissing(_("Hãy chọn văn bản trả lời hoặc ghi kết quả xử lý."))
    delivery.finished_at = at
    delivery.save(update_fields=["finished_at"])
    lead = Assignment.objects.in_force().filter(
        directive__delivery=delivery, role=AssignmentRole.LEAD, done_at=None
    )
    lead.update(done_at=at, note=text)
    move(delivery, to=DeliveryState.FINISHED, by=actor, at=at, note=text)
    return delivery


def _issued_answer(actor: Actor, delivery: Delivery, answer: Document) -> Document:
    """The answer as it stands now: an issued document of this agency, written to answer this one."""
    current = Document.objects.visible_to(actor).filter(pk=answer.pk).first()
    if current is None or current.agency_id != delivery.agency_id:
        raise AnswerNotAcceptable(_("Văn bản trả lời phải là văn bản đi của cơ quan mình."))
    if current.state != DocumentState.ISSUED:
        raise AnswerNotAcceptable(_("Văn bản trả lời chưa phát hành. Hãy phát hành rồi kết thúc xử lý."))
    if current.answers_id != delivery.pk:
        raise AnswerNotAcceptable(_("Văn bản này không được soạn để trả lời văn bản đến đang xử lý."))
    return current
