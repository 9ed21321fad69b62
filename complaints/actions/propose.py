"""Propose what becomes of a matter: one direction and its reason, for another person to decide (rule 18)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.unnamed import require_unnamed
from complaints.enums import Direction
from complaints.models import Matter, Proposal, grounds
from complaints.queries.eligibility import reasons_against
from complaints.queries.people import approvers
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

WORDS_LENGTH = 4000
NAME_LENGTH = 200
# Directions that lead to somebody else: to an agency of the network or a body named in words.
TO_SOMEBODY = (Direction.TRANSFER, Direction.GUIDE)
WITH_A_DAY = (Direction.COMPLETE, Direction.URGE)


class ProposalNotAcceptable(Refusal):
    """The law does not let such a matter go that way, or the proposal lacks its ground, place or day."""


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What is proposed. ``words`` are the reason; of an answer, the answer itself."""

    direction: Direction
    words: str
    ground: str = ""
    target: Agency | None = None
    target_name: str = ""
    answer_by: date | None = None


@action("complaints.propose", allowed=rules.may_propose)
def propose(actor: Actor, matter: Matter, proposed: Proposed, *, at: datetime) -> Proposal:
    """Put the proposal before the leaders who may decide it. Raises ProposalNotAcceptable, NamesDenouncer."""
    require_lawful(matter, proposed.direction)
    words = proposed.words.strip()[:WORDS_LENGTH]
    name = clean_line(proposed.target_name)[:NAME_LENGTH]
    if not words:
        raise ProposalNotAcceptable(_("Hãy ghi lý do, nội dung đề xuất."))
    require_unnamed(actor, matter.letter, words, name)
    _require_ground(matter, proposed)
    _require_place(matter, proposed, name, on=timezone.localdate(at))
    if proposed.direction in WITH_A_DAY:
        _require_day(proposed.answer_by, on=timezone.localdate(at))
    proposal = Proposal.objects.create(
        matter=matter,
        direction=proposed.direction,
        ground=proposed.ground if grounds(matter.kind, proposed.direction) else "",
        words=words,
        target=proposed.target,
        target_name="" if proposed.target else name,
        answer_by=proposed.answer_by if proposed.direction in WITH_A_DAY else None,
        proposed_at=at,
        proposed_by=actor.membership,
    )
    text = _("Đơn %(code)s: có đề xuất hướng xử lý “%(direction)s” chờ Quý vị duyệt.") % {
        "code": matter.letter.code,
        "direction": proposed.direction.label,
    }
    message = Message(event="complaints.proposed", text=text, key=str(proposal.pk), about=matter.letter)
    tell_members(approvers(matter, but=actor.user_id, on=timezone.localdate(at)), message)
    return proposal


@action("complaints.take_back", allowed=rules.may_take_back)
def take_back(actor: Actor, matter: Matter, *, at: datetime) -> Proposal:  # noqa: ARG001
    """The proposer takes the waiting proposal back."""
    proposal = locked_waiting(matter)
    proposal.state, proposal.decided_at = Proposal.State.TAKEN_BACK, at
    proposal.save(update_fields=["state", "decided_at"])
    return proposal


def require_lawful(matter: Matter, direction: Direction) -> None:
    """The direction is one for such a matter now; asked again when it is approved. Raises
    ProposalNotAcceptable."""
    verdict = rules.may_go(matter, direction)
    if not verdict:
        raise ProposalNotAcceptable(verdict.reason)
    against = reasons_against(matter) if direction == Direction.ACCEPT else []
    if against:
        raise ProposalNotAcceptable(
            _("Đơn chưa đủ điều kiện thụ lý: %(reasons)s") % {"reasons": " ".join(map(str, against))}
        )


def locked_waiting(matter: Matter) -> Proposal:
    """The waiting proposal; the matter's row, which the action holds, keeps others away from it."""
    return (
        matter.proposals.select_related("target", "proposed_by__user")
        .filter(state=Proposal.State.WAITING)
        .get()
    )


def _require_ground(matter: Matter, proposed: Proposed) -> None:
    chosen = grounds(matter.kind, proposed.direction)
    if chosen is not None and proposed.ground not in chosen.values:
        raise ProposalNotAcceptable(
            _("Hướng “%(direction)s” cần một căn cứ theo luật.") % {"direction": proposed.direction.label}
        )


def _require_place(matter: Matter, proposed: Proposed, name: str, *, on: date) -> None:
    target = proposed.target
    if proposed.direction == Direction.URGE and target is None:
        raise ProposalNotAcceptable(_("Hãy chọn cơ quan được đôn đốc."))
    if proposed.direction in TO_SOMEBODY and target is None and not name:
        raise ProposalNotAcceptable(_("Hãy chọn hoặc ghi cơ quan có thẩm quyền."))
    if target is not None and target.pk == matter.agency_id:
        raise ProposalNotAcceptable(_("Đơn đang ở chính cơ quan này."))
    if target is not None and not target.exists_on(on):
        raise ProposalNotAcceptable(_("%(name)s không còn hoạt động.") % {"name": target.name})


def _require_day(day: date | None, *, on: date) -> None:
    if day is None or day <= on:
        raise ProposalNotAcceptable(_("Hãy ghi ngày phải trả lời, sau hôm nay."))
