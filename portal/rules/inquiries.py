"""Who asks, sorts, answers and publishes (domain: 4.2; rules 51 and 56)."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from portal.enums import InquiryState
from portal.models import Inquiry

Anyone = Actor | SignedOut
SORTERS = (Role.REGISTRY, Role.SPECIALIST, Role.COUNTER, Role.OFFICE_HEAD)
ANSWERERS = (Role.SPECIALIST, Role.OFFICE_HEAD, Role.LEADER)
PUBLISHERS = (Role.OFFICE_HEAD, Role.LEADER)


def may_submit_inquiry(performer: Performer, inquiry: None) -> Verdict:  # noqa: ARG001
    """Everybody may write to the administration."""
    return ALLOWED


def may_assign(actor: Anyone, inquiry: Inquiry) -> Verdict:
    """Staff of the agency that runs the portal say who has to answer."""
    if isinstance(actor, Actor) and actor.agency_id == inquiry.coordinator_id and actor.is_(*SORTERS):
        return ALLOWED
    return refused(_("Chỉ cán bộ của cơ quan đầu mối được phân loại và chuyển câu hỏi, phản ánh, kiến nghị."))


def may_answer(actor: Anyone, inquiry: Inquiry) -> Verdict:
    """Whoever the inquiry was passed to."""
    if isinstance(actor, Actor) and actor.agency_id == inquiry.answering_agency_id and actor.is_(*ANSWERERS):
        return ALLOWED
    return refused(_("Chỉ cơ quan được giao mới trả lời được."))


def may_propose(actor: Anyone, inquiry: Inquiry) -> Verdict:
    """An editor of the agency that runs the portal; never what tells of a person's wrongdoing."""
    if not isinstance(actor, Actor) or actor.agency_id != inquiry.coordinator_id or not actor.is_(*SORTERS):
        return refused(_("Chỉ cán bộ biên tập của cơ quan đầu mối được đề nghị công khai."))
    if inquiry.names_wrongdoing:
        return refused(_("Nội dung nói về hành vi vi phạm của cán bộ thì không được công khai."))
    if not inquiry.may_publish:
        return refused(_("Người gửi không đồng ý công khai."))
    return ALLOWED


def may_decide_publication(actor: Anyone, inquiry: Inquiry) -> Verdict:
    """A head of that agency, who is not the editor that proposed it."""
    if (
        not isinstance(actor, Actor)
        or actor.agency_id != inquiry.coordinator_id
        or not actor.is_(*PUBLISHERS)
    ):
        return refused(_("Chỉ lãnh đạo cơ quan đầu mối được duyệt công khai."))
    if inquiry.state == InquiryState.PROPOSED and inquiry.proposed_by_id == actor.membership.pk:
        return refused(_("Người đề nghị công khai không tự duyệt."))
    return ALLOWED


def may_sort(actor: Anyone) -> bool:
    """Whether the desk of inquiries is a place of the actor's."""
    return isinstance(actor, Actor) and actor.is_(*SORTERS, *ANSWERERS)
