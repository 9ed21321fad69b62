"""The term of a denunciation is made longer by decision, as often as the law allows (rule 23)."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import deadlines
from complaints.actions.reckon import give_order, reckon
from complaints.models import Extension, Matter
from complaints.models.order import OrderKind
from complaints.models.term import TermKey
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NotExtendable(Refusal):
    """The law knows no extension for such a case, or the case has had them all, or its term has passed."""


@action("complaints.extend", allowed=rules.may_extend)
def extend(actor: Actor, matter: Matter, *, reason: str, at: datetime) -> Extension:
    """Extend once: the days are added to the day on which the term ends, not to an open day after it.

    Raises NotExtendable.
    """
    if not reason.strip():
        raise NotExtendable(_("Hãy ghi lý do gia hạn."))
    term = None
    if matter.kind in deadlines.DENOUNCING:
        term = deadlines.find_term(
            TermKey.DENUNCIATION_EXTEND, deadlines.law_day(matter.letter), complexity=matter.complexity
        )
    if term is None:
        raise NotExtendable(
            _("Pháp luật không cho gia hạn vụ việc này: chỉ gia hạn tố cáo phức tạp, đặc biệt phức tạp.")
        )
    if matter.extensions.count() >= term.times:
        raise NotExtendable(_("Vụ việc đã gia hạn đủ %(times)d lần.") % {"times": term.times})
    ended_on, due_on = matter.settle_ends_on, matter.settle_due_on
    if ended_on is None or due_on is None or timezone.localdate(at) > due_on:
        raise NotExtendable(_("Thời hạn giải quyết đã hết nên không gia hạn được nữa."))
    order = give_order(actor, matter, OrderKind.EXTEND, reason=reason, at=at)
    extension = Extension.objects.create(
        matter=matter,
        order=order,
        days=term.amount,
        ended_on=ended_on,
        ends_on=ended_on + timedelta(days=term.amount),
    )
    reckon(actor, matter, reason=f"{order.notation}: {order.reason}", at=at)
    return extension
