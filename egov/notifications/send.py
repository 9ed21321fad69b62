"""Tell a person in a position, or whoever holds a role in an agency, that something happened.

Apps name an event and whom it concerns, never a channel: the message always lies in the person's inbox, and
goes by e-mail too where the installation has a mail server (``EMAIL_URL``) and the person an address.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model

from egov.notifications.models import Notification
from egov.organizations.enums import Role
from egov.organizations.models import Membership
from egov.taskqueue.enqueue import enqueue

TEXT_LENGTH = 600


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is said. ``key`` names the occasion: the same occasion is told to the same reader once."""

    event: str
    text: str
    key: str
    about: Model | None = None


def tell_members(members: Iterable[Membership], message: Message) -> None:
    """Tell people in their positions."""
    _write([Notification(member=member, **_words(message, f"m{member.pk}")) for member in members])


@dataclass(frozen=True)
class ToRole:
    """A message for whoever holds a role in an agency: the registry desk, its leaders."""

    agency_id: int
    role: Role
    message: Message


def tell_roles(messages: Iterable[ToRole]) -> None:
    """Tell many agencies' desks; a handful of statements for any number."""
    _write(
        [
            Notification(
                agency_id=one.agency_id, role=one.role, **_words(one.message, f"a{one.agency_id}.{one.role}")
            )
            for one in messages
        ]
    )


def _words(message: Message, reader: str) -> dict[str, Any]:
    return {
        "event": message.event,
        "text": message.text[:TEXT_LENGTH],
        "subject_type": message.about._meta.label_lower if message.about else "",
        "subject_id": message.about.pk if message.about else None,
        "key": f"{message.event}:{message.key}:{reader}",
    }


def _write(notifications: list[Notification]) -> None:
    """Keep what was not told before, in the caller's transaction; e-mail follows after commit."""
    known = set(
        Notification.objects.filter(key__in=[one.key for one in notifications]).values_list("key", flat=True)
    )
    fresh = [one for one in notifications if one.key not in known]
    Notification.objects.bulk_create(fresh, ignore_conflicts=True)
    if settings.NOTIFICATIONS_BY_EMAIL and fresh:
        enqueue("notifications.email", keys=[one.key for one in fresh])
