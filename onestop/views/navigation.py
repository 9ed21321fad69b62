"""What of one-stop handling stands in the main navigation, for whom."""

from egov.web.navigation import Entry

ENTRIES: tuple[Entry, ...] = ()
