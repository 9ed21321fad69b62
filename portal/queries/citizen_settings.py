"""What a citizen's settings wait for."""

from datetime import datetime

from portal.enums import NoticeChannel
from portal.models import Citizen, ContactCode


def waiting_code(citizen: Citizen, channel: NoticeChannel, at: datetime) -> ContactCode | None:
    """The code that was sent and not typed yet."""
    return ContactCode.objects.filter(
        citizen=citizen, channel=channel, used_at=None, expires_at__gt=at
    ).first()
