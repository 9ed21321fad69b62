"""A complaint goes against a first settlement: in time, late, or late with a good reason (rule 27)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import deadlines
from complaints.actions.reckon import reckon
from complaints.enums import MatterKind, Stage
from complaints.models import Matter, SecondFiling
from complaints.rules import settlement as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

REASON_LENGTH = 500


class NotASecond(Refusal):
    """What it is said to go against is no first settlement of a complaint that was decided or is overdue."""


@action("complaints.note_second_filing", allowed=rules.may_note_second_filing)
def note_second_filing(
    actor: Actor, matter: Matter, *, first_id: int, good_reason: str = "", at: datetime
) -> SecondFiling:
    """Tie a complaint to its first settlement. Late is not refused here: a good reason may be found, also
    later, and acceptance asks for it. Raises NotASecond."""
    first = Matter.objects.filter(pk=first_id, kind=MatterKind.COMPLAINT, stage=Stage.FIRST).first()
    if first is None or first.pk == matter.pk:
        raise NotASecond(_("Không có khiếu nại lần đầu với mã này."))
    filed_on = deadlines.law_day(matter.letter)
    until = deadlines.second_filing_until(first, matter)
    if until is None:
        raise NotASecond(
            _(
                "Khiếu nại lần đầu chưa có quyết định và chưa hết thời hạn giải quyết "
                "nên chưa khiếu nại lần hai."
            )
        )
    matter.stage, matter.previous = Stage.SECOND, first
    matter.save(update_fields=["stage", "previous"])
    filing, _made = SecondFiling.objects.update_or_create(
        matter=matter,
        defaults={
            "filed_until": until,
            "filed_on": filed_on,
            "good_reason": clean_line(good_reason)[:REASON_LENGTH],
            "noted_at": at,
            "noted_by": actor.membership,
        },
    )
    reason = _("Khiếu nại lần hai đối với kết quả giải quyết đơn %(code)s") % {"code": first.letter.code}
    reckon(actor, matter, reason=reason, at=timezone.localtime(at))
    return filing
