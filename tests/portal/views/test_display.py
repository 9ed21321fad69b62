"""Contrast and size of type: kept for the person, never a way to another site."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_choice_is_kept_and_shows(client):
    answer = client.post("/display/", {"contrast": "high", "size": "larger", "next": "/en/"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    page = client.get("/").content.decode()
    assert 'data-contrast="high" data-size="larger"' in page


@pytest.mark.parametrize(
    "next_page", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x"]
)
def test_it_never_leads_to_another_site(client, next_page):
    answer = client.post("/display/", {"contrast": "high", "size": "x", "next": next_page})
    assert answer["Location"] == reverse("portal:home")


def test_what_is_not_a_choice_changes_nothing(client):
    client.cookies["display"] = '"><script>.larger'
    assert 'data-contrast="normal" data-size="larger"' in client.get("/").content.decode()
