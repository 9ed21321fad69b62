"""What of the organisation stands in the main navigation, for whom."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from egov.web.navigation import Entry

EVERYONE = frozenset(role.value for role in Role)

ENTRIES = (Entry(_("Cơ quan, con người"), "organizations:agency_list", "agencies", 80, EVERYONE),)
