"""The demo's search finds what its catalogue and its network hold."""

from django.utils import timezone

from portal.actions.refresh_index import refresh_index


def seed_finding() -> int:
    """Fill the index; returns how many entries it wrote."""
    return refresh_index(timezone.localdate())
