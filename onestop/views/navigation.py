"""What of one-stop handling stands in the main navigation, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry

AT_COUNTER = frozenset({Role.COUNTER.value})
PROJECT_READERS = frozenset({Role.LEADER.value, Role.OFFICE_HEAD.value, Role.COUNTER.value})
SYSTEM_ADMINS = frozenset({Role.SYSTEM_ADMIN.value})

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Tiếp nhận hồ sơ"), "onestop:counter", "counter", 15, AT_COUNTER, on_phone=True),
    Entry(_("Kết quả chờ trả"), "onestop:result_list", "result", 17, AT_COUNTER, on_phone=True),
    Entry(_("Dự án đầu tư"), "onestop:project_list", "project", 70, PROJECT_READERS),
    Entry(_("Hồ sơ chuyển giao"), "onestop:succession_list", "agencies", 85, SYSTEM_ADMINS),
)
