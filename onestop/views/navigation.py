"""What of one-stop handling stands in the main navigation, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry

WORKERS = frozenset(
    {
        Role.COUNTER.value,
        Role.SPECIALIST.value,
        Role.LEADER.value,
        Role.OFFICE_HEAD.value,
        Role.REGISTRY.value,
    }
)
REGISTRIES = frozenset({Role.REGISTRY.value})
AT_COUNTER = frozenset({Role.COUNTER.value})
CASHIERS = frozenset({Role.COUNTER.value, Role.LEADER.value, Role.OFFICE_HEAD.value})
PROJECT_READERS = frozenset({Role.LEADER.value, Role.OFFICE_HEAD.value, Role.COUNTER.value})
QUEUE_KEEPERS = frozenset({Role.LEADER.value, Role.OFFICE_HEAD.value, Role.AGENCY_ADMIN.value})
SYSTEM_ADMINS = frozenset({Role.SYSTEM_ADMIN.value})
SYNC_OPERATORS = frozenset({Role.COUNTER.value, Role.OFFICE_HEAD.value, Role.SYSTEM_ADMIN.value})

CATALOGUE_READERS = frozenset(
    role.value for role in (Role.LEADER, Role.OFFICE_HEAD, Role.REGISTRY, Role.COUNTER, Role.SPECIALIST)
)
FIGURE_READERS = frozenset({Role.LEADER.value, Role.OFFICE_HEAD.value, Role.COUNTER.value})

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Thủ tục"), "onestop:procedure_list", "register", 58, CATALOGUE_READERS),
    Entry(_("Bàn một cửa"), "onestop:desk", "desk", 12, WORKERS, on_phone=True),
    Entry(_("Hồ sơ một cửa"), "onestop:dossier_list", "dossier", 18, WORKERS),
    Entry(_("Tiếp nhận hồ sơ"), "onestop:counter", "counter", 15, AT_COUNTER, on_phone=True),
    Entry(_("Kết quả chờ trả"), "onestop:result_list", "result", 17, AT_COUNTER, on_phone=True),
    Entry(_("Phiếu chờ ký số"), "onestop:slip_signing", "sign", 20, REGISTRIES),
    Entry(_("Hàng đợi"), "onestop:queue_work", "queue", 18, AT_COUNTER, on_phone=True),
    Entry(_("Phí, lệ phí"), "onestop:fee_list", "fees", 19, CASHIERS),
    Entry(_("Dự án đầu tư"), "onestop:project_list", "project", 70, PROJECT_READERS),
    Entry(_("Số liệu"), "onestop:figures_overview", "figures", 75, FIGURE_READERS),
    Entry(_("Đặt hàng đợi"), "onestop:queue_setup", "queue", 82, QUEUE_KEEPERS),
    Entry(_("Đồng bộ quốc gia"), "onestop:sync_list", "agencies", 84, SYNC_OPERATORS),
    Entry(_("Hồ sơ chuyển giao"), "onestop:succession_list", "agencies", 85, SYSTEM_ADMINS),
)
