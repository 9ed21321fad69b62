"""Guessing passwords: five tries, then a pause that is explained; the same for names that nobody has."""

import threading

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client
from django.utils import timezone

from egov.accounts.actions.accept_invitation import accept_invitation
from egov.accounts.login import invitation
from egov.accounts.person import Person
from egov.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, TotpDeviceFactory, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/"
WRONG = "khong-phai-mat-khau"


def give_password(client: Client, username: str, password: str = WRONG, *, address: str = "10.1.1.1"):
    return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address)


def lock(client: Client, username: str) -> None:
    for _try in range(5):
        response = give_password(client, username)
    assert response.status_code == 429


def test_the_fifth_wrong_password_locks_and_says_until_when(client, clock):
    UserFactory(username="an")
    statuses = [give_password(client, "an").status_code for _try in range(4)]
    locked = give_password(client, "an")
    page = locked.content.decode()
    assert statuses == [422] * 4
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert "Hãy thử lại sau 15 phút (từ 08:15)." in page


def test_the_right_password_does_not_open_a_locked_door(client, clock):
    UserFactory(username="an")
    lock(client, "an")
    assert give_password(client, "an", PASSWORD).status_code == 429
    assert "_auth_user_id" not in client.session


def test_knocking_does_not_lengthen_the_lock(client, clock):
    UserFactory(username="an")
    lock(client, "an")
    clock.shift(14 * 60)
    assert give_password(client, "an")["Retry-After"] == "60"
    clock.shift(61)
    assert give_password(client, "an", PASSWORD).status_code == 302


def test_another_browser_of_the_same_machine_is_locked_too(client, clock):
    UserFactory(username="an")
    lock(client, "an")
    other = Client(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    assert give_password(other, "An", PASSWORD).status_code == 429


def test_colleagues_and_other_machines_are_not_locked_out(client, clock):
    UserFactory(username="an")
    UserFactory(username="binh")
    lock(client, "an")
    assert give_password(Client(), "binh", PASSWORD).status_code == 302
    assert give_password(Client(), "an", PASSWORD, address="10.1.1.2").status_code == 302


def test_a_stated_forwarded_address_does_not_get_round_the_lock(client, clock):
    UserFactory(username="an")
    lock(client, "an")
    response = client.post(
        LOGIN,
        {"username": "an", "password": PASSWORD},
        REMOTE_ADDR="10.1.1.1",
        headers={"x-forwarded-for": "10.9.9.9"},
    )
    assert response.status_code == 429


def test_a_name_that_nobody_has_is_locked_alike(client, clock):
    UserFactory(username="an")
    lock(client, "an")
    nobody = Client()
    lock(nobody, "ai")
    known, unknown = give_password(client, "an").content, give_password(nobody, "ai").content
    assert known.count(b"csrf") == unknown.count(b"csrf")
    assert "Tạm khóa đăng nhập" in unknown.decode()


def test_the_lock_is_in_the_log_once(client, clock):
    user = UserFactory(username="an")
    lock(client, "an")
    give_password(client, "an")
    actions = list(AuditEvent.objects.values_list("action", "subject_id", "address"))
    assert actions == [("accounts.sign_in_failed", str(user.pk), "10.1.1.1")] * 4 + [
        ("accounts.locked_out", str(user.pk), "10.1.1.1")
    ]


def test_success_forgets_the_failures_but_only_after_the_second_factor(clock):
    device = TotpDeviceFactory()
    client = Client()
    for _try in range(4):
        give_password(client, device.user.username)
    assert give_password(client, device.user.username, PASSWORD).status_code == 302
    assert give_password(Client(), device.user.username).status_code == 429


def test_an_invitation_ends_the_lock(client, clock):
    invited = UserFactory(username="an", invited_at=timezone.now())
    lock(client, "an")
    _name, proof = invitation.link_parts(invited)
    accept_invitation(Person(user=invited), invited, proof=proof, password="Song-Tra-Ly-mua-lu-2026")
    assert give_password(client, "an", "Song-Tra-Ly-mua-lu-2026").status_code == 302


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_the_same_moment_are_counted_one_by_one():
    UserFactory(username="an")
    together = threading.Barrier(8)
    statuses: list[int] = []

    def guess() -> None:
        together.wait()
        try:
            statuses.append(give_password(Client(), "an").status_code)
        finally:
            connection.close()

    guesses = [threading.Thread(target=guess) for _guess in range(8)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()
    assert sorted(statuses) == [422] * 4 + [429] * 4
    assert AccessAttempt.objects.get().failures_since_start == 5


class CountingHasher(MD5PasswordHasher):
    """A real hasher that counts how often it worked."""

    algorithm = "counting"
    calls = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.fixture
def hashing(settings):
    settings.PASSWORD_HASHERS = [f"{CountingHasher.__module__}.{CountingHasher.__qualname__}"]
    CountingHasher.calls = 0
    return CountingHasher


@pytest.mark.parametrize("username", ["known", "unknown", "invited", "closed"])
def test_every_wrong_sign_in_costs_one_hash_whoever_is_named(
    client, hashing, django_assert_num_queries, username
):
    """The hash is what takes time, so equal counts are equal times."""
    UserFactory(username="known")
    UserFactory(username="invited", invited=True)
    UserFactory(username="closed", is_active=False)
    hashing.calls = 0
    give_password(client, username)
    assert hashing.calls == 1
