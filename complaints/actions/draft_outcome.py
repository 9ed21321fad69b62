"""The decision, conclusion or answer is drafted: in the words and the form of its kind (rules 28 and 30)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from complaints.actions.unnamed import require_unnamed
from complaints.deadlines import ANSWERED, DENOUNCING
from complaints.enums import MatterKind, Stage
from complaints.models import Matter, Outcome
from complaints.models.outcome import (
    FIRST_RESULTS,
    SECOND_RESULTS,
    AnswerResult,
    DenunciationResult,
    OutcomeForm,
)
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotReadyToDraft(Refusal):
    """The report of the verification, or the minutes of the dialogue, are missing (rule 28)."""


class WordsOfAnotherKind(Refusal):
    """The result is not one of those that this kind of matter and this stage know (rule 30)."""


class AlreadyPresented(Refusal):
    """A paper has been asked for; it is changed, or given up, where it is signed."""


@dataclass(frozen=True, kw_only=True)
class OutcomeContent:
    """The result in its vocabulary, what was found, what is decided."""

    result: str
    findings: str
    ruling: str


@action("complaints.draft_outcome", allowed=rules.may_draft_outcome)
def draft_outcome(actor: Actor, matter: Matter, content: OutcomeContent, *, at: datetime) -> Outcome:
    """Draft, or draft again instead of the last one. Raises NotReadyToDraft, WordsOfAnotherKind,
    AlreadyPresented and NamesDenouncer."""
    if content.result not in possible_results(matter):
        raise WordsOfAnotherKind(_("Kết quả này không dùng cho loại đơn và lần giải quyết này."))
    if not content.findings.strip() or not content.ruling.strip():
        raise NotReadyToDraft(_("Hãy ghi nhận định và nội dung quyết định, kết luận."))
    require_ready(matter)
    require_unnamed(actor, matter.letter, content.findings, content.ruling)
    standing = matter.outcomes.filter(dropped_at__isnull=True).first()
    if standing is not None:
        if standing.document_id is not None:
            raise AlreadyPresented(_("Dự thảo đã trình ký nên không soạn lại được."))
        standing.dropped_at = at
        standing.save(update_fields=["dropped_at"])
    return Outcome.objects.create(
        matter=matter,
        form=form_of(matter),
        result=content.result,
        findings=content.findings.strip(),
        ruling=content.ruling.strip(),
        drafted_at=at,
        drafted_by=actor.membership,
    )


def form_of(matter: Matter) -> OutcomeForm:
    """What the result of this kind of matter stands in."""
    if matter.kind in DENOUNCING:
        return OutcomeForm.CONCLUSION
    return OutcomeForm.ANSWER if matter.kind in ANSWERED else OutcomeForm.DECISION


def possible_results(matter: Matter) -> tuple[str, ...]:
    """Which results this matter may have, by kind and stage."""
    if matter.kind in DENOUNCING:
        return tuple(DenunciationResult)
    if matter.kind in ANSWERED:
        return tuple(AnswerResult)
    return SECOND_RESULTS if matter.stage == Stage.SECOND else FIRST_RESULTS


def require_ready(matter: Matter) -> None:
    """Raises NotReadyToDraft with what is still missing; an answer to a suggestion needs neither."""
    if matter.kind in ANSWERED:
        return
    last = matter.verifications.select_related("report").last()
    finding = last.finding if last else None
    if finding is None:
        raise NotReadyToDraft(_("Chưa có báo cáo kết quả xác minh nên chưa soạn dự thảo được."))
    if matter.kind != MatterKind.COMPLAINT:
        return
    is_second = matter.stage == Stage.SECOND
    if (finding.differs or is_second) and not matter.dialogues.filter(minuted_at__isnull=False).exists():
        raise NotReadyToDraft(
            _("Giải quyết lần hai phải có biên bản đối thoại.")
            if is_second
            else _("Yêu cầu và kết quả xác minh còn khác nhau: phải có biên bản đối thoại.")
        )
