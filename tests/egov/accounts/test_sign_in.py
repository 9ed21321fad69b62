"""Signing in: password, second factor, where one lands, what the log says."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from egov.accounts.models import User, UserSession
from egov.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, BackupCodesFactory, TotpDeviceFactory, UserFactory
from tests.support.totp import code_of, wrong_code_of

pytestmark = pytest.mark.django_db
LOGIN = "/sign-in/"
CODE = "/sign-in/code/"


def give_password(client: Client, username: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"username": username, "password": password, **more})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_without_second_factor_signs_in_with_the_password(client):
    user = UserFactory()

    response = give_password(client, user.username)

    assert response.status_code == 302
    assert response.url == reverse("documents:today")
    assert is_signed_in(client)
    assert not client.get(reverse("accounts:profile")).wsgi_request.user.is_verified()
    assert AuditEvent.objects.get(action="accounts.signed_in").details == {"second_factor": False}


def test_the_name_is_found_in_any_case_and_with_blanks_around_it(client):
    UserFactory(username="an.nguyen")
    give_password(client, " An.Nguyen ")
    assert is_signed_in(client)


def test_a_person_with_an_authenticator_is_not_signed_in_by_the_password_alone(client):
    device = TotpDeviceFactory()

    response = give_password(client, device.user.username)

    assert response.url == CODE
    assert not is_signed_in(client)
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_the_code_finishes_the_sign_in_and_counts_as_second_factor(client, clock):
    device = TotpDeviceFactory()
    give_password(client, device.user.username, next="/account/sessions/")

    response = client.post(CODE, {"code": code_of(device)})

    assert response.url == "/account/sessions/"
    assert client.get(reverse("accounts:profile")).wsgi_request.user.is_verified()
    assert AuditEvent.objects.get(action="accounts.signed_in").details == {"second_factor": True}


def test_a_code_works_once(clock):
    device = TotpDeviceFactory()
    first, second = Client(), Client()
    code = code_of(device)
    for client in (first, second):
        give_password(client, device.user.username)
        client.post(CODE, {"code": code})
    assert is_signed_in(first)
    assert not is_signed_in(second)


def test_a_wrong_code_is_refused_in_words_and_makes_the_next_one_wait(client, clock):
    device = TotpDeviceFactory()
    give_password(client, device.user.username)

    wrong = client.post(CODE, {"code": wrong_code_of(device)})
    too_soon = client.post(CODE, {"code": code_of(device)})
    clock.shift(2)
    in_time = client.post(CODE, {"code": code_of(device)})

    assert wrong.status_code == 422
    assert "Mã không đúng" in wrong.content.decode()
    assert too_soon.status_code == 429
    assert "Hãy thử lại sau 08:00:01" in too_soon.content.decode()
    assert in_time.status_code == 302
    assert AuditEvent.objects.filter(action="accounts.second_factor_failed").count() == 1


def test_a_backup_code_works_once_and_in_any_spelling(clock):
    device = TotpDeviceFactory()
    BackupCodesFactory(user=device.user, codes=["abcde23456"])
    first, second = Client(), Client()
    give_password(first, device.user.username)
    give_password(second, device.user.username)

    accepted = first.post(CODE, {"code": " ABCDE-23456 "})
    refused = second.post(CODE, {"code": "abcde-23456"})

    assert accepted.status_code == 302
    assert refused.status_code == 422
    assert "Mã dự phòng không đúng hoặc đã được dùng" in refused.content.decode()
    assert AuditEvent.objects.get(action="accounts.backup_code_used").details == {"left": 0}


@pytest.mark.parametrize("code", ["", "12345", "1234567", "á" * 20, "١٢٣٤٥٦", "-1", "1" * 21])
def test_odd_codes_are_refused_without_a_fault(client, clock, code):
    device = TotpDeviceFactory()
    BackupCodesFactory(user=device.user)
    give_password(client, device.user.username)
    assert client.post(CODE, {"code": code}).status_code == 422


def test_the_second_step_must_follow_soon(client, clock):
    device = TotpDeviceFactory()
    give_password(client, device.user.username)
    clock.shift(11 * 60)
    assert client.post(CODE, {"code": code_of(device)}).url == LOGIN
    assert not is_signed_in(client)


def test_a_password_changed_meanwhile_ends_the_second_step(client, clock):
    device = TotpDeviceFactory()
    give_password(client, device.user.username)
    device.user.set_password("Mot-mat-khau-khac-2025")
    device.user.save()
    assert client.post(CODE, {"code": code_of(device)}).url == LOGIN


def test_an_account_out_of_use_cannot_sign_in_nor_finish(client, clock):
    device = TotpDeviceFactory()
    give_password(client, device.user.username)
    User.objects.update(is_active=False)
    assert client.post(CODE, {"code": code_of(device)}).url == LOGIN
    assert give_password(client, device.user.username).status_code == 422


def test_an_account_closed_during_work_is_out_at_once(client):
    user = UserFactory()
    give_password(client, user.username)
    User.objects.update(is_active=False)
    assert client.get(reverse("accounts:profile")).status_code == 302


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:alert(1)",
        "https:evil.example",
        "/\\evil.example",
        "\x00",
    ],
)
def test_signing_in_never_leads_to_another_site(client, elsewhere):
    user = UserFactory()
    assert give_password(client, user.username, next=elsewhere).url == reverse("documents:today")


def test_the_second_step_never_leads_to_another_site(client, clock):
    device = TotpDeviceFactory()
    give_password(client, device.user.username, next="https://evil.example/")
    assert client.post(CODE, {"code": code_of(device)}).url == reverse("documents:today")


def test_a_wrong_password_keeps_the_name_and_not_the_password(client):
    UserFactory(username="an")
    response = give_password(client, "an", "sai-mat-khau-nay")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="an"' in page
    assert "sai-mat-khau-nay" not in page
    assert "Tên đăng nhập hoặc mật khẩu không đúng. Còn 4 lần thử trước khi tạm khóa." in page


def test_unknown_and_known_names_are_answered_alike(client):
    UserFactory(username="an")
    known = give_password(client, "an", "sai-mat-khau").content.decode().replace('value="an"', "")
    unknown = give_password(Client(), "ai", "sai-mat-khau").content.decode().replace('value="ai"', "")
    assert _without_token(known) == _without_token(unknown)


def test_a_name_that_nobody_has_is_not_kept_in_the_log(client):
    give_password(client, "mat-khau-go-nham-o", "x")
    event = AuditEvent.objects.get(action="accounts.sign_in_failed")
    assert "mat-khau" not in f"{event.subject_id} {event.details} {event.person}"


@pytest.mark.parametrize("username", ["", "x" * 61, "a\x00b", "ﷺ" * 60])
def test_odd_names_are_refused_without_a_fault(client, username):
    assert give_password(client, username).status_code == 422


def test_the_language_of_the_account_holds_after_sign_in(client):
    user = UserFactory(language="en")
    response = give_password(client, user.username)
    assert response.cookies["django_language"].value == "en"


def test_signing_out_ends_the_session_and_is_asked_by_post(client):
    user = UserFactory()
    give_password(client, user.username)
    assert client.get(reverse("accounts:logout")).status_code == 405
    assert client.post(reverse("accounts:logout")).url == LOGIN
    assert not is_signed_in(client)
    assert not UserSession.objects.exists()
    assert AuditEvent.objects.filter(action="accounts.signed_out").count() == 1


def test_who_is_signed_in_is_led_past_the_sign_in_page(client):
    user = UserFactory()
    give_password(client, user.username)
    assert client.get(LOGIN + "?next=/account/").url == "/account/"
    assert client.post(LOGIN, {"username": user.username, "password": PASSWORD}).status_code == 302


def test_the_last_sign_in_is_noted(client, clock):
    user = UserFactory()
    give_password(client, user.username)
    user.refresh_from_db()
    assert user.last_login == timezone.now()


def _without_token(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]+"', r"\1", page)
