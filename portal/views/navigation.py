"""What of the portal's work stands in the main navigation of the office, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry
from portal.rules.citizens import NOTICE_READERS
from portal.rules.inquiries import ANSWERERS, SORTERS

ENTRIES: tuple[Entry, ...] = (
    Entry(
        _("Hỏi đáp, phản ánh"),
        "portal_desk:inquiry_list",
        "message",
        72,
        frozenset(role.value for role in (*SORTERS, *ANSWERERS)),
    ),
    Entry(
        _("Tin báo cho công dân"),
        "portal_desk:notice_list",
        "message",
        73,
        frozenset(role.value for role in NOTICE_READERS),
    ),
    Entry(
        _("Biên tập cổng thông tin"),
        "portal_desk:editor_list",
        "people",
        86,
        frozenset({Role.SYSTEM_ADMIN.value}),
    ),
)
