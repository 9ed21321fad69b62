"""What a result makes somebody do is written down and followed until it is done (rule 33)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import ExecutionItem, ExecutionStep, Matter
from complaints.models.execution import ExecutionKind
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

WHAT_LENGTH = 500
WHO_LENGTH = 300
# What the column holds: fourteen digits before the comma.
MOST = Decimal(10) ** 14


class NotExecutable(Refusal):
    """What is to be done lacks words, an amount or a day."""


class NotDone(Refusal):
    """More than is due, without proof, or of an item that is not open."""


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to be done."""

    kind: ExecutionKind
    what: str
    by_whom: str
    amount: Decimal
    due_on: date


@action("complaints.add_execution_item", allowed=rules.may_follow_execution)
def add_execution_item(actor: Actor, matter: Matter, task: Task, *, at: datetime) -> ExecutionItem:
    """Write down one thing that the result orders. Raises NotExecutable."""
    what, by_whom = clean_line(task.what)[:WHAT_LENGTH], clean_line(task.by_whom)[:WHO_LENGTH]
    if not what or not by_whom:
        raise NotExecutable(_("Hãy ghi nội dung và người, cơ quan phải thi hành."))
    if not 0 < task.amount < MOST:
        raise NotExecutable(_("Số phải thi hành phải lớn hơn 0 và dưới 100.000 tỷ."))
    return ExecutionItem.objects.create(
        matter=matter,
        kind=task.kind,
        what=what,
        by_whom=by_whom,
        amount=task.amount.quantize(Decimal("0.01")),
        due_on=task.due_on,
        noted_at=at,
        noted_by=actor.membership,
    )


@action("complaints.note_execution", allowed=rules.may_follow_execution)
def note_execution(
    actor: Actor, matter: Matter, *, item_id: int, amount: Decimal, done_on: date, proof: str, at: datetime
) -> ExecutionStep:
    """Write down what was done of an item, and what shows it; all done, the item is. Raises NotDone."""
    item = ExecutionItem.objects.select_for_update().filter(matter=matter, pk=item_id).first()
    if item is None or item.done_on is not None:
        raise NotDone(_("Việc này không còn phải thi hành. Hãy tải lại trang."))
    shown = clean_line(proof)[:WHAT_LENGTH]
    if not shown:
        raise NotDone(_("Hãy ghi minh chứng thi hành."))
    if done_on > timezone.localdate(at):
        raise NotDone(_("Ngày thi hành chưa đến."))
    left = item.amount - item.done_amount
    if not 0 < amount <= left:
        raise NotDone(_("Số đã thi hành phải lớn hơn 0 và không quá số còn lại (%(left)s).") % {"left": left})
    step = ExecutionStep.objects.create(
        item=item, amount=amount, done_on=done_on, proof=shown, noted_at=at, noted_by=actor.membership
    )
    item.done_amount += step.amount
    if item.done_amount == item.amount:
        item.done_on = done_on
    item.save(update_fields=["done_amount", "done_on"])
    return step
