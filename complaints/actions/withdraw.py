"""A letter is withdrawn, in whole or in part; what was forced is taken up again (rule 34)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import states
from complaints.actions.reckon import give_order, reckon
from complaints.deadlines import DENOUNCING
from complaints.enums import MatterState
from complaints.models import Matter, Withdrawal
from complaints.models.order import OrderKind
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

CONTENT_LENGTH = 1000
BECAUSE_LENGTH = 500


class NotWithdrawable(Refusal):
    """A result was issued, the matter is over, or the paper of withdrawal lacks something."""


class NotReopenable(Refusal):
    """It was not a withdrawal that stopped it, or nothing shows that it was forced."""


@dataclass(frozen=True, kw_only=True)
class WithdrawalPaper:
    """What was withdrawn, by a signed paper of that day. ``goes_on_because``: why a denunciation is settled
    all the same; ``forced_because``: what shows that somebody threatened or forced."""

    is_whole: bool
    received_on: date
    is_signed: bool
    content: str = ""
    goes_on_because: str = ""
    forced_because: str = ""


@action("complaints.withdraw", allowed=rules.may_note_withdrawal)
def withdraw(actor: Actor, matter: Matter, paper: WithdrawalPaper, *, at: datetime) -> Withdrawal:
    """Put a withdrawal on record. Of the whole it stops the matter by decision, unless it was forced or a
    denunciation goes on for signs of a breach; of a part the rest goes on. Raises NotWithdrawable."""
    _require_withdrawable(matter, paper, on=timezone.localdate(at))
    withdrawal = Withdrawal(
        matter=matter,
        is_whole=paper.is_whole,
        content=clean_line(paper.content)[:CONTENT_LENGTH],
        received_on=paper.received_on,
        noted_at=at,
        noted_by=actor.membership,
        goes_on_because=clean_line(paper.goes_on_because)[:BECAUSE_LENGTH],
        forced_because=clean_line(paper.forced_because)[:BECAUSE_LENGTH],
    )
    stops = paper.is_whole and not withdrawal.goes_on_because and not withdrawal.forced_because
    if stops:
        reason = _("Người gửi rút toàn bộ đơn %(code)s.") % {"code": matter.letter.code}
        withdrawal.order = give_order(actor, matter, OrderKind.STOP, reason=reason, at=at)
        if matter.state == MatterState.SETTLING:
            withdrawal.stopped_on = timezone.localdate(at)
    withdrawal.save()
    if stops:
        note = f"{withdrawal.order}: {reason}"
        move(matter, to=MatterState.STOPPED, by=actor, at=at, note=note)
        reckon(actor, matter, reason=note, at=at)
    return withdrawal


@action("complaints.reopen", allowed=rules.may_reopen)
def reopen(actor: Actor, matter: Matter, *, forced_because: str, at: datetime) -> Withdrawal:
    """Take up again what a forced withdrawal had stopped; its clock runs on with the days that were left.

    Raises NotReopenable.
    """
    shown = clean_line(forced_because)[:BECAUSE_LENGTH]
    if not shown:
        raise NotReopenable(_("Hãy ghi chứng cứ cho thấy người gửi bị đe dọa, ép buộc rút đơn."))
    withdrawal = (
        matter.withdrawals.select_for_update(of=("self",))
        .filter(order__isnull=False, reopened_by__isnull=True)
        .last()
    )
    if withdrawal is None:
        raise NotReopenable(_("Đơn không bị đình chỉ do rút đơn nên không giải quyết lại."))
    order = give_order(actor, matter, OrderKind.REOPEN, reason=shown, at=at)
    withdrawal.forced_because, withdrawal.reopened_by = shown, order
    withdrawal.reopened_on = timezone.localdate(at)
    withdrawal.save(update_fields=["forced_because", "reopened_by", "reopened_on"])
    suspended = matter.suspensions.filter(ended_on__isnull=True).first()
    if suspended is not None:
        suspended.ended_on, suspended.resumed_by = withdrawal.reopened_on, order
        suspended.save(update_fields=["ended_on", "resumed_by"])
    back_to = MatterState.SETTLING if matter.accepted_on else MatterState.PROCESSING
    move(matter, to=back_to, by=actor, at=at, note=f"{order}: {shown}")
    reckon(actor, matter, reason=f"{order}: {shown}", at=at)
    return withdrawal


def _require_withdrawable(matter: Matter, paper: WithdrawalPaper, *, on: date) -> None:
    if matter.outcomes.filter(issued_at__isnull=False).exists() or matter.state not in states.OPEN:
        raise NotWithdrawable(_("Đơn đã có kết quả hoặc đã kết thúc nên không rút được nữa."))
    if not paper.is_signed:
        raise NotWithdrawable(_("Văn bản rút đơn phải có chữ ký hoặc điểm chỉ của người gửi."))
    if paper.received_on > on:
        raise NotWithdrawable(_("Ngày nhận văn bản rút đơn chưa đến."))
    if not paper.is_whole and not paper.content.strip():
        raise NotWithdrawable(_("Hãy ghi phần nội dung được rút."))
    if paper.goes_on_because.strip() and matter.kind not in DENOUNCING:
        raise NotWithdrawable(_("Chỉ tố cáo mới tiếp tục giải quyết khi người gửi đã rút đơn."))
