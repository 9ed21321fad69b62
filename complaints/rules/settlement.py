"""Who takes which step of a settlement: the handler prepares, a leader decides, nobody tied does."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from complaints import states
from complaints.enums import Direction, MatterKind, MatterState, Stage
from complaints.models import Matter, Verification
from complaints.rules.conflict import free, may_author_decide
from complaints.rules.duties import sees
from complaints.rules.processing import approved
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
S = MatterState
AT_WORK = (S.SETTLING, S.SUSPENDED)
ONLY_LEADER = _("Chỉ lãnh đạo cơ quan đang giải quyết đơn được làm việc này.")
ONLY_HANDLER = _("Chỉ người đang xử lý đơn hoặc lãnh đạo cơ quan được làm việc này.")
ONLY_TEAM = _("Chỉ người được giao xác minh được làm việc này.")
NOT_SETTLING = _("Đơn không ở bước đang giải quyết.")
NOT_SETTLED = _("Đơn chưa có quyết định, kết luận đã ban hành.")


def may_accept(actor: Anyone, matter: Matter) -> Verdict:
    """A leader, once acceptance was proposed by one person and approved by another (rule 18)."""
    if not waits_for_acceptance(matter):
        return refused(_("Đơn chưa có đề xuất thụ lý được duyệt."))
    return decides(actor, matter)


def waits_for_acceptance(matter: Matter) -> bool:
    """Its acceptance was approved, and nobody has accepted it."""
    proposal = approved(matter)
    return matter.state == S.PROCESSING and proposal is not None and proposal.direction == Direction.ACCEPT


def may_weigh(actor: Anyone, matter: Matter) -> Verdict:
    """Putting facts on record or taking them back, which moves the term: handler or leader."""
    if matter.state not in (*states.PROCESSED, *AT_WORK):
        return refused(_("Đơn đã giải quyết xong nên không ghi thêm tình tiết."))
    return works(actor, matter)


def may_extend(actor: Anyone, matter: Matter) -> Verdict:
    """A leader, while it is being settled."""
    return decides(actor, matter) if matter.state == S.SETTLING else refused(NOT_SETTLING)


def may_suspend(actor: Anyone, matter: Matter) -> Verdict:
    """As for extending."""
    return may_extend(actor, matter)


def may_resume(actor: Anyone, matter: Matter) -> Verdict:
    """A leader, while it is suspended."""
    return decides(actor, matter) if matter.state == S.SUSPENDED else refused(_("Đơn không bị tạm đình chỉ."))


def may_assign_verification(actor: Anyone, matter: Matter) -> Verdict:
    """A leader; who is on the team is asked by the action."""
    return may_extend(actor, matter)


def may_verify(actor: Anyone, matter: Matter) -> Verdict:
    """The team of the verification that runs, its leader first, or the handler."""
    if matter.state != S.SETTLING:
        return refused(NOT_SETTLING)
    if not isinstance(actor, Actor):
        return refused(ONLY_TEAM)
    running = _last_verification(matter)
    if running is None or running.finding is not None:
        return refused(_("Chưa giao xác minh, hoặc việc xác minh đã có báo cáo."))
    team = {running.leader_id, matter.handler_id, *(one.pk for one in running.members.all())}
    if actor.membership.pk not in team or not sees(actor, matter):
        return refused(ONLY_TEAM)
    return free(actor, matter)


def may_report(actor: Anyone, matter: Matter) -> Verdict:
    """The head of the team alone answers for its report."""
    verdict = may_verify(actor, matter)
    running = _last_verification(matter)
    if verdict and isinstance(actor, Actor) and running and running.leader_id != actor.membership.pk:
        return refused(_("Chỉ người phụ trách xác minh được báo cáo kết quả xác minh."))
    return verdict


def may_hold_dialogue(actor: Anyone, matter: Matter) -> Verdict:
    """Calling and minuting a dialogue on a complaint: handler or leader."""
    if matter.kind != MatterKind.COMPLAINT:
        return refused(_("Chỉ khiếu nại mới tổ chức đối thoại."))
    return works(actor, matter) if matter.state == S.SETTLING else refused(NOT_SETTLING)


def may_draft_outcome(actor: Anyone, matter: Matter) -> Verdict:
    """Drafting the decision or conclusion, and presenting it: the handler or a leader."""
    return works(actor, matter) if matter.state == S.SETTLING else refused(NOT_SETTLING)


def may_prepare_publication(actor: Anyone, matter: Matter) -> Verdict:
    """Redacting a result and setting its days: handler or leader, once it was issued."""
    return works(actor, matter) if matter.state == S.SETTLED else refused(NOT_SETTLED)


def may_approve_publication(actor: Anyone, matter: Matter) -> Verdict:
    """A leader; that it is another person than who redacted it is asked by the action (rule 32)."""
    return decides(actor, matter) if matter.state == S.SETTLED else refused(NOT_SETTLED)


def may_follow_execution(actor: Anyone, matter: Matter) -> Verdict:
    """Writing down what has to be carried out and what was: handler or leader, until the file is closed."""
    return may_prepare_publication(actor, matter)


def may_archive(actor: Anyone, matter: Matter) -> Verdict:
    """Closing the file: handler or leader."""
    return may_prepare_publication(actor, matter)


def may_note_withdrawal(actor: Anyone, matter: Matter) -> Verdict:
    """Who has it in hand or leads; whether anything can still be withdrawn is asked by the action."""
    return works(actor, matter)


def may_reopen(actor: Anyone, matter: Matter) -> Verdict:
    """A leader, what a forced withdrawal has stopped (rule 34)."""
    return decides(actor, matter) if matter.state == S.STOPPED else refused(_("Đơn không bị đình chỉ."))


def may_order_measure(actor: Anyone, matter: Matter) -> Verdict:
    """A leader, while a complaint is being settled."""
    if matter.kind != MatterKind.COMPLAINT or matter.state not in AT_WORK:
        return refused(_("Chỉ áp dụng biện pháp khẩn cấp khi khiếu nại đang được giải quyết."))
    return decides(actor, matter)


def may_note_second_filing(actor: Anyone, matter: Matter) -> Verdict:
    """Who sorts a complaint says that it goes against a first settlement, before it is accepted (rule 27)."""
    if matter.kind != MatterKind.COMPLAINT or matter.state not in states.PROCESSED:
        return refused(_("Chỉ ghi khiếu nại lần hai khi đơn khiếu nại đang được xử lý."))
    return works(actor, matter)


def may_sign_outcome(matter: Matter, user_id: int) -> Verdict:
    """Whether this person may sign the result: at the second stage neither who is complained of nor who
    signed the first decision (rule 29); of a denunciation never whom it is about."""
    if matter.kind == MatterKind.COMPLAINT and matter.stage == Stage.FIRST:
        return ALLOWED
    subject = matter.subject_membership
    first = matter.previous.outcomes.filter(issued_at__isnull=False).last() if matter.previous else None
    barred = {subject.user_id if subject else None, first.signer.user_id if first and first.signer else None}
    if user_id in barred:
        return refused(
            _("Người bị khiếu nại, bị tố cáo không được ký kết quả giải quyết. Hãy chọn người khác.")
        )
    return ALLOWED


def _last_verification(matter: Matter) -> Verification | None:
    return next(reversed(matter.verifications.all()), None)


def works(actor: Anyone, matter: Matter) -> Verdict:
    """Whether the matter is the actor's to work on: its handler, or a leader who may decide about it."""
    standing = _standing(actor, matter)
    return standing.works if standing else refused(ONLY_HANDLER)


def decides(actor: Anyone, matter: Matter) -> Verdict:
    """Whether the actor may decide about the matter."""
    standing = _standing(actor, matter)
    return standing.decides if standing else refused(ONLY_LEADER)


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where somebody stands to a matter, whatever its state."""

    works: Verdict
    decides: Verdict


def _standing(actor: Anyone, matter: Matter) -> _Standing | None:
    """Asked once for a page's many steps: kept on the row, which lives no longer than one request or one
    locked action. None for whom the matter is not there."""
    if not isinstance(actor, Actor):
        return None
    kept: dict[int, _Standing | None] = matter.__dict__.setdefault("_standings", {})
    if actor.membership.pk not in kept:
        kept[actor.membership.pk] = _find_standing(actor, matter)
    return kept[actor.membership.pk]


def _find_standing(actor: Actor, matter: Matter) -> _Standing | None:
    if matter.agency_id != actor.agency_id or not sees(actor, matter):
        return None
    untied = free(actor, matter)
    decides = refused(ONLY_LEADER)
    if actor.is_(Role.LEADER):
        decides = ALLOWED if may_author_decide(matter, actor.membership) else untied
    is_handler = matter.handler_id == actor.membership.pk
    works = untied if is_handler else decides
    return _Standing(works if actor.is_(Role.LEADER) or is_handler else refused(ONLY_HANDLER), decides)
