"""What a person has been told, and that they have seen it."""

from datetime import datetime

from egov.notifications.models import Notification, NotificationQuerySet
from egov.organizations.actor import Actor, SignedOut


def inbox(actor: Actor | SignedOut) -> NotificationQuerySet:
    """The actor's unread notifications, newest first."""
    return Notification.objects.visible_to(actor).unread()


def mark_read(actor: Actor | SignedOut, notification_id: int, *, at: datetime) -> bool:
    """Note that the actor has opened one; False when it is not theirs or was opened before."""
    return bool(inbox(actor).filter(pk=notification_id).update(read_at=at))
