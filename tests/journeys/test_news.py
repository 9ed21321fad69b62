"""News in two languages: written, edited and approved by three officials, each with their second factor."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from portal.content.models import NewsCategory, NewsIndexPage, NewsPage
from tests.factories.cast import Cast
from tests.factories.content import Newsroom
from tests.journeys.browser import PHONE, Windows
from tests.journeys.people import sign_in
from tests.portal.content.conftest import wagtails_templates  # noqa: F401  (fixture)

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("wagtails_templates"),
]
TITLE, ENGLISH = "Đối thoại với người dân về đất đai", "Dialogue with citizens about land"


def into_editors(windows: Windows, newsroom: Newsroom, name: str) -> Page:
    """The editors' pages, after a real sign-in of an official."""
    page = sign_in(windows, newsroom.people[name])
    page.goto("/cms/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def submit(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.locator("[name=action-submit]").click()
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")


def decide(page: Page, title: str, words: str) -> None:
    """Take the step that waits in the list of the first page."""
    page.goto("/cms/")
    page.get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=words).click()
    page.locator(".modal [type=submit]").click()
    expect(page.locator(".messages")).to_be_visible()


def test_news_in_two_languages(windows: Windows, cast: Cast):
    newsroom = Newsroom(cast.an.agency)
    NewsCategory.objects.create(name="Hoạt động", name_en="Activities", slug="activities")
    author = into_editors(windows, newsroom, "author")
    visitor = windows.open(size=PHONE)

    section = NewsIndexPage.objects.get(locale__language_code="vi")
    author.goto(reverse("wagtailadmin_pages:add", args=["content", "newspage", section.pk]))
    expect(author.locator("label[for=id_title]")).to_be_visible()
    author.locator("[name=title]").fill(TITLE)
    author.locator("[name=summary]").fill("Lãnh đạo tỉnh trả lời từng câu hỏi.")
    author.locator("[name=category]").select_option(label="Hoạt động")
    author.locator("[contenteditable=true]").first.click()
    author.keyboard.type("Buổi đối thoại mở cửa cho mọi người.")
    author.locator("[name=source]").fill("Văn phòng UBND tỉnh")
    # The editor of the text hands it to the form a moment after the last key.
    expect(author.locator("[name=body]")).to_have_value(re.compile("mọi người"))
    submit(author)

    editor = into_editors(windows, newsroom, "editor")
    decide(editor, TITLE, "Biên tập xong, chuyển duyệt đăng")
    visitor.goto("/news/")
    expect(visitor.get_by_role("link", name=TITLE)).to_have_count(0)

    approver = into_editors(windows, newsroom, "approver")
    decide(approver, TITLE, "Duyệt đăng")
    visitor.goto("/news/")
    visitor.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(visitor.get_by_text("Buổi đối thoại mở cửa cho mọi người.")).to_be_visible()

    # Before there is a translation an English reader gets the Vietnamese text, and is told so.
    address = NewsPage.objects.get(title=TITLE).slug
    visitor.goto(f"/en/news/{address}/")
    expect(visitor.get_by_role("note")).to_be_visible()
    expect(visitor.get_by_role("article")).to_have_attribute("lang", "vi")

    page = NewsPage.objects.get(title=TITLE)
    author.goto(reverse("simple_translation:submit_page_translation", args=[page.pk]))
    author.get_by_label("English").check()
    author.locator("main [type=submit]").click()
    english = NewsPage.objects.get(locale__language_code="en")
    author.goto(reverse("wagtailadmin_pages:edit", args=[english.pk]))
    author.locator("[name=title]").fill(ENGLISH)
    author.locator("[name=summary]").fill("The leaders of the province answer every question.")
    submit(author)
    decide(editor, ENGLISH, "Biên tập xong, chuyển duyệt đăng")
    decide(approver, ENGLISH, "Duyệt đăng")

    visitor.goto("/en/news/")
    visitor.get_by_role("link", name=ENGLISH).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(ENGLISH)
    expect(visitor.get_by_role("note")).to_have_count(0)
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
    expect(visitor.locator("link[hreflang=vi]")).to_have_attribute("href", re.compile(rf"/news/{address}/$"))
