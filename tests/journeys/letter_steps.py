"""Reception and letters as people use them in the browser: forms by their labels, steps by their buttons."""

import re
from collections.abc import Iterator, Mapping
from importlib import import_module

from django.apps import apps
from django.urls import reverse
from playwright.sync_api import FilePayload, Locator, Page, expect

from complaints.models import ContentField, Matter, ReceptionQuota, Term
from documents.models import DocumentKind
from egov.organizations.actor import Actor
from tests.journeys.browser import DESKTOP, Windows, fits
from tests.journeys.test_accessible import at_work
from tests.support.pdf_text import text_of

# What stands behind the label of a field that may be left empty.
OPTIONAL = r"(\s*\(không bắt buộc\))?$"
Answer = str | bool | Actor | FilePayload


def law_in_force() -> None:
    """Terms, quotas, fields and kinds of documents, where an earlier journey has emptied every table."""
    law = import_module("complaints.migrations.0002_reference_data")
    kinds = import_module("documents.migrations.0002_document_kinds")
    for model, load in (
        (Term, law.load_terms),
        (ReceptionQuota, law.load_quotas),
        (ContentField, law.load_fields),
        (DocumentKind, kinds.load_kinds),
    ):
        if not model.objects.exists():
            load(apps)


def opened(windows: Windows, actor: Actor, name: str, *keys: object, size: dict[str, int] = DESKTOP) -> Page:
    """A page of the app by the name of its address, before the eyes of somebody who has just signed in."""
    page = at_work(windows, actor, size)
    page.goto(reverse(f"complaints:{name}", args=keys))
    return page


def on_matter(windows: Windows, actor: Actor, matter: Matter) -> Page:
    """The page of one content of a letter; its heading is the letter's code, never a name."""
    page = opened(windows, actor, "matter_detail", matter.pk)
    expect(page.get_by_role("heading", level=1)).to_contain_text(matter.letter.code)
    return page


def field(form: Page | Locator, label: str) -> Locator:
    """The field with this label, whether it may be left empty or not."""
    labelled = form.get_by_label(re.compile(f"^{re.escape(label)}{OPTIONAL}"))
    return labelled.and_(form.locator("input, select, textarea"))


def fill_in(form: Page | Locator, answers: Mapping[str, Answer]) -> None:
    """Answer the fields of these labels: text, a choice by its words, a tick, a person, a file."""
    for label, answer in answers.items():
        one = field(form, label)
        if isinstance(answer, bool):
            one.set_checked(answer)
        elif isinstance(answer, Actor):
            person = one.locator("option", has_text=answer.user.full_name)
            one.select_option(person.get_attribute("value"))
        elif isinstance(answer, dict):
            one.set_input_files(answer)
        elif one.evaluate("node => node.tagName") == "SELECT":
            one.select_option(label=answer)
        else:
            one.fill(answer)


def step_form(page: Page, step: str) -> Locator:
    """The form of one step on a letter's page, with the folds that it lies in opened."""
    form = page.locator(f"form[action$='/{step}/']")
    expect(form).to_have_count(1)
    folds = form.locator("xpath=ancestor::details[not(@open)]")
    while folds.count():
        folds.first.locator("summary").first.click()
    return form


def take_step(page: Page, step: str, answers: Mapping[str, Answer] | None = None, *, told: str) -> None:
    """Answer what a step asks for, press its button, and read what the page says of it."""
    form = step_form(page, step)
    fill_in(form, answers or {})
    form.locator("button").click()
    expect(says(page)).to_contain_text(told)


def take_page(page: Page, link: str, answers: Mapping[str, Answer], *, told: str) -> None:
    """Follow the link to a step that has a page of its own, answer, press, and read what is said of it."""
    way = page.get_by_role("main").get_by_role("link", name=link, exact=True)
    folds = way.locator("xpath=ancestor::details[not(@open)]")
    while folds.count():
        folds.first.locator("summary").first.click()
    way.click()
    form = page.get_by_role("main").locator("form")
    fill_in(form, answers)
    form.locator("button").click()
    expect(says(page)).to_contain_text(told)


def says(page: Page) -> Locator:
    """What the page says about the step just taken."""
    return page.locator(".alert").first


def chip(page: Page) -> Locator:
    """The state in which the page shows its matter."""
    return page.locator(".title-note .chip").first


def fits_loaded(page: Page) -> bool:
    """Whether nothing is wider than the window, once its styles are there."""
    page.wait_for_load_state()
    return fits(page)


def pdf_behind(page: Page, link: str) -> str:
    """The text of the PDF that a link of the page leads to."""
    address = page.get_by_role("main").get_by_role("link", name=link).get_attribute("href")
    answer = page.request.get(str(address))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    return text_of(answer.body())


def cells_of(row: Locator) -> dict[str, str]:
    """What a line of a table says under each heading."""
    return dict(_cells(row))


def _cells(row: Locator) -> Iterator[tuple[str, str]]:
    for cell in row.locator("td").all():
        yield cell.get_attribute("data-label") or "", " ".join(cell.inner_text().split())
