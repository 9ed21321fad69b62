"""A sign-in as the server remembers it: begun, kept, carried to a new key, ended."""

from datetime import datetime
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone
from django_otp import login as remember_device
from django_otp.models import Device

from egov.accounts.login.address import address_of
from egov.accounts.models import User, UserSession
from egov.accounts.person import Person
from egov.audit.record import record

STARTED, SEEN, WAITING = "started_at", "seen_at", "second_step"
# Noting "seen now" costs two writes; a minute is exact enough for a person.
NOTE_EVERY = 60


def begin(request: HttpRequest, user: User, device: Device | None = None) -> None:
    """Sign the person in, in a session that shares neither key nor content with what was before it."""
    request.session.flush()
    if device is not None:
        user.otp_device = device  # type: ignore[attr-defined]  # django-otp remembers it on sign-in
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    UserSession.objects.filter(user=user).expired(timezone.now()).delete()
    _note(request, user)
    record(Person(user, address_of(request)), "accounts.signed_in", user, second_factor=device is not None)


def wait_for_second_step(request: HttpRequest, user: User, next_url: str) -> None:
    """Remember, in a new session without any right, who gave the right password."""
    request.session.flush()
    request.session[WAITING] = {
        "user": user.pk,
        "proof": user.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "next": next_url,
    }


def waiting_for_second_step(request: HttpRequest) -> tuple[User, str] | None:
    """Who gave the right password in this browser a moment ago, and where they wanted to go."""
    waiting: dict[str, Any] | None = request.session.get(WAITING)
    if (
        waiting is None
        or timezone.now().timestamp() - waiting["at"] > settings.SECOND_STEP_LASTS.total_seconds()
    ):
        return None
    user = User.objects.filter(pk=waiting["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != waiting["proof"]:
        return None
    return user, waiting["next"]


def raise_to_second_factor(request: HttpRequest, device: Device) -> None:
    """From now on this session counts as opened with a second factor; it gets a new key."""
    remember_device(request, device)
    carry_over(request)


def carry_over(request: HttpRequest) -> None:
    """Give the session a new key and keep it in the person's list."""
    before = request.session.session_key
    request.session.cycle_key()
    follow_key(before, request.session.session_key)


def follow_key(before: str | None, after: str | None) -> None:
    """Keep a session in the person's list after its key has changed."""
    if before and after:
        UserSession.objects.filter(session_key=before).update(session_key=after)


def keep(request: HttpRequest, user: User) -> bool:
    """Note that the session is in use; False when it has lasted a working day and is over."""
    now = timezone.now().timestamp()
    session = request.session
    if now - session.get(STARTED, now) > settings.SIGN_IN_LASTS.total_seconds():
        end(request)
        return False
    if STARTED not in session or now - session.get(SEEN, 0) >= NOTE_EVERY:
        _note(request, user)
    return True


def end(request: HttpRequest) -> None:
    """Sign out here."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def end_stored(session: UserSession) -> None:
    """Sign out elsewhere: the browser with that key is a stranger from its next request on."""
    _store(session.session_key).delete()
    session.delete()


def end_all(user: User, *, but: str | None = None) -> int:
    """Sign the person out everywhere, except in the session with the key ``but``; how many ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=but or ""))
    for session in sessions:
        end_stored(session)
    return len(sessions)


def _note(request: HttpRequest, user: User) -> None:
    now: datetime = timezone.now()
    session = request.session
    session.setdefault(STARTED, now.timestamp())
    session[SEEN] = now.timestamp()
    if session.session_key is None:
        session.create()
    UserSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={"user": user, "last_seen_at": now, "address": address_of(request)[:45]},
        create_defaults={
            "user": user,
            "started_at": datetime.fromtimestamp(session[STARTED], tz=now.tzinfo),
            "last_seen_at": now,
            "address": address_of(request)[:45],
            "user_agent": request.headers.get("User-Agent", "").replace("\0", "")[:300],
        },
    )


def _store(key: str) -> SessionBase:
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    return store
