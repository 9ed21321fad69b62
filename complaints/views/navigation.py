"""What of reception and letters stands in the main navigation, for whom.

Three doors; the rest are tabs behind them (templatetags/letter_parts.py): an official with every duty still
sees where to go, and whoever has none is led to nothing that refuses them.
"""

from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind
from egov.organizations.enums import Role
from egov.web.navigation import Entry

LEADERS = frozenset({Role.LEADER.value})
SYSTEM_ADMINS = frozenset({Role.SYSTEM_ADMIN.value})


def _held(*kinds: DutyKind) -> frozenset[str]:
    return frozenset(f"complaints:{kind.value}" for kind in kinds)


AT_RECEPTION = _held(DutyKind.RECEPTION, DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR)
WITH_LETTERS = _held(DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.PROTECTED, DutyKind.INSPECTOR)
ANY_DUTY = _held(*DutyKind)

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Tiếp công dân"), "complaints:visit_list", "people", 29, LEADERS, AT_RECEPTION),
    Entry(_("Đơn thư"), "complaints:letter_list", "message", 30, LEADERS, WITH_LETTERS),
    Entry(_("Niêm phong"), "complaints:opening_list", "people", 82, LEADERS, ANY_DUTY, below=("/sealed/",)),
    Entry(_("Đơn thư chuyển giao"), "complaints:hand_over_list", "agencies", 86, SYSTEM_ADMINS),
)
