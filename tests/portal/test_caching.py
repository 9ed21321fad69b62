"""What shared caches may keep, and which language an address speaks."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


def test_a_page_without_a_person_may_be_kept(client):
    answer = client.get("/")
    assert "public" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]


def test_a_page_for_somebody_is_kept_nowhere(client):
    client.cookies["display"] = "high.large"
    assert "no-store" in client.get("/")["Cache-Control"]


def test_the_address_says_the_language_whatever_was_chosen_in_the_office(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert '<html lang="vi"' in client.get("/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
    assert '<html lang="en"' in client.get("/en/").content.decode()
