"""Whatever is typed into the forms of reception, letters, settlement and seal is taken or refused in words.

Every form that a page offers to the people of an office is sent again and again: what it shows with one sort
of field spoiled each time, keys of another body among what spoils them. Nothing of it may be a fault of the
server, and nothing of another body may change.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import cycle

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, resolve, reverse
from django.urls.exceptions import Resolver404

from complaints import urls
from complaints.enums import Direction, DutyKind, MatterState
from complaints.models import Duty, Letter, Matter
from complaints.views import letter_work, processing, settlement_steps
from egov.numbering.models import Series
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from tests.architecture.planted_letters import plant_letters
from tests.architecture.planted_reception import plant_reception
from tests.architecture.planted_sealed import plant_sealed
from tests.factories.letters import LetterFactory, MatterFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.settlements import drafted, make_bench, processed, settled, verified, vn
from tests.support.signed_in import signed_in

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("trust", "own_file_store", "clock"),
    pytest.mark.timeout(400),
]
SERVER_ERROR = 500
FOREIGN = "của cơ quan khác"
HUGE = "9" * 30
LONG = "chữ " * 25_000
# What spoils each sort of field; "" stands for a sort that is left as the page shows it.
SPOILS: tuple[dict[str, str], ...] = (
    {"text": LONG, "password": LONG, "number": HUGE, "choice": HUGE, "hidden": HUGE},
    {"text": "tr\0ống", "password": "\0" * 20, "number": "-1", "choice": "\0", "hidden": "\0"},
    {"text": "31/12/9999", "number": "99999999999"},
)


@dataclass
class Sent:
    """A form as the page shows it: where it goes and the sort and value of each of its fields."""

    action: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)

    def spoiled(self, spoil: dict[str, str]) -> dict[str, object]:
        data: dict[str, object] = {
            name: spoil.get(sort) or value or ("x" if sort == "text" else "")
            for name, (sort, value) in self.fields.items()
        }
        files = {
            name: SimpleUploadedFile("\x00" * 3 + "x" * 300 + ".pdf", b"%PDF-1.7\0") for name in self.files
        }
        return data | files


class Forms(HTMLParser):
    """The forms of a page that are sent by POST."""

    SORTS = {"hidden": "hidden", "password": "password", "number": "number", "radio": "choice"}

    def __init__(self, page: str) -> None:
        super().__init__()
        self.page, self.found, self.open = page, list[Sent](), None
        self.select = self.area = ""

    def feed_all(self, text: str) -> list[Sent]:
        self.feed(text)
        return self.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form" and given.get("method") == "post":
            self.open = Sent(given.get("action") or self.page)
            self.found.append(self.open)
        if self.open is None or name == "csrfmiddlewaretoken":
            return
        if tag == "select":
            self.select = name
            self.open.fields[name] = ("choice", "")
        elif tag == "option" and self.select and (value and not self.open.fields[self.select][1]):
            self.open.fields[self.select] = ("choice", value)
        elif tag == "textarea":
            self.open.fields[name] = ("text", "")
        elif tag == "input" and given.get("type") == "file":
            self.open.files.append(name)
        elif tag == "input" and name:
            self.open.fields[name] = (self.SORTS.get(given.get("type", "text"), "text"), value)
        elif tag == "button" and name:
            self.open.fields[name] = ("button", value)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = ""


@dataclass(frozen=True)
class Office:
    """One body with a matter at every stage; the same person handles all, another one leads."""

    agency: Agency
    leader: Actor
    clerk: Actor
    keys: dict[str, int]
    matters: tuple[int, ...]


@pytest.fixture
def office() -> Office:
    agency = AgencyFactory(parent=AgencyFactory(province=True))
    keys = {
        **plant_letters(agency, "của mình"),
        **plant_reception(agency, "của mình"),
        **plant_sealed(agency, "của mình"),
    }
    bench = make_bench(agency)
    dates = {"received": vn(2025, 8, 4), "at": vn(2025, 8, 11)}
    for kind in ("complaint", "denunciation"):
        processed(bench, received=dates["received"], kind=kind)
        verified(bench, kind=kind, **dates)
        drafted(bench, kind=kind, **dates)
    settled(bench, on=vn(2025, 9, 1).date(), **dates)
    accepted = verified(bench, **dates)
    Matter.objects.filter(pk=accepted.pk).update(state=MatterState.SUSPENDED)
    # Letters of the factory took numbers of their own; those of the register begin behind them.
    for book in ("D", "TC", "TT"):
        Series.objects.create(agency=agency, book=f"complaints-{book}", year=2025, last_number=90_000)
    clerk = MembershipFactory(agency=agency, registry=True)
    for kind in DutyKind:
        Duty.objects.create(membership=clerk, kind=kind, basis="QĐ", valid_from=vn(2021, 1, 1).date())
    mine = Matter.objects.filter(letter__agency=agency)
    mine.update(handler=clerk)
    return Office(
        agency, bench.leader, actor_for(clerk), keys, tuple(mine.order_by("pk").values_list("pk", flat=True))
    )


@pytest.fixture
def other() -> tuple[int, ...]:
    """Keys of another body: a letter with its matter, and who serves there."""
    letter = LetterFactory(sent_by=FOREIGN)
    matter = MatterFactory(letter=letter, summary=FOREIGN, subject=FOREIGN)
    return letter.pk, matter.pk, MembershipFactory(agency=letter.agency).pk


STEPS = {
    "letter_step": letter_work.STEPS,
    "processing_step": processing.STEPS,
    "settlement_step": settlement_steps.STEPS,
    "proposal_create": Direction.values,
}


def patterns() -> Iterator[tuple[str, list[str]]]:
    for one in urls.urlpatterns:
        assert isinstance(one, URLPattern)
        yield str(one.name), list(one.pattern.converters)


def addresses(office: Office, key: int | None = None) -> Iterator[str]:
    """Every address of the app with the office's keys in it, or all with that one; each step of each page."""
    for view, words in patterns():
        own = office.keys.get(view, office.keys["matter"])
        usual = {"ordinal": 1, "file_pk": key or office.keys["file"]}
        for step in STEPS.get(view, ("x",)):
            given = {word: usual.get(word, key or own) for word in words}
            given |= {word: step for word in words if word in {"name", "direction"}}
            yield reverse(f"complaints:{view}", kwargs=given)


def pages(office: Office) -> Iterator[str]:
    yield from addresses(office)
    for matter in office.matters:
        yield reverse("complaints:matter_detail", args=[matter])


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Watch:
    """A client that tells every fault of the server, with the exception behind it."""

    def __init__(self, actor: Actor) -> None:
        self.client = signed_in(actor, client=Client(raise_request_exception=False))
        self.faults: list[str] = []
        self.asked = 0
        self.error = ""

    def ask(self, method: str, path: str, data: dict[str, object] | None = None, why: object = "") -> str:
        self.asked += 1
        with undone(), self._listening():
            response = getattr(self.client, method)(path, data)
            if response.streaming:
                b"".join(response.streaming_content)
                return ""
        if response.status_code >= SERVER_ERROR:
            self.faults.append(f"{method} {path} {why}: {self.error}")
        return response.content.decode(errors="replace")

    @contextmanager
    def _listening(self) -> Iterator[None]:
        def hear(**_rest: object) -> None:
            self.error = repr(sys.exc_info()[1])[:300]

        got_request_exception.connect(hear)
        try:
            yield
        finally:
            got_request_exception.disconnect(hear)


def forms_of(watch: Watch, office: Office) -> dict[object, Sent]:
    """Each form once that the pages offer this person: the same step of another matter is the same form."""
    found: dict[object, Sent] = {}
    for path in pages(office):
        for form in Forms(path).feed_all(watch.ask("get", path)):
            try:
                match = resolve(form.action.partition("?")[0])
            except Resolver404:
                continue
            if match.namespace == "complaints":
                steps = tuple(value for word, value in match.kwargs.items() if not word.endswith("pk"))
                found.setdefault((match.view_name, steps, tuple(sorted(form.fields))), form)
    return found


def outside(office: Office) -> list[tuple[object, ...]]:
    """What stands elsewhere."""
    theirs = Matter.objects.exclude(letter__agency=office.agency).exclude(agency=office.agency)
    return list(theirs.order_by("pk").values_list("pk", "state", "handler", "summary", "letter__root"))


@pytest.mark.rule("complaints", 35)
def test_no_form_breaks_whatever_is_typed(office: Office, other: tuple[int, ...]):
    """Each form once, by the leader or by who handles everything; each key of another body by turns."""
    before, known, leaked, faults = outside(office), set[object](), list[str](), list[str]()
    keys = cycle(str(key) for key in other)
    for person in (office.leader, office.clerk):
        watch = Watch(person)
        for kind, form in forms_of(watch, office).items():
            if kind in known:
                continue
            known.add(kind)
            foreign = dict.fromkeys(("choice", "hidden", "number"), next(keys)) | {"text": "\x1b[2J\u202e"}
            for spoil in (*SPOILS, foreign):
                why = {sort: typed[:12] for sort, typed in spoil.items()}
                if FOREIGN in watch.ask("post", form.action, form.spoiled(spoil), why):
                    leaked.append(form.action)
        faults += watch.faults
    assert faults == []
    assert leaked == []
    assert outside(office) == before
    assert len(known) > 50


def test_keys_that_nothing_has_are_told_in_words(office: Office):
    watch = Watch(office.clerk)
    for key in (0, int(HUGE)):
        for path in set(addresses(office, key)):
            for method in ("get", "post"):
                watch.ask(method, path)
    assert watch.faults == []


def test_no_list_breaks_whatever_it_is_asked_for(office: Office):
    """Filters, periods, pages: each name that a page's own links and filters use, with garbage."""
    watch = Watch(office.leader)
    lists = [reverse(f"complaints:{view}") for view, words in patterns() if not words]
    for path in lists:
        text = watch.ask("get", path)
        names = {*re.findall(r'name="([a-z_]+)"', text), "page", "after", "before", "year", "q", "sort"}
        for wrong in ("\0", "-1", HUGE, "31/12/9999", "0001-01-01"):
            watch.ask("get", path, dict.fromkeys(names, wrong), wrong[:20])
    assert watch.faults == []


def test_whatever_belongs_to_another_body_stays_closed(office: Office, other: tuple[int, ...]):
    watch = Watch(office.clerk)
    letter, matter, _member = other
    for key in (letter, matter):
        for path in set(addresses(office, key)):
            if Letter.objects.visible_to(office.clerk).filter(pk=key).exists():
                continue
            assert FOREIGN not in watch.ask("get", path)
            watch.ask("post", path, {"summary": "x", "reason": "x", "words": "x"})
    assert watch.faults == []
