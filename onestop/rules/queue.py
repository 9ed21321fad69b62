"""Who may take a ticket, call the next one, and say which windows and groups there are."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.models import QueueGroup, Ticket, Window

Anyone = Actor | SignedOut
KEEPERS = (Role.LEADER, Role.OFFICE_HEAD, Role.AGENCY_ADMIN)


def may_take_ticket(performer: Performer, group: QueueGroup) -> Verdict:  # noqa: ARG001  (everybody may)
    """Anybody in the hall, without a name, while the group gives out numbers."""
    return (
        ALLOWED if group.is_open else refused(_("Lĩnh vực này hiện không cấp số. Hãy hỏi cán bộ tại quầy."))
    )


def may_serve(actor: Anyone, window: Window) -> Verdict:
    """Counter staff, at a window of their own agency."""
    if isinstance(actor, Actor) and actor.is_(Role.COUNTER) and window.agency_id == actor.agency_id:
        return ALLOWED
    return refused(_("Chỉ cán bộ tiếp nhận và trả kết quả của cơ quan được ngồi quầy này."))


def may_call(actor: Anyone, window: Window) -> Verdict:
    """Whoever sits there."""
    serves = may_serve(actor, window)
    if serves and isinstance(actor, Actor) and window.held_by_id != actor.membership.pk:
        return refused(_("Quý vị không ngồi ở quầy này. Hãy chọn quầy trước khi gọi số."))
    return serves


def may_handle_ticket(actor: Anyone, ticket: Ticket) -> Verdict:
    """Whoever sits at the window that called it."""
    if ticket.window is None:
        return refused(_("Số này chưa được quầy nào gọi."))
    return may_call(actor, ticket.window)


def may_see_queue(actor: Anyone, agency: Agency) -> Verdict:
    """Those who serve in it or answer for it."""
    if isinstance(actor, Actor) and actor.agency_id == agency.pk and actor.is_(Role.COUNTER, *KEEPERS):
        return ALLOWED
    return refused(_("Hàng đợi dành cho bộ phận một cửa và lãnh đạo cơ quan."))


def may_keep_queue(actor: Anyone, agency: Agency) -> Verdict:
    """Leader, head of office or administrator of the agency."""
    if isinstance(actor, Actor) and actor.agency_id == agency.pk and actor.is_(*KEEPERS):
        return ALLOWED
    return refused(_("Chỉ lãnh đạo, chánh văn phòng hoặc quản trị của cơ quan được đặt quầy và lĩnh vực."))
