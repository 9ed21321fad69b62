"""Sessions: fresh keys, the person's list, how they end."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from egov.accounts.models import UserSession
from egov.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, TotpDeviceFactory, UserFactory
from tests.support.totp import code_of

pytestmark = pytest.mark.django_db
LIST = "/account/sessions/"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"


def work(user, *, agent: str = CHROME, address: str = "10.1.1.1") -> Client:
    client = Client(headers={"user-agent": agent}, REMOTE_ADDR=address)
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def is_out(client: Client) -> bool:
    return client.get("/account/").status_code == 302


def test_a_session_planted_before_sign_in_is_worth_nothing_after_it(client):
    user = UserFactory()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted

    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})

    assert client.session.session_key != planted
    assert "planted" not in client.session
    assert not Session.objects.filter(pk=planted).exists()


def test_each_step_of_the_sign_in_has_a_key_of_its_own(client, clock):
    device = TotpDeviceFactory()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": device.user.username, "password": PASSWORD})
    between = client.session.session_key
    client.post("/sign-in/code/", {"code": code_of(device)})
    assert client.session.session_key != between
    assert not Session.objects.filter(pk=between).exists()


def test_the_list_names_browser_address_and_the_one_in_use(clock):
    user = UserFactory()
    here = work(user)
    clock.shift(3600)
    work(user, agent=IPHONE, address="2001:db8::7")
    page = here.get(LIST)
    lines = page.context["sessions"]
    assert [(line.browser, line.address, line.here) for line in lines] == [
        ("Chrome trên Windows", "10.1.1.1", True),
        ("Safari trên iPhone", "2001:db8::7", False),
    ]
    assert lines[0].last_seen_at == timezone.now()
    assert lines[0].started_at == timezone.now() - timedelta(hours=1)


def test_people_see_and_end_their_own_sessions_only():
    an, dung = UserFactory(), UserFactory()
    client, stranger = work(an), work(dung)
    theirs = UserSession.objects.get(user=an)
    assert len(stranger.get(LIST).context["sessions"]) == 1
    # As if it had never been there: the answer tells nothing about the sessions of others.
    assert stranger.post(f"{LIST}{theirs.pk}/end/").url == LIST
    assert not is_out(client)


def test_one_session_can_be_ended_from_another_and_the_form_may_come_twice():
    user = UserFactory()
    here, lost = work(user), work(user, agent=IPHONE)
    pk = UserSession.objects.get(session_key=lost.session.session_key).pk
    for _time in range(2):
        assert here.post(f"{LIST}{pk}/end/").url == LIST
    assert is_out(lost)
    assert not is_out(here)
    assert AuditEvent.objects.filter(action="accounts.end_session", subject_id=str(user.pk)).count() == 1


def test_all_others_can_be_ended_at_once():
    user = UserFactory()
    here, other, third = work(user), work(user), work(user)
    here.post(f"{LIST}end-others/")
    assert is_out(other)
    assert is_out(third)
    assert not is_out(here)


def test_an_ended_session_is_not_brought_back_by_a_request_on_its_way(clock):
    user = UserFactory()
    client = work(user)
    session = client.session
    session["early"] = True
    UserSession.objects.all().delete()
    Session.objects.all().delete()
    session["late"] = True
    with pytest.raises(UpdateError):
        session.save()
    assert is_out(client)


def test_a_sign_in_ends_after_a_working_day_whatever_happens(clock):
    client = work(UserFactory())
    for _hour in range(12):
        clock.shift(3599)
        assert not is_out(client)
    clock.shift(60)
    assert is_out(client)
    assert not UserSession.objects.exists()


def test_a_sign_in_that_nobody_uses_ends_after_two_hours(clock):
    client = work(UserFactory())
    clock.shift(2 * 3600 + 1)
    assert is_out(client)


def test_expired_sessions_are_not_shown_and_are_cleared_by_the_task(clock):
    from egov.accounts.tasks import clear_sessions

    user = UserFactory()
    work(user)
    clock.shift(2 * 3600 + 1)
    stranger = UserFactory()
    here = work(stranger)
    assert UserSession.objects.count() == 2
    clear_sessions()
    assert [row.user_id for row in UserSession.objects.all()] == [stranger.pk]
    assert Session.objects.count() == 1
    assert not is_out(here)


def test_being_seen_is_noted_once_a_minute(clock, django_assert_num_queries):
    client = work(UserFactory())
    client.get("/account/")
    before = UserSession.objects.get().last_seen_at
    clock.shift(30)
    client.get("/account/")
    assert UserSession.objects.get().last_seen_at == before
    clock.shift(31)
    client.get("/account/")
    assert UserSession.objects.get().last_seen_at == timezone.now()
