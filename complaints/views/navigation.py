"""What of reception and letters stands in the main navigation, for whom."""

from egov.web.navigation import Entry

ENTRIES: tuple[Entry, ...] = ()
