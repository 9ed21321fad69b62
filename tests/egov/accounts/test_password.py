"""Passwords: changed by the person, set by invitation, never weak, hashed with Argon2."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import reverse

from egov.accounts.actions.accept_invitation import InvitationSpent, accept_invitation
from egov.accounts.actions.invite import invite
from egov.accounts.models import UserSession
from egov.accounts.person import Person
from egov.audit.models import AuditEvent
from egov.workflow.refusal import NotPermitted
from tests.factories.accounts import PASSWORD, TotpDeviceFactory, UserFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

pytestmark = pytest.mark.django_db
CHANGE = "/account/password/"
NEW = "Song-Tra-Ly-mua-lu-2026"


def work(user, password: str = PASSWORD) -> Client:
    client = Client()
    client.post("/sign-in/", {"username": user.username, "password": password})
    return client


def is_out(client: Client) -> bool:
    return client.get("/account/sessions/").status_code == 302


def change(client: Client, *, current: str = PASSWORD, new: str = NEW, repeated: str | None = None):
    return client.post(
        CHANGE, {"current": current, "new": new, "repeated": new if repeated is None else repeated}
    )


def test_a_changed_password_signs_the_person_out_everywhere_else():
    user = UserFactory()
    here, elsewhere = work(user), work(user)
    before = here.session.session_key

    response = change(here)

    assert response.url == "/account/"
    assert is_out(elsewhere)
    assert not is_out(here)
    assert here.session.session_key != before
    assert [row.session_key for row in UserSession.objects.all()] == [here.session.session_key]
    assert "_auth_user_id" not in work(user).session
    assert not is_out(work(user, NEW))
    assert AuditEvent.objects.filter(action="accounts.change_password", user_id=user.pk).count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"current": "khong-phai-mat-khau"}, "Mật khẩu đang dùng không đúng."),
        ({"new": "ngan"}, "Mật khẩu quá ngắn: cần ít nhất 12 ký tự."),
        ({"new": "123456789012"}, "field-error"),
        ({"new": "Nguyễn Thị An"}, "field-error"),
        ({"repeated": "khac"}, "Hai lần nhập mật khẩu mới không giống nhau."),
        ({"new": PASSWORD}, "Mật khẩu mới phải khác mật khẩu đang dùng."),
        ({"new": "a\x00" * 10}, "field-error"),
        ({"new": "x" * 201}, "field-error"),
    ],
    ids=["wrong", "short", "common", "own name", "repeated otherwise", "same", "nul", "too long"],
)
def test_a_change_that_protects_nobody_is_refused(typed, words):
    user = UserFactory(full_name="Nguyễn Thị An")
    client = work(user)
    response = change(client, **typed)
    assert response.status_code == 422
    assert words in response.content.decode()
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_guessing_the_password_in_use_locks_like_the_sign_in():
    client = work(UserFactory())
    statuses = [change(client, current="khong-phai-mat-khau").status_code for _try in range(5)]
    assert statuses == [422] * 4 + [429]


def test_the_form_sent_twice_changes_once():
    client = work(UserFactory())
    assert change(client).status_code == 302
    assert change(client).status_code == 422


def test_a_given_out_password_must_be_changed_before_all_else():
    user = UserFactory(must_change_password=True)
    client = work(user)
    assert client.get("/account/").url == CHANGE
    assert client.get("/account/", headers={"HX-Request": "true"})["HX-Redirect"] == CHANGE
    assert "do người khác cấp" in client.get(CHANGE).content.decode()
    change(client)
    assert client.get("/account/").status_code == 200


def test_whoever_must_change_the_password_can_still_leave():
    client = work(UserFactory(must_change_password=True))
    assert client.post("/sign-out/").status_code == 302
    assert is_out(client)


@pytest.fixture
def admin(db):
    return actor_for(MembershipFactory(agency_admin=True, agency=AgencyFactory(province=True)))


def colleague_of(actor, **fields):
    return MembershipFactory(agency=actor.agency, user=UserFactory(**fields)).user


def link_for(actor, user) -> str:
    return reverse("accounts:invitation_accept", args=invite(actor, user))


def test_an_invited_person_sets_the_password_and_signs_in_with_it(admin):
    user = colleague_of(admin, invited=True)
    client = Client()
    link = link_for(admin, user)
    assert user.username in client.get(link).content.decode()
    assert client.post(link, {"new": NEW, "repeated": NEW}).url == "/sign-in/"
    assert not is_out(work(user, NEW))
    assert AuditEvent.objects.filter(action="accounts.accept_invitation", user_id=user.pk).count() == 1


def test_a_link_works_once(admin):
    user = colleague_of(admin, invited=True)
    link = link_for(admin, user)
    assert Client().post(link, {"new": NEW, "repeated": NEW}).status_code == 302
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"new": NEW + "!", "repeated": NEW + "!"}).status_code == 410


def test_the_proof_is_asked_again_when_the_password_is_set(admin):
    user = colleague_of(admin)
    _name, proof = invite(admin, user)
    _name, newer = invite(admin, user)
    person = Person(user=user)
    if proof != newer:
        with pytest.raises(InvitationSpent):
            accept_invitation(person, user, proof=proof, password=NEW)
    accept_invitation(person, user, proof=newer, password=NEW)
    with pytest.raises(NotPermitted):
        accept_invitation(person, user, proof=newer, password=NEW)


def test_a_newer_link_replaces_the_older_one(admin, clock):
    user = colleague_of(admin, invited=True)
    older = link_for(admin, user)
    clock.shift(1)
    newer = link_for(admin, user)
    assert Client().get(older).status_code == 410
    assert Client().get(newer).status_code == 200


def test_a_link_grows_old(admin, clock):
    link = link_for(admin, colleague_of(admin))
    clock.shift(3 * 24 * 3600 + 1)
    page = Client().get(link)
    assert page.status_code == 410
    assert "không còn dùng được" in page.content.decode()


@pytest.mark.parametrize("name", ["MQ", "x", "%00", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk", "LTE", "4KWn"])
def test_a_made_up_link_is_refused_without_a_fault(name):
    assert Client().get(f"/invitation/{name}/abc-def/").status_code == 410


def test_a_reset_by_link_signs_out_whoever_was_in(admin):
    user = colleague_of(admin)
    thief = work(user)
    Client().post(link_for(admin, user), {"new": NEW, "repeated": NEW})
    assert not UserSession.objects.exists()
    assert is_out(thief)


def test_the_second_factor_stays_through_a_reset_by_link(admin):
    user = colleague_of(admin)
    TotpDeviceFactory(user=user)
    Client().post(link_for(admin, user), {"new": NEW, "repeated": NEW})
    assert "_auth_user_id" not in work(user, NEW).session


def test_the_administrator_gets_the_link_on_a_page(admin, sign_in):
    user = colleague_of(admin, invited=True)
    client = sign_in(admin)
    page = client.post(f"/accounts/{user.pk}/invitation/")
    assert page.status_code == 200
    assert Client().get(page.context["link"]).status_code == 200
    assert client.get(f"/accounts/{user.pk}/invitation/").status_code == 405


def test_production_hashes_with_argon2():
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
        "REDIS_URL": "redis://127.0.0.1/0",
        "SECRET_KEY": "s" * 50,
        "SIGNING_PEPPER": "p" * 32,
        "ALLOWED_HOSTS": "egov.example",
        "DJANGO_SETTINGS_MODULE": "egov.settings.production",
    }
    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.hashers import make_password\n"
        "from django.conf import settings\n"
        "kind = make_password('x').split('$')[0]\n"
        "print(kind, settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_NAME)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert told.stdout.split() == ["argon2", "True", "__Host-session"]


def test_argon2_passwords_open_accounts(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    user = UserFactory()
    assert user.password.startswith("argon2$argon2id$")
    assert make_password(PASSWORD) != user.password
    assert not is_out(work(user))
