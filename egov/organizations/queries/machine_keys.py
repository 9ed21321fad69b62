"""Keys of an agency's systems: for its administrators, and for the machine door itself."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from egov.organizations.models import Agency, MachineKey, Membership

# How exactly it is kept when a key was last used.
USE_KEPT_TO = timedelta(hours=1)


def machine_keys_of(agency: Agency, on: date) -> QuerySet[MachineKey]:
    """Every key of an agency, revoked ones too, the newest first; ``held``: somebody holds its position."""
    held = Exists(Membership.objects.current(on).filter(pk=OuterRef("membership")))
    keys = MachineKey.objects.filter(membership__agency=agency).annotate(held=held)
    return keys.select_related("membership__user", "created_by__user")


def key_with_prefix(prefix: str) -> MachineKey | None:
    """The key that shows this prefix, whatever its secret."""
    return MachineKey.objects.filter(prefix=prefix).first()


def position_of(key: MachineKey, at: datetime) -> Membership | None:
    """The position in which the key acts; None once it, its agency or its account has ended."""
    held = Membership.objects.current(timezone.localdate(at)).filter(pk=key.membership_id)
    return held.select_related("user", "agency", "department").first()


def note_use(key: MachineKey, at: datetime) -> None:
    """Keep when the key was last used, to the hour."""
    before = at - USE_KEPT_TO
    if key.last_used_at is None or key.last_used_at <= before:
        stale = Q(last_used_at=None) | Q(last_used_at__lte=before)
        MachineKey.objects.filter(stale, pk=key.pk).update(last_used_at=at)
