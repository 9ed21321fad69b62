"""A matter is accepted for settlement: its clock of settlement starts (domain: 6.1, 6.2)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.reckon import give_order, reckon
from complaints.enums import MatterState
from complaints.models import Matter
from complaints.models.order import OrderKind
from complaints.queries.eligibility import reasons_against
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class NotEligible(Refusal):
    """Conditions of the law are missing: a signature, the people's representation (rules 1 and 12)."""


class FiledTooLate(Refusal):
    """A second complaint came after its last day and nobody has found a good reason (rule 27)."""


@action("complaints.accept", allowed=rules.may_accept)
def accept(actor: Actor, matter: Matter, *, at: datetime) -> Matter:
    """Decide on acceptance: numbered, dated today, with the term that the facts on record give.

    Raises NotEligible, FiledTooLate, NoTermInForce.
    """
    missing = reasons_against(matter)
    if missing:
        raise NotEligible(
            _("Chưa đủ điều kiện thụ lý: %(reasons)s") % {"reasons": " ".join(map(str, missing))}
        )
    second = getattr(matter, "second_filing", None)
    if second is not None and second.bars:
        raise FiledTooLate(
            _("Khiếu nại lần hai đã quá thời hạn (%(day)s) và chưa ghi nhận lý do chính đáng.")
            % {"day": f"{second.filed_until:%d/%m/%Y}"}
        )
    reason = _("Thụ lý giải quyết đơn %(code)s.") % {"code": matter.letter.code}
    order = give_order(actor, matter, OrderKind.ACCEPT, reason=reason, at=at)
    matter.accepted_on = timezone.localdate(at)
    move(
        matter,
        to=MatterState.SETTLING,
        by=actor,
        at=at,
        note=_("Quyết định %(notation)s") % {"notation": order.notation},
        also=["accepted_on"],
    )
    reckon(actor, matter, reason=reason, at=at)
    return matter
