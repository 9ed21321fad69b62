"""What can be seen of accounts and sessions."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts.login.browser import browser_in_words
from egov.accounts.models import User, UserSession
from egov.workflow.performer import Performer


@dataclass(frozen=True)
class SessionLine:
    """One browser in which the person is signed in, as the list shows it."""

    pk: int
    browser: str
    address: str
    started_at: datetime
    last_seen_at: datetime
    here: bool


@dataclass(frozen=True)
class SecondFactor:
    """How the person's second factor stands."""

    enrolled_at: datetime | None
    last_used_at: datetime | None
    backup_codes_left: int
    enrolled: bool


def own_account(actor: Performer) -> User:
    """The account of the person who acts."""
    if actor.user_id is None:
        raise User.DoesNotExist
    return User.objects.get(pk=actor.user_id)


def own_sessions(actor: Performer, *, current_key: str | None) -> list[SessionLine]:
    """Where the person is signed in, last used first, this browser on top."""
    sessions = UserSession.objects.filter(user=own_account(actor)).alive(timezone.now())
    lines = [
        SessionLine(
            pk=session.pk,
            browser=browser_in_words(session.user_agent),
            address=session.address,
            started_at=session.started_at,
            last_seen_at=session.last_seen_at,
            here=session.session_key == current_key,
        )
        for session in sessions
    ]
    return sorted(lines, key=lambda line: not line.here)


def own_second_factor(actor: Performer) -> SecondFactor:
    """Whether the person has a second factor and how many backup codes are left."""
    user = own_account(actor)
    device = TOTPDevice.objects.filter(user=user, confirmed=True).order_by("-pk").first()
    return SecondFactor(
        enrolled=device is not None,
        enrolled_at=device.created_at if device else None,
        last_used_at=device.last_used_at if device else None,
        backup_codes_left=StaticToken.objects.filter(device__user=user, device__confirmed=True).count(),
    )
