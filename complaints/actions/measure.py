"""The decision complained of stands still while the complaint is settled, if harm would be hard to repair."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.reckon import give_order
from complaints.models import Matter, TemporaryMeasure
from complaints.models.order import OrderKind
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

WHAT_LENGTH = 1000


class NoMeasure(Refusal):
    """The measure lacks words or days, holds already, or there is none to lift."""


@action("complaints.order_measure", allowed=rules.may_order_measure)
def order_measure(
    actor: Actor, matter: Matter, *, what: str, reason: str, until: date, at: datetime
) -> TemporaryMeasure:
    """Suspend execution of the decision complained of, by decision. Raises NoMeasure.

    It lasts no longer than the settlement has (Law on Complaints, Art. 35).
    """
    said = clean_line(what)[:WHAT_LENGTH]
    if not said or not reason.strip():
        raise NoMeasure(_("Hãy ghi biện pháp và lý do áp dụng."))
    if until < timezone.localdate(at) or (matter.settle_due_on and until > matter.settle_due_on):
        raise NoMeasure(_("Thời gian áp dụng phải từ hôm nay và không quá thời hạn giải quyết còn lại."))
    if matter.measures.filter(lifted_by__isnull=True, until__gte=timezone.localdate(at)).exists():
        raise NoMeasure(_("Đang áp dụng một biện pháp khác. Hãy hủy bỏ trước."))
    order = give_order(actor, matter, OrderKind.MEASURE, reason=reason, at=at)
    return TemporaryMeasure.objects.create(matter=matter, order=order, what=said, until=until)


@action("complaints.lift_measure", allowed=rules.may_order_measure)
def lift_measure(actor: Actor, matter: Matter, *, reason: str, at: datetime) -> TemporaryMeasure:
    """End the measure that holds, by decision. Raises NoMeasure."""
    measure = matter.measures.filter(lifted_by__isnull=True).last()
    if measure is None or not reason.strip():
        raise NoMeasure(_("Không có biện pháp đang áp dụng, hoặc chưa ghi lý do hủy bỏ."))
    measure.lifted_by = give_order(actor, matter, OrderKind.LIFT, reason=reason, at=at)
    measure.save(update_fields=["lifted_by"])
    return measure
