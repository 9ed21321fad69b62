"""Give a person a position."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from egov.accounts.models import User
from egov.organizations import rules
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Department, Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class AgencyNotThere(Refusal):
    """The agency does not exist on the day that the position begins."""


class DepartmentElsewhere(Refusal):
    """The unit belongs to another agency."""


class HeadAlreadyThere(Refusal):
    """An agency has one head at a time."""


class AlreadyAppointed(Refusal):
    """The person holds this position already."""


class RoleNotGiven(Refusal):
    """Only the administrator of the system makes another one."""

    status = 403


class UsernameTaken(Refusal):
    """Another person signs in with this name."""


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody is appointed to; ``is_head`` for the one person who heads the agency."""

    position: str
    role: Role
    valid_from: date
    department: Department | None = None
    is_head: bool = False


@action("organizations.appoint", allowed=rules.may_administer)
def appoint(actor: Actor, agency: Agency, *, user: User, post: Post) -> Membership:
    """Let a person who has an account serve in the agency from a day on; they may serve elsewhere too."""
    return _appoint(actor, agency, user, post)


@action("organizations.enlist", allowed=rules.may_administer)
def enlist(
    actor: Actor, agency: Agency, *, username: str, full_name: str, email: str, post: Post
) -> Membership:
    """Open an account for a new person and appoint them; an invitation lets them set a password."""
    name = User.normalize_username(username)
    if User.objects.filter(username=name).exists():
        raise UsernameTaken(
            _("Tên đăng nhập “%(name)s” đã có người dùng. Hãy chọn tên khác.") % {"name": name}
        )
    user = User.objects.create_user(username=name, full_name=full_name, email=email)
    return _appoint(actor, agency, user, post)


def _appoint(actor: Actor, agency: Agency, user: User, post: Post) -> Membership:
    if not agency.exists_on(post.valid_from):
        raise AgencyNotThere(
            _("Cơ quan không hoạt động vào ngày %(day)s nên không bổ nhiệm được.")
            % {"day": f"{post.valid_from:%d/%m/%Y}"}
        )
    if post.department and post.department.agency_id != agency.pk:
        raise DepartmentElsewhere(_("Đơn vị được chọn không thuộc cơ quan này."))
    if post.role == Role.SYSTEM_ADMIN and not actor.is_(Role.SYSTEM_ADMIN):
        raise RoleNotGiven(_("Chỉ quản trị hệ thống được giao vai trò quản trị hệ thống."))
    overlapping = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=post.valid_from), agency=agency
    )
    if post.is_head and overlapping.filter(is_head=True).exists():
        raise HeadAlreadyThere(_("Cơ quan đã có người đứng đầu; hãy kết thúc chức vụ của người đó trước."))
    if overlapping.filter(user=user, position=post.position).exists():
        raise AlreadyAppointed(_("Người này đang giữ đúng chức vụ đó tại cơ quan."))
    return Membership.objects.create(
        user=user,
        agency=agency,
        department=post.department,
        position=post.position,
        role=post.role,
        is_head=post.is_head,
        valid_from=post.valid_from,
    )
