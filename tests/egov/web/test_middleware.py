"""Refusals in words, pages that no cache keeps, everything behind the sign-in, Vietnamese first."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories.documents import DocumentFactory


def test_a_refusal_is_a_page_in_words_with_a_way_back(cast, sign_in):
    response = sign_in(cast.dung).get(
        "/documents/outgoing/987654/", headers={"Referer": "http://testserver/documents/outgoing/"}
    )
    page = response.content.decode()
    assert response.status_code == 404
    assert "Không tìm thấy văn bản" in page
    assert 'href="http://testserver/documents/outgoing/"' in page


def test_the_way_back_never_leads_to_another_site(cast, sign_in):
    response = sign_in(cast.dung).get(
        "/documents/outgoing/987654/", headers={"Referer": "https://example.com/trap"}
    )
    page = response.content.decode()
    assert "example.com" not in page
    assert 'href="/today/"' in page


def test_htmx_gets_the_sentence_alone_for_the_place_of_messages(cast, sign_in):
    response = sign_in(cast.dung).get("/documents/outgoing/987654/", headers={"HX-Request": "true"})
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()


def test_a_part_of_a_page_after_the_session_has_ended_loads_the_page_anew(db):
    response = Client().get("/documents/incoming/", headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"


def test_no_cache_keeps_a_page(cast, sign_in):
    assert "no-store" in sign_in(cast.an).get("/today/")["Cache-Control"]


def test_pages_are_vietnamese_whatever_the_browser_asks_for(cast, sign_in):
    page = sign_in(cast.an).get("/today/", headers={"Accept-Language": "en-US,en;q=0.9"}).content.decode()
    assert '<html lang="vi">' in page


def test_the_chosen_language_holds(cast, sign_in):
    client = sign_in(cast.an)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="en">' in client.get("/today/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert '<html lang="vi">' in client.get("/today/").content.decode()


def test_the_policy_allows_nothing_inline(cast, sign_in):
    policy = sign_in(cast.an).get("/today/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "default-src 'none'" in policy


def test_a_post_without_its_token_is_refused_in_words(cast, sign_in):
    document = DocumentFactory(drafter=cast.an.membership)
    client = sign_in(cast.an)
    client.handler.enforce_csrf_checks = True
    response = client.post(reverse("documents:document_withdraw", args=[document.pk]))
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


@pytest.mark.parametrize("address", ["/nowhere/", "/documents/outgoing/abc/"])
def test_an_unknown_address_is_told_in_words(cast, sign_in, address):
    response = sign_in(cast.an).get(address)
    assert response.status_code == 404
    assert "Không tìm thấy trang hoặc văn bản" in response.content.decode()


def test_health_needs_no_sign_in(db):
    assert Client().get("/health/").status_code == 200
