"""Who may open and keep an investment project."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.models import Project

Anyone = Actor | SignedOut
# Who in a one-stop unit opens projects; whoever else serves there reads them.
KEEPERS = (Role.LEADER, Role.OFFICE_HEAD, Role.COUNTER)


def may_open_project(actor: Anyone, content: object) -> Verdict:  # noqa: ARG001  (it does not exist yet)
    """Leaders, heads and counter staff open projects of their own agency."""
    if isinstance(actor, Actor) and actor.is_(*KEEPERS):
        return ALLOWED
    return refused(_("Chỉ lãnh đạo, trưởng đơn vị và cán bộ một cửa được mở dự án."))


def may_read_project(actor: Anyone, project: Project) -> Verdict:
    """The same predicate as every list (models/project.py)."""
    if Project.objects.visible_to(actor).filter(pk=project.pk).exists():
        return ALLOWED
    return refused(_("Không tìm thấy dự án."))


def may_edit_project(actor: Anyone, project: Project) -> Verdict:
    """Its account manager, and the leaders and heads of the unit that keeps it, until it is closed."""
    if not isinstance(actor, Actor) or not (
        project.account_manager_id == actor.membership.pk
        or (project.agency_id == actor.agency.pk and actor.is_(Role.LEADER, Role.OFFICE_HEAD))
    ):
        return refused(_("Chỉ chuyên viên phụ trách dự án hoặc lãnh đạo đơn vị được sửa dự án."))
    return ALLOWED if project.closed_at is None else refused(_("Dự án đã kết thúc."))


def may_link_dossier(actor: Anyone, project: Project) -> Verdict:
    """As for editing."""
    return may_edit_project(actor, project)


def may_unlink_dossier(actor: Anyone, project: Project) -> Verdict:
    """As for editing."""
    return may_edit_project(actor, project)


def may_close_project(actor: Anyone, project: Project) -> Verdict:
    """As for editing."""
    return may_edit_project(actor, project)
