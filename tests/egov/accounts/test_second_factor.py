"""Linking an authenticator, backup codes, and what is kept of them."""

import threading

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from egov.accounts.login.otp import WrongCode, backup_digest, new_backup_codes, verify_code
from egov.accounts.models import UserSession
from egov.audit.models import AuditEvent
from egov.workflow.refusal import Refusal
from tests.factories.accounts import PASSWORD, BackupCodesFactory, TotpDeviceFactory, UserFactory
from tests.support.totp import code_of, wrong_code_of

pytestmark = pytest.mark.django_db
ENROL = "/account/second-factor/"
CODES = "/account/backup-codes/"


def work(user, *, code: str = "") -> Client:
    client = Client()
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    if code:
        client.post("/sign-in/code/", {"code": code})
    assert "_auth_user_id" in client.session
    return client


def is_verified(client: Client) -> bool:
    return client.get("/account/").wsgi_request.user.is_verified()


def test_the_page_shows_the_secret_as_picture_and_as_text_without_inline_style(clock):
    client = work(UserFactory())
    response = client.get(ENROL)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<svg" in page
    assert "style=" not in page
    device = TOTPDevice.objects.get()
    assert not device.confirmed
    assert client.get(ENROL).context["key"] == response.context["key"]


def test_the_first_code_links_the_authenticator_and_gives_backup_codes(clock):
    user = UserFactory()
    client = work(user)
    client.get(ENROL)
    device = TOTPDevice.objects.get()
    before = client.session.session_key

    response = client.post(ENROL, {"code": code_of(device), "current": PASSWORD})

    codes = response.context["codes"]
    assert len(codes) == len(set(codes)) == 10
    assert is_verified(client)
    assert client.session.session_key != before
    assert UserSession.objects.get(user=user).session_key == client.session.session_key
    assert AuditEvent.objects.filter(action="accounts.enrol_second_factor").count() == 1
    clock.shift(31)
    assert is_verified(work(user, code=code_of(device)))
    assert is_verified(work(user, code=codes[0]))


def test_backup_codes_are_kept_as_digests_of_one_person():
    an, binh = UserFactory(), UserFactory()
    codes = new_backup_codes(an)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert not stored & {code.replace("-", "") for code in codes}
    assert backup_digest(an, codes[0]) in stored
    assert backup_digest(binh, codes[0]) not in stored


@pytest.mark.parametrize(
    ("code", "password", "words"),
    [
        ("right", "khong-phai-mat-khau", "Mật khẩu đang dùng không đúng."),
        ("wrong", PASSWORD, "Mã không đúng."),
        ("", PASSWORD, "field-error"),
    ],
)
def test_enrolment_needs_the_password_and_a_right_code(clock, code, password, words):
    client = work(UserFactory())
    client.get(ENROL)
    device = TOTPDevice.objects.get()
    typed = {"right": code_of(device), "wrong": wrong_code_of(device), "": ""}[code]
    response = client.post(ENROL, {"code": typed, "current": password})
    assert response.status_code == 422
    assert words in response.content.decode()
    device.refresh_from_db()
    assert not device.confirmed
    assert not is_verified(client)


def test_the_enrolment_form_sent_twice_links_once(clock):
    client = work(UserFactory())
    client.get(ENROL)
    form = {"code": code_of(TOTPDevice.objects.get()), "current": PASSWORD}
    client.post(ENROL, form)
    again = client.post(ENROL, form)
    assert again.status_code == 422
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


def test_enrolment_ends_the_sessions_that_were_opened_without_it(clock):
    user = UserFactory()
    client, other = work(user), work(user)
    client.get(ENROL)
    client.post(ENROL, {"code": code_of(TOTPDevice.objects.get()), "current": PASSWORD})
    assert other.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


def test_replacing_an_authenticator_needs_the_old_one(clock):
    user = UserFactory()
    password_only = work(user)
    old = TotpDeviceFactory(user=user)
    assert password_only.get(ENROL).status_code == 403
    assert password_only.post(ENROL, {"code": "1", "current": PASSWORD}).status_code == 403

    client = work(user, code=code_of(old))
    client.get(ENROL)
    new = TOTPDevice.objects.get(confirmed=False)
    client.post(ENROL, {"code": code_of(new), "current": PASSWORD})
    assert list(TOTPDevice.objects.all()) == [new]
    assert is_verified(client)


def test_a_session_that_began_without_the_second_factor_is_raised_in_a_new_key(clock):
    user = UserFactory()
    client = work(user)
    device = TotpDeviceFactory(user=user)
    before = client.session.session_key
    client.post("/sign-in/code/?next=/account/sessions/", {"code": code_of(device)})
    assert is_verified(client)
    assert client.session.session_key != before


def test_new_backup_codes_need_password_and_second_factor_and_spend_the_old_ones(clock):
    device = TotpDeviceFactory()
    BackupCodesFactory(user=device.user, codes=["abcde23456"])
    client = work(device.user, code=code_of(device))

    wrong = client.post(CODES, {"current": "khong-phai-mat-khau"})
    right = client.post(CODES, {"current": PASSWORD})

    assert wrong.status_code == 422
    assert len(right.context["codes"]) == 10
    with pytest.raises(WrongCode):
        verify_code(device.user, "abcde-23456", address="")
    assert right["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_backup_codes_cannot_be_made_without_second_factor(clock):
    user = UserFactory()
    client = work(user)
    assert reverse("accounts:second_factor_verify") in client.get(CODES).content.decode()
    assert client.post(CODES, {"current": PASSWORD}).status_code == 403


def test_a_used_up_device_taken_away_takes_the_right_from_open_sessions(clock):
    device = TotpDeviceFactory()
    client = work(device.user, code=code_of(device))
    device.delete()
    assert not is_verified(client)


@pytest.mark.django_db(transaction=True)
def test_a_guess_waits_for_the_one_before_it_and_for_its_penalty():
    """Otherwise a hundred guesses sent together would all be looked at."""
    device = TotpDeviceFactory()
    code = code_of(device)
    refused: list[str] = []

    def guess() -> None:
        try:
            verify_code(device.user, code, address="")
        except Refusal as refusal:
            refused.append(type(refusal).__name__)
        finally:
            connection.close()

    second = threading.Thread(target=guess)
    with transaction.atomic():
        first = TOTPDevice.objects.select_for_update().get(pk=device.pk)
        second.start()
        second.join(timeout=0.5)
        assert second.is_alive()
        for _failure in range(4):
            first.throttle_increment()
    second.join()
    device.refresh_from_db()
    assert refused == ["WrongCode"]
    assert device.throttling_failure_count == 4


@pytest.mark.django_db(transaction=True)
def test_of_right_codes_sent_at_the_same_moment_one_opens():
    device = TotpDeviceFactory()
    code = code_of(device)
    together = threading.Barrier(6)
    opened: list[bool] = []

    def enter() -> None:
        together.wait()
        try:
            verify_code(device.user, code, address="")
            opened.append(True)
        except Refusal:
            opened.append(False)
        finally:
            connection.close()

    entries = [threading.Thread(target=enter) for _entry in range(6)]
    for one in entries:
        one.start()
    for one in entries:
        one.join()
    assert sorted(opened) == [False] * 5 + [True]


def test_the_notice_leads_to_enrolment(cast, sign_in):
    client = work(UserFactory())
    assert reverse("accounts:second_factor_enrol") in client.get("/account/").content.decode()
    assert "Đang bật" in sign_in(cast.an).get("/account/").content.decode()
