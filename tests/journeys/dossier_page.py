"""The page of a dossier as people use it in the browser."""

from dataclasses import dataclass

from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from egov.organizations.actor import Actor
from onestop.models import Dossier
from tests.journeys.browser import DESKTOP, Windows
from tests.journeys.test_accessible import at_work


@dataclass(frozen=True)
class ToldDay:
    """A line of the explanation: which day, whether it counts, why, how much has been counted by its end."""

    day: str
    counted: bool
    why: str
    so_far: str


def on_dossier(windows: Windows, actor: Actor, dossier: Dossier) -> Page:
    """The page before the eyes of somebody who has just signed in."""
    page = at_work(windows, actor, DESKTOP)
    page.goto(reverse("onestop:dossier_detail", args=[dossier.pk]))
    expect(page.get_by_role("heading", level=1)).to_have_text(dossier.version.name)
    return page


def form_of(page: Page, step: str) -> Locator:
    """The form of one step, with the folds that it lies in opened."""
    form = page.locator(f"form[action$='/steps/{step}/']")
    expect(form).to_have_count(1)
    folds = form.locator("xpath=ancestor::details[not(@open)]")
    while folds.count():
        folds.first.locator("summary").first.click()
    return form


def told(page: Page) -> Locator:
    """What the page says about the step just taken."""
    return page.locator(".alert")


def clock_panel(page: Page) -> Locator:
    """The appointment and what led to it."""
    return page.locator("section.panel", has=page.get_by_role("heading", name="Thời gian giải quyết"))


def fact(page: Page, label: str) -> Locator:
    """What the clock says under this label."""
    return clock_panel(page).locator(f"dt:text-is('{label}') + dd")


def told_days(page: Page) -> list[ToldDay]:
    """The explanation of the appointment, opened."""
    clock_panel(page).get_by_text("Vì sao là ngày này").click()
    days = clock_panel(page).locator(".counted-days").first.locator("li")
    expect(days.first).to_be_visible()
    return [_told_day(day) for day in days.all()]


def _told_day(line: Locator) -> ToldDay:
    counted, _colon, why = line.locator(".counted-why").inner_text().partition(": ")
    so_far = line.locator(".counted-so-far").inner_text().removeprefix("Đã tính được").strip()
    return ToldDay(line.locator("time").inner_text(), counted == "Tính", why, so_far)


def legs(page: Page) -> Locator:
    """The legs of its way, in the order of the plan."""
    return page.locator(".way > .way-leg")
