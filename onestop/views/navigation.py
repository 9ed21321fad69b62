"""What of one-stop handling stands in the main navigation, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry

AT_COUNTER = frozenset({Role.COUNTER.value})

ENTRIES: tuple[Entry, ...] = (
    Entry(_("Tiếp nhận hồ sơ"), "onestop:counter", "counter", 15, AT_COUNTER, on_phone=True),
)
