"""An answer to a suggestion or reaction becomes public: redacted by one person, read by another."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from complaints.actions.publish import NotPublishable, NotRedacted, NotToBeApproved, left_over
from complaints.models import Matter, PublishedAnswer
from complaints.rules import telling as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action

LINE_LENGTH = 300
TEXT_LENGTH = 20_000


@dataclass(frozen=True, kw_only=True)
class AnswerText:
    """What everybody may read: without a person's data."""

    title: str
    question: str
    answer: str


@action("complaints.prepare_answer", allowed=rules.may_prepare_answer)
def prepare_answer(actor: Actor, matter: Matter, text: AnswerText, *, at: datetime) -> PublishedAnswer:
    """Redact what was asked and what was answered. Raises NotPublishable, NotRedacted."""
    if matter.published_answers.standing().exists():
        raise NotPublishable(_("Trả lời này đã công khai hoặc đang chờ duyệt. Hãy tải lại trang."))
    title = clean_line(text.title)[:LINE_LENGTH]
    question, answer = text.question.strip()[:TEXT_LENGTH], text.answer.strip()[:TEXT_LENGTH]
    if not (title and question and answer):
        raise NotPublishable(_("Hãy ghi tiêu đề, nội dung kiến nghị, phản ánh và nội dung trả lời."))
    left = left_over(matter, f"{title}\n{question}\n{answer}")
    if left:
        raise NotRedacted(
            _(
                "Nội dung công khai còn %(count)d chỗ chứa dữ liệu cá nhân: %(kinds)s. "
                "Hãy xóa trước khi trình duyệt."
            )
            % {"count": len(left), "kinds": ", ".join(sorted(set(left)))}
        )
    return PublishedAnswer.objects.create(
        matter=matter,
        title=title,
        question=question,
        answer=answer,
        prepared_at=at,
        prepared_by=actor.membership,
    )


@action("complaints.approve_answer", allowed=rules.may_approve_answer)
def approve_answer(actor: Actor, matter: Matter, *, at: datetime) -> PublishedAnswer:
    """A second person has read it: from now on it is on the portal. Raises NotToBeApproved."""
    text = _standing(matter)
    if text.approved_at is not None:
        raise NotToBeApproved(_("Trả lời này đã được duyệt công khai."))
    if text.prepared_by.user_id == actor.user_id:
        raise NotToBeApproved(_("Người soạn bản công khai không được tự duyệt. Hãy trình người khác."))
    text.approved_at, text.approved_by = at, actor.membership
    text.save(update_fields=["approved_at", "approved_by"])
    return text


@action("complaints.withdraw_answer", allowed=rules.may_withdraw_answer)
def withdraw_answer(actor: Actor, matter: Matter, *, reason: str, at: datetime) -> PublishedAnswer:
    """Take it from the portal, or give the redacted text back; another one may be prepared.

    Raises NotToBeApproved, NotPublishable.
    """
    text = _standing(matter)
    because = clean_line(reason)[:LINE_LENGTH]
    if not because:
        raise NotPublishable(_("Hãy ghi lý do gỡ hoặc trả lại bản công khai."))
    text.withdrawn_at, text.withdrawn_by, text.withdrawn_because = at, actor.membership, because
    text.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    return text


def _standing(matter: Matter) -> PublishedAnswer:
    found: PublishedAnswer | None = (
        matter.published_answers.standing()
        .select_for_update(of=("self",))
        .select_related("prepared_by")
        .first()
    )
    if found is None:
        raise NotToBeApproved(_("Chưa có bản công khai nào. Hãy tải lại trang."))
    return found
