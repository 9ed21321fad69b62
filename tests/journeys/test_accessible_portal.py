"""Axe finds nothing on any page of the portal: both languages, desk and phone, high contrast."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from portal.actions.inquiry import publish_inquiry
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.content import Newsroom
from tests.factories.inquiries import make_inquiry_office, proposed
from tests.factories.procedures import ProcedureVersionFactory
from tests.journeys.browser import DESKTOP, PHONE, Windows

LOOKS = [
    pytest.param(("vi", "normal", DESKTOP), id="vi-desktop"),
    pytest.param(("en", "normal", PHONE), id="en-phone"),
    pytest.param(("vi", "high", PHONE), id="high-contrast-phone"),
]
FOR_ALL = (
    "home", "find", "procedure_list", "agency_list", "commune_map", "lookup", "rate", "late_list",
    "questions", "question_ask", "feedback", "feedback_send", "protected_path", "inquiry_follow",
    "citizen_sign_in", "news", "guidance", "legal_documents", "about", "receipt_check",
)  # fmt: skip
FOR_CITIZENS = ("my_dossiers", "my_papers", "citizen_settings")


@pytest.fixture
def addresses(cast: Cast, settings: Settings) -> Callable[[], list[str]]:
    """Every page with something on it, in the language that is active."""
    version = ProcedureVersionFactory(name="Đăng ký khai sinh")
    office = make_inquiry_office(settings)
    answer = publish_inquiry(office.head, proposed(office, timezone.now()), at=timezone.now())
    newsroom = Newsroom(cast.an.agency)
    drafts = (newsroom.news(), newsroom.legal(), newsroom.guidance())
    # In English they stand with a notice that they have not been translated.
    articles = [newsroom.publish(draft).url for draft in drafts]

    def all_of_them() -> list[str]:
        code = version.procedure.local_code
        return [
            *(reverse(f"portal:{name}") for name in (*FOR_ALL, *FOR_CITIZENS)),
            reverse("portal:question_detail", args=[answer.pk]),
            reverse("portal:procedure_detail", args=[code]),
            reverse("portal:agency_detail", args=[cast.chi.agency.pk]),
            reverse("portal:apply", args=[code]),
            *(f"{'/en' if translation.get_language() == 'en' else ''}{article}" for article in articles),
        ]

    return all_of_them


@pytest.mark.journey
@pytest.mark.rule("onestop", 54)
@pytest.mark.timeout(600)
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(
    windows: Windows, addresses: Callable[[], list[str]], look: tuple[str, str, dict[str, int]]
) -> None:
    language, contrast, size = look
    page = windows.open(size=size)
    citizen = signed_in_citizen(Client(), CitizenFactory(reachable=True)).cookies[
        settings.CITIZEN_COOKIE_NAME
    ]
    cookies = {citizen.key: citizen.value, "display": f"{contrast}.normal"}
    page.context.add_cookies(
        [{"name": name, "value": value, "url": windows.site} for name, value in cookies.items()]
    )
    found = {}
    with translation.override(language):
        for address in addresses():
            page.goto(address)
            expect(page.locator("html")).to_have_attribute("lang", language)
            found[address] = faults(page)
    assert {address: these for address, these in found.items() if these} == {}


def faults(page: Page) -> list[str]:
    """Whatever axe finds, of any weight."""
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]}"
        for one in Axe().run(page).response["violations"]
        for node in one["nodes"]
    ]
