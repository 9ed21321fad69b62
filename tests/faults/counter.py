"""What the fault tests do to dossiers at a counter, and what must be true of them afterwards."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from tests.support.processes import Installation, wait_until

TOKEN = "a" * 32
WAIT_SECONDS = 60
# Re-registration of a birth: with an appointment and a charge.
PROCEDURE = "1.004884"

HOLD_SLIPS = """
    SELECT 1 FROM numbering_series WHERE agency_id = %s AND book = 'slip-receipt' FOR UPDATE
"""
HOLD_SESSION = "SELECT 1 FROM django_session WHERE session_key = %s FOR UPDATE"
HOLD_SLIP = "SELECT 1 FROM onestop_issuedform WHERE dossier_id = %s FOR UPDATE"
WAITS = """
    SELECT count(*)::int FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE %s AND pid <> pg_backend_pid()
"""
MADE = "SELECT id, code FROM onestop_dossier WHERE idempotency_key = %s"
# Series of codes and of receipts of the agency: the last number, and how many there are of them.
CODES = """
    SELECT series.last_number, count(dossier.id)::int, count(DISTINCT dossier.code)::int
    FROM numbering_series series LEFT JOIN onestop_dossier dossier
      ON dossier.receiving_agency_id = series.agency_id
     AND series.book = 'dossier-' || split_part(dossier.code, '-', 2)
    WHERE series.agency_id = %s AND series.book LIKE 'dossier-%%' GROUP BY series.id
"""
SLIPS = """
    SELECT series.last_number, count(slip.id)::int, count(DISTINCT slip.number)::int
    FROM numbering_series series LEFT JOIN onestop_issuedform slip
      ON slip.agency_id = series.agency_id AND slip.year = series.year AND slip.kind = 'receipt'
    WHERE series.agency_id = %s AND series.book = 'slip-receipt' GROUP BY series.id
"""
# What belongs to a received dossier, each exactly so often.
PARTS = """
    SELECT (SELECT count(*)::int FROM onestop_dossierchange WHERE dossier_id = %s),
           (SELECT count(*)::int FROM onestop_clockevent WHERE dossier_id = %s),
           (SELECT count(*)::int FROM onestop_leg WHERE dossier_id = %s AND state = 'running'),
           (SELECT count(*)::int FROM onestop_charge WHERE dossier_id = %s),
           (SELECT count(*)::int FROM onestop_issuedform WHERE dossier_id = %s)
"""


@dataclass(frozen=True)
class Draft:
    """A dossier that is being typed: its key and its fields as the page sends them."""

    key: int
    fields: dict[str, str]

    @property
    def path(self) -> str:
        return f"/counter/intake/{self.key}/"


class Counter:
    """A clerk with a browser, in front of the web process of an installation."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.agency_id = int(self.desk("agency"))
        self.sign_in()
        self.site = ""

    def desk(self, *words: str) -> str:
        """One act in a process of its own."""
        return self.installation.run("-m", "tests.faults.counter_desk", *words)

    def sign_in(self) -> None:
        """A session that has rested for a while: the next request notes it after the work is done."""
        self.session = self.desk("session")

    def open(self) -> None:
        """Start the web process, for the first time or again."""
        self.site = self.installation.start_web()

    def cut_power(self) -> None:
        """``kill -9`` of the web process."""
        self.installation.kill("web")

    def begin(self) -> Draft:
        """Begin a dossier and type all of it; the page keeps it as it goes, nothing is received yet."""
        begun = json.loads(self.desk("begin", PROCEDURE))
        draft = Draft(begun["draft"], begun["fields"])
        assert self.send(draft, "save").status_code == 200
        return draft

    def get(self, path: str) -> requests.Response:
        """Open a page."""
        return requests.get(f"{self.site}{path}", cookies=self._cookies, allow_redirects=False, timeout=60)

    def send(self, draft: Draft, pressed: str = "receive") -> requests.Response:
        """Press a button of the intake page."""
        return requests.post(
            f"{self.site}{draft.path}",
            data={**draft.fields, "next": pressed, "csrfmiddlewaretoken": TOKEN},
            cookies=self._cookies,
            allow_redirects=False,
            timeout=60,
        )

    @contextmanager
    def sending(self, draft: Draft, *, stuck_in: str) -> Iterator[list[requests.Response]]:
        """Press “Tiếp nhận” and be inside once the web process waits in that statement; its answers."""
        with clicking(lambda: self.send(draft)) as answers:
            self.wait_inside(stuck_in)
            yield answers

    @contextmanager
    def asking(self, path: str, *, stuck_in: str) -> Iterator[None]:
        """The same while a page is fetched."""
        with clicking(lambda: self.get(path)):
            self.wait_inside(stuck_in)
            yield

    def wait_inside(self, statement: str, times: int = 1) -> None:
        """Until so many processes wait for a lock in a statement that has these words."""
        wait_until(
            lambda: self.installation.rows(WAITS, f"%{statement}%")[0][0] >= times, statement, WAIT_SECONDS
        )

    def dossiers_of(self, draft: Draft) -> list[tuple[int, str]]:
        """Key and code of each dossier that came of a draft."""
        return self.installation.rows(MADE, f"intake-{draft.key}")

    def print_slip(self, dossier: int) -> bytes:
        """The receipt as the browser gets it from the page that follows receipt."""
        page = self.get(f"/counter/received/{dossier}/")
        assert page.status_code == 200, page.text[:500]
        slip = self.get(re.findall(r'href="(/counter/slips/\d+/)', page.text)[0])
        assert slip.content.startswith(b"%PDF-")
        return slip.content

    def receive(self) -> int:
        """A dossier without any accident; its key."""
        draft = self.begin()
        assert self.send(draft).status_code == 302
        return self.dossiers_of(draft)[0][0]

    def check(self, draft: Draft) -> int:
        """The draft has become one whole dossier with a code, and every number was used once; its key."""
        ((dossier, code),) = self.dossiers_of(draft)
        assert code
        assert self.installation.rows(PARTS, *[dossier] * 5) == [(1, 1, 1, 1, 1)]
        for statement in (CODES, SLIPS):
            for last, there, different in self.installation.rows(statement, self.agency_id):
                assert last == there == different
        # Whoever presses again, in whatever window, comes to the same dossier.
        for _again in range(2):
            assert self.send(draft).headers["Location"] == f"/counter/received/{dossier}/"
        assert self.dossiers_of(draft) == [(dossier, code)]
        return dossier

    @property
    def _cookies(self) -> dict[str, str]:
        return {"sessionid": self.session, "csrftoken": TOKEN}


@contextmanager
def clicking(click: Callable[[], requests.Response]) -> Iterator[list[requests.Response]]:
    """Send something in a browser's stead while the test does its worst; the answer, if one comes."""
    answers: list[requests.Response] = []

    def run() -> None:
        try:
            answers.append(click())
        except requests.ConnectionError:
            return

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield answers
    finally:
        thread.join()
