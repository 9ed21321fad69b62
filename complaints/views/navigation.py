"""What of reception and letters stands in the main navigation, for whom.

Three doors; the rest are tabs behind them (templatetags/letter_parts.py): an official with every duty still
sees where to go.
"""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry

# Duties are held in any working position; whoever has none is told so by the page.
WORKERS = frozenset(
    role.value for role in (Role.LEADER, Role.OFFICE_HEAD, Role.REGISTRY, Role.COUNTER, Role.SPECIALIST)
)

SYSTEM_ADMINS = frozenset({Role.SYSTEM_ADMIN.value})

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Tiếp công dân"), "complaints:visit_list", "people", 29, WORKERS),
    Entry(_("Đơn thư"), "complaints:letter_list", "message", 30, WORKERS),
    Entry(_("Niêm phong"), "complaints:opening_list", "people", 82, WORKERS, below=("/sealed/",)),
    Entry(_("Đơn thư chuyển giao"), "complaints:hand_over_list", "agencies", 86, SYSTEM_ADMINS),
)
