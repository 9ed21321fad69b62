"""Who may do what with what the portal publishes. Writing and approving are steps of the workflow."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.workflow.verdict import ALLOWED, Verdict, refused
from portal.content.enums import Duty
from portal.content.models.editorial import EditorialPage
from portal.content.staff import duties_of


def may_withdraw(actor: Actor | SignedOut, page: EditorialPage) -> Verdict:
    """An approver with a second factor: who lets articles be public also takes them back."""
    if not isinstance(actor, Actor) or not actor.second_factor:
        return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi gỡ bài."))
    if Duty.APPROVER not in duties_of(actor.user):
        return refused(_("Chỉ người duyệt đăng được gỡ bài khỏi cổng."))
    if not isinstance(page, EditorialPage) or page.is_section:
        return refused(_("Trang mục không gỡ được; hãy gỡ từng bài."))
    return ALLOWED


def may_keep_duties(actor: Actor | SignedOut) -> Verdict:
    """An administrator of the system with a second factor sees who works for the portal."""
    if not isinstance(actor, Actor) or not actor.is_(Role.SYSTEM_ADMIN):
        return refused(_("Chỉ quản trị hệ thống được giao nhiệm vụ biên tập cổng thông tin."))
    if not actor.second_factor:
        return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi giao nhiệm vụ."))
    return ALLOWED


def may_assign_duty(actor: Actor | SignedOut, membership: Membership) -> Verdict:
    """Whoever keeps the duties, never for themselves."""
    verdict = may_keep_duties(actor)
    if not verdict:
        return verdict
    if membership.user_id == actor.user_id:
        return refused(_("Không thể tự giao nhiệm vụ cho mình; hãy nhờ quản trị viên khác."))
    return ALLOWED
