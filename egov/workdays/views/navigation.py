"""What of working time stands in the main navigation, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry

ADMINISTRATORS = frozenset({Role.AGENCY_ADMIN.value, Role.SYSTEM_ADMIN.value})

ENTRIES = (
    Entry(
        _("Lịch làm việc"),
        "workdays:holiday_list",
        "calendar",
        85,
        ADMINISTRATORS,
        below=("/workdays/",),
    ),
)
