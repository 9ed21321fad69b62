"""Who may see and change working hours and days: everybody sees, administrators change in their own scope."""

from django.utils.translation import gettext_lazy as _

from egov.organizations import rules as organizations
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workdays.models import Holiday
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut


def may_see_working_time(actor: Anyone) -> Verdict:
    """Working time is no secret within the network."""
    if isinstance(actor, Actor):
        return ALLOWED
    return refused(_("Hãy chọn chức vụ đang giữ để xem lịch làm việc."))


def may_change_working_time(actor: Anyone, scope: Agency | None) -> Verdict:
    """The administrator of the system everywhere; an agency's administrator for it and all below.

    ``scope`` None is the whole province.
    """
    if scope is not None:
        return organizations.may_administer(actor, scope)
    if not isinstance(actor, Actor) or not actor.is_(Role.SYSTEM_ADMIN):
        return refused(_("Chỉ quản trị hệ thống được thay đổi lịch làm việc chung của tỉnh."))
    return organizations.may_administer(actor, actor.agency)


def may_remove_holiday(actor: Anyone, holiday: Holiday) -> Verdict:
    """As for setting it."""
    return may_change_working_time(actor, holiday.agency)
