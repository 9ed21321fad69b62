"""The person's own page, the language, and what strangers are shown."""

import pytest
from django.urls import get_resolver, reverse

from egov.audit.models import AuditEvent
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.organizations import MembershipFactory

pytestmark = pytest.mark.django_db

OPEN = {"login", "second_factor_verify", "invitation_accept", "logout", "language"}
ARGUMENTS = {
    "invitation_accept": ["MQ", "abc-def"],
    "session_end": [1],
    "invitation_create": [1],
    "second_factor_reset": [1],
}
NAMES = sorted(pattern.name for pattern in get_resolver("egov.accounts.urls").url_patterns)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OPEN])
def test_a_stranger_is_sent_to_sign_in_from_every_page(client, name, method):
    address = reverse(f"accounts:{name}", args=ARGUMENTS.get(name, []))
    response = getattr(client, method)(address)
    assert response.status_code == 302
    assert response.url.startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_is_open_to_strangers_shows_them_nothing(client, name):
    user = UserFactory()
    response = client.post(reverse(f"accounts:{name}", args=ARGUMENTS.get(name, [])))
    assert response.status_code in {302, 410, 422}
    assert user.full_name not in response.content.decode()


def test_the_profile_shows_positions_and_keeps_contact_details(cast, sign_in):
    MembershipFactory(user=cast.an.user, agency=cast.chi.agency, position="Công chức kiêm nhiệm")
    client = sign_in(cast.an)
    page = client.get("/account/").content.decode()
    for words in ("Nguyễn Thị An", "Văn thư", "Công chức kiêm nhiệm", cast.chi.agency.name):
        assert words in page

    response = client.post("/account/", {"email": "an@thaibinh.example", "phone": "0912 345 678"})

    assert response.status_code == 302
    cast.an.user.refresh_from_db()
    assert (cast.an.user.email, cast.an.user.phone) == ("an@thaibinh.example", "0912 345 678")
    event = AuditEvent.objects.get(action="accounts.edit_profile")
    assert event.person.startswith("Nguyễn Thị An, Văn thư, ")


@pytest.mark.parametrize(
    "typed",
    [
        {"email": "không phải thư", "phone": ""},
        {"email": "", "phone": "abc"},
        {"email": "", "phone": "0" * 21},
        {"email": "a\x00@b.vn", "phone": ""},
    ],
)
def test_wrong_contact_details_are_refused_and_stay_in_the_form(cast, sign_in, typed):
    response = sign_in(cast.an).post("/account/", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "error-summary" in page
    if typed["phone"]:
        assert f'value="{typed["phone"]}"' in page


def test_a_person_without_position_can_still_look_after_the_account(client):
    user = UserFactory()
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    assert "Hiện không giữ chức vụ nào" in client.get("/account/").content.decode()
    client.post("/account/", {"email": "", "phone": "0912345678"})
    assert AuditEvent.objects.get(action="accounts.edit_profile").person == user.full_name


def test_the_language_is_kept_with_the_account(cast, sign_in):
    client = sign_in(cast.an)
    response = client.post(reverse("accounts:language"), {"language": "en", "next": "/account/"})
    assert response.url == "/account/"
    assert response.cookies["django_language"].value == "en"
    cast.an.user.refresh_from_db()
    assert cast.an.user.language == "en"


@pytest.mark.parametrize("language", ["fr", "zh-hans", "", "vi\x00", "../../x"])
def test_a_language_that_we_do_not_speak_is_not_kept(cast, sign_in, language):
    sign_in(cast.an).post(reverse("accounts:language"), {"language": language})
    cast.an.user.refresh_from_db()
    assert cast.an.user.language == "vi"


def test_the_language_switch_never_leads_to_another_site(client):
    response = client.post(reverse("accounts:language"), {"language": "en", "next": "https://evil.example/"})
    assert response.url == "/en/"


def test_pages_of_the_account_are_not_kept_by_the_browser(cast, sign_in):
    client = sign_in(cast.an)
    for name in ("profile", "session_list", "second_factor_enrol", "backup_codes", "password_change"):
        assert "no-store" in client.get(reverse(f"accounts:{name}"))["Cache-Control"]
