"""Who may change what in the organisation: administrators, each in their own reach, with a second factor."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Delegation, MachineKey, Membership
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
NOT_PASSED_ON = _(
    "Chỉ người đứng đầu cơ quan được ủy quyền, giao ký; người được ủy quyền không được ủy quyền lại."
)


def may_administer(actor: Anyone, agency: Agency) -> Verdict:
    """The administrator of the system for every agency, an agency's administrator for their own."""
    if isinstance(actor, Actor):
        own = actor.is_(Role.AGENCY_ADMIN) and actor.agency_id == agency.pk
        if own or actor.is_(Role.SYSTEM_ADMIN):
            return _with_second_factor(actor)
    return refused(_("Chỉ quản trị hệ thống hoặc quản trị của chính cơ quan này được làm việc này."))


def may_reorganize(actor: Anyone, agency: Agency) -> Verdict:  # noqa: ARG001  (the system's own matter)
    """Founding, moving, merging and closing agencies: the administrator of the system only."""
    if isinstance(actor, Actor) and actor.is_(Role.SYSTEM_ADMIN):
        return _with_second_factor(actor)
    return refused(_("Chỉ quản trị hệ thống được thành lập, sắp xếp hoặc kết thúc cơ quan."))


def may_see_directory(actor: Anyone, agency: Agency | None = None) -> Verdict:  # noqa: ARG001
    """Which agencies there are, and where they hang, is known to everybody who serves in the network."""
    if isinstance(actor, Actor):
        return ALLOWED
    return refused(_("Hãy chọn chức vụ đang giữ để xem danh mục cơ quan."))


def may_see_people(actor: Anyone, agency: Agency) -> Verdict:
    """Colleagues of the agency, and who administers it."""
    if isinstance(actor, Actor) and (actor.agency_id == agency.pk or actor.is_(Role.SYSTEM_ADMIN)):
        return ALLOWED
    return refused(_("Chỉ người của cơ quan này và quản trị hệ thống được xem danh sách cán bộ."))


def may_end_appointment(actor: Anyone, membership: Membership) -> Verdict:
    """Whoever administers the agency; never one's own post, so that nobody locks the agency out."""
    verdict = may_administer(actor, membership.agency)
    if verdict and actor.user_id == membership.user_id:
        return refused(_("Không thể tự kết thúc chức vụ của mình; hãy nhờ quản trị viên khác."))
    return verdict


def may_delegate(actor: Anyone, grantor: Membership) -> Verdict:
    """The head for themselves, or whoever administers the agency and enters the written delegation."""
    if isinstance(actor, Actor) and actor.membership.pk == grantor.pk:
        if not grantor.is_head:
            return refused(NOT_PASSED_ON)
        return _with_second_factor(actor)
    return may_administer(actor, grantor.agency)


def may_revoke_delegation(actor: Anyone, delegation: Delegation) -> Verdict:
    """As for giving it."""
    return may_delegate(actor, delegation.grantor)


def may_issue_machine_key(actor: Anyone, membership: Membership) -> Verdict:
    """Whoever administers the agency lets its own system in."""
    return may_administer(actor, membership.agency)


def may_revoke_machine_key(actor: Anyone, key: MachineKey) -> Verdict:
    """As for issuing it."""
    return may_administer(actor, key.membership.agency)


def _with_second_factor(actor: Actor) -> Verdict:
    if actor.second_factor:
        return ALLOWED
    return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi làm việc này."))
