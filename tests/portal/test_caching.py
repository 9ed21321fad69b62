"""What shared caches may keep, and which language an address speaks."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import caches
from pytest_django.fixtures import Settings

from portal.enums import FindableKind
from portal.models import index_entry

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


@pytest.fixture
def keeping(settings: Settings) -> Iterator[None]:
    """Pages are kept in the memory of this process, as outside of tests."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages-in-test"}
    settings.CACHES = {**settings.CACHES, "pages": memory}
    yield
    caches["pages"].clear()


def told(number: int) -> str:
    """Something new of which the front page tells."""
    title = f"Tin số {number}"
    index_entry(
        kind=FindableKind.NEWS,
        key=str(number),
        title=title,
        url="/news/",
        language="vi",
        visible_from="2020-01-01T00:00:00+07:00",
    )
    return title


@pytest.mark.usefixtures("keeping")
def test_a_kept_page_is_given_to_whoever_tells_nothing_of_themselves(client):
    first = client.get("/")
    news = told(1)
    second = client.get("/")
    assert second.content == first.content
    assert second["Cache-Control"] == first["Cache-Control"]
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    client.cookies["display"] = "high.large"
    somebodys = client.get("/")
    assert news in somebodys.content.decode()
    assert "no-store" in somebodys["Cache-Control"]
    del client.cookies["display"]
    assert client.get("/").content == first.content


@pytest.mark.usefixtures("keeping")
def test_what_was_made_for_a_person_is_not_kept(client):
    client.cookies["display"] = "high.large"
    client.get("/")
    client.cookies.clear()
    assert 'data-contrast="high"' not in client.get("/").content.decode()


@pytest.mark.usefixtures("keeping")
def test_language_address_and_part_are_kept_apart(client):
    pages = [
        client.get("/find/?q=a"),
        client.get("/find/?q=b"),
        client.get("/en/find/?q=a"),
        client.get("/find/?q=a", headers={"HX-Request": "true"}),
        client.get("/find/?q=a", headers={"Host": "localhost"}),
    ]
    assert len({page.content for page in pages}) == len(pages)
