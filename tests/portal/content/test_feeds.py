"""What other machines read: feeds, the map of the site, what they should leave alone."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale

from onestop.models import LifeEvent
from portal.actions.inquiry import publish_inquiry, withdraw_inquiry
from portal.content.models import NewsPage
from tests.factories.content import Newsroom
from tests.factories.inquiries import make_inquiry_office, proposed
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def parsed(path: str) -> ElementTree.Element:
    response = Client().get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)  # noqa: S314  (our own answer)


def test_the_feed_of_news_tells_what_is_public(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news(title="Tin & “dấu”"))
    newsroom.news(title="Chưa đăng")
    for language in ("", "/en"):
        feed = parsed(f"{language}/news/feed/")
        entries = feed.findall(f"{ATOM}entry")
        assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Tin & “dấu”"]
        assert entries[0].find(f"{ATOM}link").get("href").endswith(f"/news/{page.slug}/")
        assert entries[0].findtext(f"{ATOM}updated")


def test_the_feed_of_legal_documents(newsroom: Newsroom):
    newsroom.publish(newsroom.legal("118/2025/NĐ-CP"))
    titles = [entry.findtext(f"{ATOM}title") for entry in parsed("/law/feed/").findall(f"{ATOM}entry")]
    assert titles == ["Nghị định 118/2025/NĐ-CP"]


def paths_of_map() -> set[str]:
    return {urlsplit(one.findtext(f"{MAP}loc")).path for one in parsed("/sitemap.xml")}


def test_the_map_names_both_languages(newsroom: Newsroom):
    page = newsroom.publish(newsroom.news())
    english = page.copy_for_translation(Locale.objects.get(language_code="en"))
    english.slug = "in-english"
    english.save_revision(user=newsroom.author.user)
    newsroom.publish(NewsPage.objects.get(pk=english.pk))
    draft = newsroom.news(title="Bản nháp")
    found = {
        one.findtext(f"{MAP}loc"): {link.get("hreflang") for link in one.findall(LINK)}
        for one in parsed("/sitemap.xml")
    }
    assert found[f"http://testserver/news/{page.slug}/"] == {"vi", "en"}
    assert found["http://testserver/en/news/in-english/"] == {"vi", "en"}
    assert found["http://testserver/"] == {"vi", "en"}
    assert not any(draft.slug in address for address in found)
    assert not any("/cms/" in address or "home-" in address for address in found)


def test_the_map_names_what_stands_by_itself_and_one_thing_of_many(newsroom: Newsroom, settings):
    version = ProcedureVersionFactory()
    event = LifeEvent.objects.create(code="birth", name="Sinh con", description="Khai sinh", order=1)
    event.procedures.add(version.procedure)
    office = make_inquiry_office(settings)
    now = timezone.now()
    answer = publish_inquiry(office.head, proposed(office, now), at=now)
    known = paths_of_map()
    for path in (
        f"/services/{version.procedure.local_code}/",
        "/services/life/birth/",
        f"/directory/{office.answering.pk}/",
        f"/questions/{answer.pk}/",
        "/open-data/",
        "/receipts/check/",
        "/news/",
    ):
        assert {path, f"/en{path}"} <= known
    shut = [line.partition(": ")[2] for line in text_of_robots().splitlines() if line.startswith("Disallow")]
    assert [path for path in known if path.startswith(tuple(shut))] == []
    withdraw_inquiry(office.head, answer.inquiry, reason="Sai", at=now)
    assert f"/questions/{answer.pk}/" not in paths_of_map()


def text_of_robots() -> str:
    return Client().get("/robots.txt").content.decode()


def test_robots_are_told_where_not_to_go(newsroom: Newsroom):
    text = text_of_robots()
    assert "Disallow: /cms/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
