"""A power cut at the desk of letters, a worker killed while a decision is issued: one letter with one number,
one decision with one number, and the matter as the decision says."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
import requests
from celery import Celery
from django.utils import timezone

from tests.faults.counter import HOLD_SESSION, TOKEN, WAITS, clicking
from tests.faults.province import HOLD_HOP, INSIDE_HOP
from tests.support.processes import Installation, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]
WAIT_SECONDS = 60
HOLD_NUMBERS = """
    SELECT 1 FROM numbering_series WHERE agency_id = %s AND book = 'complaints-D' FOR UPDATE
"""
HOLD_MATTER = "SELECT 1 FROM complaints_matter WHERE id = %s FOR UPDATE"
ENTERED = "SELECT id, code FROM complaints_letter WHERE idempotency_key = %s"
# The register's last number, and how many letters and different numbers stand in it.
REGISTER = """
    SELECT series.last_number, count(letter.id)::int, count(DISTINCT letter.number)::int
    FROM numbering_series series JOIN complaints_letter letter
      ON letter.agency_id = series.agency_id AND letter.year = series.year AND letter.series = 'D'
    WHERE series.agency_id = %s AND series.book = 'complaints-D' GROUP BY series.id
"""
PARTS = """
    SELECT (SELECT count(*)::int FROM complaints_matter WHERE letter_id = %s),
           (SELECT count(*)::int FROM complaints_participant WHERE letter_id = %s),
           (SELECT count(*)::int FROM complaints_matterchange change
              JOIN complaints_matter matter ON matter.id = change.matter_id WHERE matter.letter_id = %s)
"""
# What the decision says and what the matter says of it; how often it is in the register of outgoing papers.
STANDS = """
    SELECT matter.state, document.state, outcome.notation = document.notation AND document.notation <> '',
           (SELECT count(*)::int FROM documents_outgoingentry WHERE document_id = document.id),
           (SELECT count(*)::int FROM complaints_matterchange
             WHERE matter_id = matter.id AND after = 'settled')
    FROM complaints_matter matter JOIN complaints_outcome outcome ON outcome.matter_id = matter.id
    JOIN documents_document document ON document.id = outcome.document_id WHERE matter.id = %s
"""
DELIVERED = "SELECT state, count(*)::int FROM documents_delivery WHERE document_id = %s GROUP BY state"
WAITING, ISSUED = ("settling", "sealed", False, 1, 0), ("settled", "issued", True, 1, 1)


@dataclass
class Desk:
    """The registry clerk, who also enters letters, with a browser before the web process."""

    installation: Installation

    def __post_init__(self) -> None:
        begun = json.loads(self.act("begin"))
        self.agency, self.session = begun["agency"], begun["session"]
        self.open()

    def act(self, word: str) -> str:
        return self.installation.run("-m", "tests.faults.letters_desk", word)

    def sign_in(self) -> None:
        """A session that has rested for a while: the next request notes it after the work is done."""
        self.session = self.act("session")

    def open(self) -> None:
        self.site = self.installation.start_web()

    def cut_power(self) -> None:
        self.installation.kill("web")

    def get(self, path: str) -> requests.Response:
        return requests.get(f"{self.site}{path}", cookies=self._cookies, allow_redirects=False, timeout=60)

    def post(self, path: str, data: dict[str, str]) -> requests.Response:
        return requests.post(
            f"{self.site}{path}",
            data={**data, "csrfmiddlewaretoken": TOKEN},
            cookies=self._cookies,
            allow_redirects=False,
            timeout=60,
        )

    def enter(self, key: str) -> requests.Response:
        """Press “Vào sổ” on the page with this key."""
        return self.post("/letters/enter/", typed(key))

    def issue(self, document: int) -> requests.Response:
        return self.post(f"/documents/outgoing/{document}/issue/", {})

    @contextmanager
    def inside(self, statement: str) -> Iterator[None]:
        """Wait until a process waits for a lock in a statement that has these words."""
        wait_until(
            lambda: self.installation.rows(WAITS, f"%{statement}%")[0][0] >= 1, statement, WAIT_SECONDS
        )
        yield

    def letters_of(self, key: str) -> list[tuple[int, str]]:
        return self.installation.rows(ENTERED, key)

    def check_entered(self, key: str) -> int:
        """One whole letter of that page, in a register without gaps; pressing again leads to it."""
        ((letter, _code),) = self.letters_of(key)
        assert self.installation.rows(PARTS, letter, letter, letter) == [(1, 1, 1)]
        for last, there, different in self.installation.rows(REGISTER, self.agency):
            assert last == there == different
        assert self.enter(key).headers["Location"] == f"/letters/{letter}/entered/"
        assert len(self.letters_of(key)) == 1
        return letter

    @property
    def _cookies(self) -> dict[str, str]:
        return {"sessionid": self.session, "csrftoken": TOKEN}


def typed(key: str) -> dict[str, str]:
    """What a browser sends of the page on which a letter is entered."""
    today = timezone.localdate()
    return {
        "key": key,
        "channel": "post",
        "received_on": f"{today - timedelta(days=1):%d/%m/%Y}",
        "received_time": "08:30",
        "written_on": f"{today - timedelta(days=2):%d/%m/%Y}",
        "source": "sender",
        "sender_kind": "individual",
        "people": "1",
        "is_vietnamese": "on",
        "is_named": "on",
        "is_signed": "on",
        "is_readable": "on",
        "person-count": "1",
        "person-0-name": "Vũ Thị Lan",
        "person-0-address": "Thôn Tân An",
        "person-0-role": "principal",
        "person-0-has_signed": "on",
        "content-count": "1",
        "content-0-kind": "complaint",
        "content-0-summary": "Đề nghị xem xét lại mức bồi thường",
        "content-0-subject_kind": "decision",
        "content-0-subject": "Quyết định số 12/QĐ-UBND",
        "content-0-stage": "first",
        "paper-count": "1",
        "paper-0-kind": "letter",
        "paper-0-name": "",
        "next": "enter",
    }


@pytest.fixture
def desk(installation: Installation) -> Iterator[Desk]:
    """The desk with its web process, and a letter of today so that the register has begun."""
    desk = Desk(installation)
    assert desk.enter(f"first-{uuid4().hex}").status_code == 302
    yield desk
    for name in [name for name in installation.running if name != "beat"]:
        installation.kill(name)


@pytest.mark.rule("complaints", 7)
def test_the_power_goes_between_the_number_and_the_receipt(installation: Installation, desk: Desk) -> None:
    """First while the number is taken and nothing committed, then after the commit and before the answer."""
    key = uuid4().hex
    with (
        installation.held(HOLD_NUMBERS, desk.agency),
        clicking(lambda: desk.enter(key)) as answers,
        desk.inside("numbering_series"),
    ):
        desk.cut_power()
    assert (answers, desk.letters_of(key)) == ([], [])
    desk.open()
    assert desk.enter(key).status_code == 302
    desk.check_entered(key)

    key = uuid4().hex
    desk.sign_in()
    with (
        installation.held(HOLD_SESSION, desk.session),
        clicking(lambda: desk.enter(key)) as answers,
        desk.inside("django_session"),
    ):
        ((letter, code),) = desk.letters_of(key)
        desk.cut_power()
    assert answers == []
    desk.open()
    assert desk.check_entered(key) == letter
    page = desk.get(f"/letters/{letter}/entered/")
    assert code in page.text
    slip = re.findall(rf'href="(/letters/{letter}/slip/)"', page.text)[0]
    first, second = (desk.get(slip).content for _time in range(2))
    assert first.startswith(b"%PDF-")
    assert first == second


@pytest.mark.rule("complaints", 29)
def test_whoever_issues_a_decision_is_killed_and_then_its_worker(
    installation: Installation, desk: Desk
) -> None:
    """The web process dies when the paper is issued and the matter not yet settled: neither is. The worker
    dies while it delivers: the decision has gone out once, under its one number."""
    decision = json.loads(desk.act("sealed"))
    matter, document = decision["matter"], decision["document"]
    with (
        installation.held(HOLD_MATTER, matter),
        clicking(lambda: desk.issue(document)) as answers,
        desk.inside("complaints_matter"),
    ):
        desk.cut_power()
    assert answers == []
    assert installation.rows(STANDS, matter) == [WAITING]

    desk.open()
    assert desk.issue(document).status_code == 302
    assert installation.rows(STANDS, matter) == [ISSUED]
    with installation.held(HOLD_HOP, document, desk.agency):
        installation.start_worker("worker-1", concurrency=1)
        wait_until(lambda: installation.rows(INSIDE_HOP)[0][0] >= 1, "the hop", WAIT_SECONDS)
        installation.kill("worker-1")
    assert installation.rows(DELIVERED, document) == [("pending", 1)]
    installation.start_worker("worker-2", concurrency=1)
    with Celery(broker=installation.servers.redis_url) as sender:
        sender.send_task(
            "documents.deliver_hop",
            kwargs={"document_id": document, "node_id": desk.agency},
            queue="default",
        )
    wait_until(lambda: installation.rows(DELIVERED, document) == [("arrived", 1)], "arrival", WAIT_SECONDS)
    # Pressed again by whoever saw no answer, it is the same decision.
    desk.issue(document)
    assert installation.rows(STANDS, matter) == [ISSUED]
    assert installation.rows(DELIVERED, document) == [("arrived", 1)]
