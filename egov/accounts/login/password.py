"""First step: name and password."""

from django.conf import settings
from django.contrib.auth import authenticate
from django.db import connection, transaction
from django.http import HttpRequest

from egov.accounts.login.address import address_of
from egov.accounts.models import User
from egov.accounts.person import Person
from egov.audit.record import record


def person_with_password(request: HttpRequest, username: str, password: str) -> User | None:
    """The account that this name and password open, or None.

    Counts failures by name and address; after ``AXES_FAILURE_LIMIT`` the answer is None without looking, and
    django-axes replaces the view's response by the lock-out page. A name that does not exist costs as much
    time and as many rows as one that does.
    """
    with transaction.atomic():
        _wait_for_turn(f"{username} {address_of(request)}")
        user = authenticate(request, username=username, password=password)
    if isinstance(user, User):
        return user
    _note_failure(request, username)
    return None


def proves_identity(request: HttpRequest, user: User, password: str) -> bool:
    """Whether the signed-in person knows their password; wrong tries count towards the lock-out."""
    proven = person_with_password(request, user.username, password)
    return proven is not None and proven.pk == user.pk


def attempts_left(request: HttpRequest) -> int | None:
    """How many more wrong passwords are tolerated; None when this request was not a failed sign-in."""
    failures: int | None = getattr(request, "axes_failures_since_start", None)
    return None if failures is None else max(0, settings.AXES_FAILURE_LIMIT - failures)


def _wait_for_turn(knocker: str) -> None:
    """One try at a time for a name and address: guesses sent together must not slip in before the count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('accounts.sign_in'), hashtext(%s))", [knocker])


def _note_failure(request: HttpRequest, username: str) -> None:
    """Write a failure to the audit log; tries during a lock-out were not looked at and are not written.

    A name that belongs to nobody may be a password typed into the wrong field, so it is not kept.
    """
    left = attempts_left(request)
    if left is None:
        return
    known = User.objects.filter(username=username).first()
    performer = Person(user=None, address=address_of(request))
    record(
        performer, "accounts.sign_in_failed" if left else "accounts.locked_out", known or "unknown account"
    )
