"""Refuse to receive somebody: one of four grounds, a decider, a numbered notice (rule 9)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.visit_entry import Decided, finish
from complaints.enums import ReceptionRefusalGround, VisitOutcome
from complaints.models import ReceptionRefusal, Visit
from complaints.queries.reception_slips import refusal_notice
from complaints.rules import reception as law
from egov.files.store import put
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

PDF = "application/pdf"
BOOK = "complaints.refusals"
FEWEST_WORDS = 3
# These two are decided by a leader: they shut somebody out beyond this one hour.
BY_LEADER = (ReceptionRefusalGround.SETTLED, ReceptionRefusalGround.OTHER)


class RefusalNotAcceptable(Refusal):
    """A ground, a decider or the words are missing, or do not fit together."""


@dataclass(frozen=True, kw_only=True)
class Refusing:
    """Why nobody is received, and who decided it."""

    ground: ReceptionRefusalGround
    reason: str
    decider: Membership


@action("complaints.refuse_visit", allowed=law.may_write_visit)
def refuse_visit(actor: Actor, visit: Visit, refusing: Refusing, *, at: datetime) -> ReceptionRefusal:
    """Close the visit as refused and issue the notice with the next number of the year.

    A letter that was received stays what it is and goes on. Raises RefusalNotAcceptable, and what closing
    a visit raises.
    """
    try:
        ground = ReceptionRefusalGround(refusing.ground)
    except ValueError as error:
        raise RefusalNotAcceptable(
            _("Chỉ được từ chối tiếp theo một trong bốn căn cứ của Luật Tiếp công dân (Điều 9).")
        ) from error
    reason = refusing.reason.strip()
    if len(reason.split()) < FEWEST_WORDS:
        raise RefusalNotAcceptable(_("Hãy ghi rõ lý do từ chối bằng lời để công dân hiểu."))
    _require_decider(visit, ground, refusing.decider, at=at)
    if ground == ReceptionRefusalGround.SETTLED and not (visit.is_protected or visit.settled_by):
        raise RefusalNotAcceptable(_("Từ chối vì vụ việc đã giải quyết xong phải ghi cơ quan đã giải quyết."))
    finish(actor, visit, Decided(outcome=VisitOutcome.REFUSED, words=reason), at=at)
    year = timezone.localdate(at).year
    refusal = ReceptionRefusal(
        visit=visit,
        ground=ground,
        reason="" if visit.is_protected else reason,
        decider=refusing.decider,
        decided_at=at,
        year=year,
        number=next_number(agency_id=visit.agency_id, book=BOOK, year=year),
    )
    refusal.file = put(refusal_notice(refusal), media_type=PDF)
    refusal.save()
    return refusal


def _require_decider(
    visit: Visit, ground: ReceptionRefusalGround, decider: Membership, *, at: datetime
) -> None:
    if decider.agency_id != visit.agency_id or not decider.holds_on(timezone.localdate(at)):
        raise RefusalNotAcceptable(_("Người quyết định từ chối phải đang giữ chức vụ tại cơ quan."))
    if ground in BY_LEADER and decider.role != Role.LEADER:
        raise RefusalNotAcceptable(_("Từ chối theo căn cứ này do lãnh đạo cơ quan quyết định."))
    if ground not in BY_LEADER and decider.role != Role.LEADER and decider.pk != visit.host_id:
        raise RefusalNotAcceptable(_("Người quyết định là người đang tiếp hoặc lãnh đạo cơ quan."))
