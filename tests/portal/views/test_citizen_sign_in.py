"""Signing in through a provider of identities: a real one in its own process, and one that forges."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as conf
from django.test import Client

from egov.audit.models import AuditEvent
from portal.models import Citizen, CitizenSession
from portal.seeding.demo_people import EM, HOA
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.support.identity_provider import Forger, Provider

pytestmark = pytest.mark.django_db

NUMBER = "034190001234"
GOOD = {
    "personal_number": NUMBER,
    "name": "Nguyễn Thị Em",
    "identity_level": 2,
    "address": {"formatted": "Thôn Đông, xã Vũ Thư"},
}
NOT_SIGNED_IN = "Quý vị chưa được đăng nhập."


def begun(client: Client, wanted: str = "/my/") -> str:
    """The provider's page to which the portal sends the browser."""
    response = client.get("/citizen/sign-in/begin/", {"next": wanted})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def back(client: Client, address: str):
    """The browser follows the provider's redirect to the portal."""
    parts = urlsplit(address)
    return client.get(f"{parts.path}?{parts.query}")


def signed_in_by(provider: Forger, client: Client, number: str = EM.number, wanted: str = "/my/"):
    return back(client, provider.chosen(begun(client, wanted), number))


def assert_refused(client: Client, response, words: str, status: int = 400) -> None:
    assert response.status_code == status
    text = response.content.decode()
    assert NOT_SIGNED_IN in text
    assert words in text
    assert not CitizenSession.objects.exists()
    assert conf.CITIZEN_COOKIE_NAME not in client.cookies


def test_the_request_carries_state_nonce_and_a_challenge(identities: Provider):
    page = begun(Client())
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
    assert page.startswith(f"{identities.url}/oauth2/authorize?")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["state"]) >= 20
    assert len(asked["nonce"]) >= 20
    assert "openid" in asked["scope"].split()
    assert asked["redirect_uri"] == "http://testserver/citizen/callback/"


def test_a_person_signs_in_and_is_where_they_were(identities: Provider):
    client = Client()
    identities.person("em", **GOOD)
    response = back(client, identities.chosen(begun(client, "/my/?page=2"), "em"))
    assert (response.status_code, response["Location"]) == (302, "/my/?page=2")
    citizen = Citizen.objects.get()
    assert (citizen.personal_number, citizen.name, citizen.level, citizen.residence) == (
        NUMBER,
        "Nguyễn Thị Em",
        2,
        "Thôn Đông, xã Vũ Thư",
    )
    cookie = client.cookies[conf.CITIZEN_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert client.get("/my/").status_code == 200
    assert AuditEvent.objects.get(action="portal.signed_in").subject_id == str(citizen.pk)


def test_the_demo_s_provider_signs_in_as_well(forger: Forger):
    """It checks PKCE, which the other one does not."""
    client = Client()
    assert signed_in_by(forger, client).status_code == 302
    assert Citizen.objects.get().personal_number == EM.number


def test_name_level_and_residence_follow_the_provider(identities: Provider):
    CitizenFactory(personal_number=NUMBER, name="Tên cũ", residence="Nơi cũ", email="em@thu.example")
    client = Client()
    identities.person("em", **GOOD)
    back(client, identities.chosen(begun(client), "em"))
    citizen = Citizen.objects.get()
    assert (citizen.name, citizen.residence, citizen.email) == (
        "Nguyễn Thị Em",
        "Thôn Đông, xã Vũ Thư",
        "em@thu.example",
    )


def test_who_says_no_is_told_so(identities: Provider):
    client = Client()
    assert_refused(client, back(client, identities.denied(begun(client))), "đã dừng đăng nhập", 403)


def test_an_identity_that_was_not_checked_in_person_is_too_low(forger: Forger):
    client = Client()
    assert_refused(client, signed_in_by(forger, client, HOA.number), "chưa đạt mức độ 2", 403)


@pytest.mark.parametrize("level", [None, "", "cao", 0, True, [2], "2 "])
def test_a_level_that_nobody_agreed_on_counts_as_none(forger: Forger, level: object):
    forger.bend = lambda claims: claims.update(identity_level=level)
    client = Client()
    assert_refused(client, signed_in_by(forger, client), "chưa đạt mức độ 2", 403)


@pytest.mark.rule("onestop", 38)
@pytest.mark.parametrize(
    "number",
    [
        None,
        "",
        "03419000123",
        "0341900012345",
        "034190O01234",
        "٠٣٤١٩٠٠٠١٢٣٤",
        34190001234,
        "034190001234\n5",
    ],
)
def test_only_twelve_digits_are_a_person(forger: Forger, number: object):
    forger.bend = lambda claims: claims.update(personal_number=number)
    client = Client()
    assert_refused(client, signed_in_by(forger, client), "số định danh cá nhân 12 số", 403)


def test_claims_may_have_the_provider_s_own_names(forger: Forger, settings):
    settings.EID_CLAIMS = settings.EID_CLAIMS | {"personal_number": "vn_cccd", "level": "acr"}
    settings.EID_LEVELS = {"urn:loa:2": 2}
    forger.bend = lambda claims: claims.update(vn_cccd=claims.pop("personal_number"), acr="urn:loa:2")
    assert signed_in_by(forger, Client()).status_code == 302


FORGERIES = {
    "nonce of another sign-in": (lambda c: c.update(nonce="khác"), "own", "một lượt đăng nhập khác"),
    "no nonce": (lambda c: c.pop("nonce"), "own", "một lượt đăng nhập khác"),
    "another issuer": (lambda c: c.update(iss="https://gia-mao.example"), "own", "đã đăng ký cấp"),
    "no issuer": (lambda c: c.pop("iss"), "own", "Không đọc được"),
    "another client": (lambda c: c.update(aud="he-thong-khac"), "own", "một hệ thống khác"),
    "expired": (lambda c: c.update(exp=c["exp"] - 7200, iat=c["iat"] - 7200), "own", "đã hết hạn"),
    "no expiry": (lambda c: c.pop("exp"), "own", "Không đọc được"),
    "not yet": (lambda c: c.update(nbf=c["iat"] + 3600), "own", "Không đọc được"),
    "no signature": (lambda c: c, "none", "Chữ ký"),
    "a stranger's signature": (lambda c: c, "other key", "Chữ ký"),
    "signed with the shared secret": (lambda c: c, "client secret", "Chữ ký"),
    "changed after signing": (lambda c: c, "changed after signing", "Chữ ký"),
    "rubbish": (lambda c: c, "rubbish", "Không đọc được"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_certificate_signs_nobody_in(forger: Forger, name: str):
    forger.bend, forger.signing, words = FORGERIES[name]
    client = Client()
    assert_refused(client, signed_in_by(forger, client), words)


def test_what_the_provider_says_of_its_algorithms_changes_nothing(forger: Forger):
    forger.published = {"id_token_signing_alg_values_supported": ["none", "HS256", "RS256"]}
    forger.signing = "none"
    client = Client()
    assert_refused(client, signed_in_by(forger, client), "Chữ ký")


def test_an_answer_without_a_certificate_signs_nobody_in(forger: Forger):
    forger.without_id_token = True
    client = Client()
    assert_refused(client, signed_in_by(forger, client), "Không đọc được")


def test_a_provider_under_another_name_is_not_asked(forger: Forger):
    forger.published = {"issuer": "https://gia-mao.example"}
    client = Client()
    response = client.get("/citizen/sign-in/begin/")
    assert_refused(client, response, "xưng tên khác")


@pytest.mark.parametrize("state", ["", "khác", "x" * 5000, "\x00"])
def test_a_state_that_this_browser_did_not_begin_is_refused(forger: Forger, state: str):
    client = Client()
    begun(client)
    response = client.get("/citizen/callback/", {"code": "bất kỳ", "state": state})
    assert_refused(client, response, "không bắt đầu từ trình duyệt đang dùng")


def test_an_answer_is_worth_nothing_in_another_browser(forger: Forger):
    """Login CSRF: a link with somebody else's code and state."""
    theirs, mine = Client(), Client()
    address = forger.chosen(begun(theirs), EM.number)
    begun(mine)
    assert_refused(mine, back(mine, address), "không bắt đầu từ trình duyệt đang dùng")


def test_an_answer_counts_once(forger: Forger):
    client = Client()
    address = forger.chosen(begun(client), EM.number)
    assert back(client, address).status_code == 302
    again = back(client, address)
    assert again.status_code == 400
    assert "đã dùng rồi" in again.content.decode()
    assert CitizenSession.objects.count() == 1


def test_a_code_counts_once_even_for_a_new_beginning(forger: Forger):
    client = Client()
    used = forger.chosen(begun(client), EM.number)
    back(client, used)
    CitizenSession.objects.all().delete()
    client.cookies.pop(conf.CITIZEN_COOKIE_NAME)
    code = parse_qs(urlsplit(used).query)["code"][0]
    state = parse_qs(urlsplit(begun(client)).query)["state"][0]
    response = client.get("/citizen/callback/", {"code": code, "state": state})
    assert_refused(client, response, "mã đã dùng rồi")


def test_an_intercepted_code_is_worth_nothing_without_its_verifier(forger: Forger):
    client, thief = Client(), Client()
    code = parse_qs(urlsplit(forger.chosen(begun(client), EM.number)).query)["code"][0]
    state = parse_qs(urlsplit(begun(thief)).query)["state"][0]
    assert_refused(thief, thief.get("/citizen/callback/", {"code": code, "state": state}), "không nhận mã")


@pytest.mark.rule("onestop", 50)
def test_a_provider_that_does_not_answer_never_looks_like_a_sign_in(settings):
    settings.EID_ISSUER, settings.EID_CLIENT_ID = "http://127.0.0.1:9", "x"
    client = Client()
    assert_refused(client, client.get("/citizen/sign-in/begin/"), "chưa trả lời", 503)


def test_without_a_provider_the_page_says_so(settings):
    settings.EID_ISSUER = ""
    client = Client()
    assert client.get("/citizen/sign-in/").status_code == 200
    assert_refused(client, client.get("/citizen/sign-in/begin/"), "chưa kết nối", 503)


@pytest.mark.parametrize(
    "wanted",
    [
        "https://gia-mao.example/",
        "//gia-mao.example",
        "/\\gia-mao.example",
        "javascript:alert(1)",
        "http:///x",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(forger: Forger, wanted: str):
    client = Client()
    assert signed_in_by(forger, client, wanted=wanted)["Location"] == "/my/"
    assert client.get("/citizen/sign-in/", {"next": wanted})["Location"] == "/my/"


def test_a_planted_key_is_not_taken_over(forger: Forger):
    """Session fixation: what was in the browser before is nobody's sign-in."""
    client = Client()
    client.cookies[conf.CITIZEN_COOKIE_NAME] = "planted"
    signed_in_by(forger, client)
    assert client.cookies[conf.CITIZEN_COOKIE_NAME].value != "planted"
    thief = Client()
    thief.cookies[conf.CITIZEN_COOKIE_NAME] = "planted"
    assert thief.get("/my/").status_code == 302


def test_signing_out_ends_it_here_and_leads_to_the_provider(forger: Forger):
    client = Client()
    signed_in_by(forger, client)
    response = client.post("/citizen/sign-out/")
    assert response.status_code == 200
    assert not CitizenSession.objects.exists()
    assert client.cookies[conf.CITIZEN_COOKIE_NAME].value == ""
    there = urlsplit(response.context["way_out"])
    assert f"{there.scheme}://{there.netloc}{there.path}" == f"{forger.issuer}/sign-out"
    sent = parse_qs(there.query)
    assert sent["post_logout_redirect_uri"] == ["http://testserver/"]
    assert sent["id_token_hint"][0].count(".") == 2
    assert client.get("/my/").status_code == 302


def test_signing_out_does_not_wait_for_a_provider_that_is_gone(settings):
    settings.EID_ISSUER, settings.EID_CLIENT_ID = "http://127.0.0.1:9", "x"
    client = signed_in_citizen(Client(), CitizenFactory())
    CitizenSession.objects.update(id_token="a.b.c")
    assert client.post("/citizen/sign-out/").status_code == 200
    assert not CitizenSession.objects.exists()


def test_a_visitor_may_press_sign_out():
    assert Client().post("/citizen/sign-out/").status_code == 200


def test_after_an_expired_sign_in_one_is_back_where_one_was(forger: Forger):
    client = signed_in_citizen(Client(), CitizenFactory())
    CitizenSession.objects.all().delete()
    response = client.get("/my/?page=3")
    assert response["Location"] == "/citizen/sign-in/?next=%2Fmy%2F%3Fpage%3D3"
    page = client.get(response["Location"])
    assert "Phiên làm việc đã hết hạn" in page.content.decode()
    assert signed_in_by(forger, client, wanted=page.context["wanted"])["Location"] == "/my/?page=3"


def test_in_english_one_comes_back_to_the_english_page(forger: Forger):
    client = Client()
    response = client.get("/en/my/")
    assert response["Location"] == "/en/citizen/sign-in/?next=%2Fen%2Fmy%2F"
    assert signed_in_by(forger, client, wanted="/en/my/")["Location"] == "/en/my/"
