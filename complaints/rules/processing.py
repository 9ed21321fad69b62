"""Who takes a matter in hand, proposes what to do with it and decides: two people, neither tied (17, 18)."""

from django.utils.translation import gettext_lazy as _

from complaints import states
from complaints.enums import DutyKind, MatterState
from complaints.models import Matter, Proposal
from complaints.rules.conflict import free, may_author_decide
from complaints.rules.duties import holds, sees
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
S = MatterState
NOT_SEEN = _("Quý vị không được xem hoặc xử lý đơn này.")
NOTHING_WAITS = _("Không có đề xuất nào đang chờ duyệt.")
OWN_PROPOSAL = _("Người đề xuất không được duyệt đề xuất của chính mình. Hãy trình lãnh đạo khác.")


def may_take_in_hand(actor: Anyone, matter: Matter) -> Verdict:
    """Whoever was appointed to handle letters (protected ones: to keep their register), if nobody has it."""
    if matter.handler_id is not None or matter.state not in states.PROCESSED:
        return refused(_("Đơn đã có người xử lý hoặc đã xử lý xong."))
    if (
        not isinstance(actor, Actor)
        or not _works_here(actor, matter)
        or not holds(actor, *duties_for(matter))
    ):
        return refused(_("Chỉ người được giao xử lý đơn của cơ quan đang giữ đơn được nhận xử lý."))
    return free(actor, matter)


def may_assign(actor: Anyone, matter: Matter) -> Verdict:
    """A leader of the agency that has it, as long as it is open; to whom is asked by the action."""
    if matter.state not in states.OPEN:
        return refused(_("Đơn đã xử lý xong nên không phân công nữa."))
    return _leads(actor, matter)


def may_propose(actor: Anyone, matter: Matter) -> Verdict:
    """Whoever has it in hand, while no other proposal waits."""
    if not isinstance(actor, Actor) or matter.handler_id != actor.membership.pk:
        return refused(_("Chỉ người đang xử lý đơn được đề xuất hướng xử lý."))
    if waiting_proposal(matter) is not None:
        return refused(_("Đã có đề xuất đang chờ duyệt."))
    if matter.state not in (S.PROCESSING, S.INCOMPLETE, S.TRANSFERRED):
        return refused(_("Đơn không ở bước đang xử lý."))
    return free(actor, matter)


def may_take_back(actor: Anyone, matter: Matter) -> Verdict:
    """The proposer, as long as nobody decided."""
    proposal = waiting_proposal(matter)
    if proposal is None:
        return refused(NOTHING_WAITS)
    if not isinstance(actor, Actor) or proposal.proposed_by_id != actor.membership.pk:
        return refused(_("Chỉ người đề xuất được rút lại đề xuất."))
    return ALLOWED


def may_approve(actor: Anyone, matter: Matter) -> Verdict:
    """A leader of the agency, never the proposer in whatever position (rule 18)."""
    proposal = waiting_proposal(matter)
    if proposal is None:
        return refused(NOTHING_WAITS)
    if actor.user_id is not None and proposal.proposed_by.user_id == actor.user_id:
        return refused(OWN_PROPOSAL)
    return _leads(actor, matter)


def may_send_back(actor: Anyone, matter: Matter) -> Verdict:
    """As for approving."""
    return may_approve(actor, matter)


def may_bring_supplement(actor: Anyone, matter: Matter) -> Verdict:
    """Whoever has it in hand, or who takes letters in."""
    if matter.state != S.INCOMPLETE:
        return refused(_("Đơn không ở bước chờ bổ sung."))
    if isinstance(actor, Actor) and _works_here(actor, matter):
        door = DutyKind.PROTECTED if matter.letter.is_protected else DutyKind.INTAKE
        if matter.handler_id == actor.membership.pk or holds(actor, door):
            return free(actor, matter)
    return refused(_("Chỉ người đang xử lý hoặc người tiếp nhận đơn được ghi nhận bổ sung."))


def duties_for(matter: Matter) -> tuple[DutyKind, ...]:
    """Which duty lets somebody take such a matter in hand by themselves."""
    return (DutyKind.PROTECTED,) if matter.letter.is_protected else (DutyKind.HANDLING,)


def waiting_proposal(matter: Matter) -> Proposal | None:
    """The proposal that nobody has decided on."""
    return next((one for one in matter.proposals.all() if one.state == Proposal.State.WAITING), None)


def approved(matter: Matter) -> Proposal | None:
    """The proposal that was approved last: what has become, or is to become, of the matter."""
    decided = [one for one in matter.proposals.all() if one.state == Proposal.State.APPROVED]
    return max(decided, key=lambda one: one.pk, default=None)


def _leads(actor: Anyone, matter: Matter) -> Verdict:
    if not isinstance(actor, Actor) or not actor.is_(Role.LEADER) or not _works_here(actor, matter):
        return refused(_("Chỉ lãnh đạo cơ quan đang giữ đơn được làm việc này."))
    if may_author_decide(matter, actor.membership):
        return ALLOWED
    return free(actor, matter)


def _works_here(actor: Actor, matter: Matter) -> bool:
    return matter.agency_id == actor.agency_id and sees(actor, matter)
