"""Row 10: what the public asks for most, over HTTP on 8 kept connections: a procedure's page and the lookup
of a dossier, each against a view of the same middleware that returns the same bytes, the lookup also against
its bare count and statement; and the one search."""

import random
import statistics
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import requests
from django.db import connection
from django.utils import timezone

from bench import findable
from bench.counter import counter, drafts, taken_in
from bench.stage import VAR
from bench.table import Line, Timing, timed
from bench.web import web
from onestop.models import Dossier, ProcedureVersion
from portal.actions.refresh_index import refresh_index
from portal.queries.finding import find

CONNECTIONS = 8
REQUESTS = 400
RUNS = 5
BAR = 0.7
# Of server time, in milliseconds (issue: results within 100 ms on 10,000 procedures and 100,000 documents).
SEARCH_BAR = 100
PROCEDURES, DOCUMENTS = 10_000, 100_000
PROCEDURE = "Đăng ký khai sinh"
Ask = Callable[[requests.Session], requests.Response]


def lines() -> list[Line]:
    """Two pages over HTTP, and the search by the text that takes longest."""
    actor = counter()
    dossiers = [taken_in(actor, draft) for draft in islice(drafts(actor, CONNECTIONS), CONNECTIONS)]
    version = ProcedureVersion.objects.accepting(timezone.localdate()).filter(name=PROCEDURE).first()
    assert version is not None
    page = f"/services/{version.procedure.local_code}/"
    # Each question comes from another address, as a proxy tells it: the limit of questions is not measured.
    with web("bench.same_bytes:application", threads=CONNECTIONS, TRUSTED_PROXIES="127.0.0.1/32") as site:
        nothing, lookup = f"{site.address}/bench/same-bytes/", f"{site.address}/lookup/"
        measured = [
            _against(
                "Procedure page, against a view of nothing",
                lambda http: http.get(f"{site.address}{page}"),
                lambda http: http.get(nothing),
            ),
            _against(
                "Lookup by code, against a view of nothing",
                lambda http: _looked_up(http, lookup, dossiers),
                lambda http: http.get(nothing),
            ),
            # What no lookup can do without, and the limit above does not do: counting, one statement.
            _against(
                "Lookup by code, against its bare count and statement",
                lambda http: _looked_up(http, lookup, dossiers),
                lambda http: _looked_up(http, f"{site.address}/bench/counted-and-asked/", dossiers),
            ),
        ]
    return [*measured, *_searches()]


def _against(what: str, ask: Ask, ask_limit: Ask) -> Line:
    """Our page, then the same bytes from a view of the bench."""
    (VAR / "same_bytes").write_bytes(ask(requests.Session()).content)
    ours, limit = _rate(ask), _rate(ask_limit)
    ratio = limit.median / ours.median
    return Line(
        10,
        f"{what}, {CONNECTIONS} connections",
        f"{REQUESTS / ours.median:.0f}/s",
        f"{REQUESTS / limit.median:.0f}/s",
        ratio,
        f"≥ {BAR:g} ×",
        ratio >= BAR,
        ours.spread,
    )


def _rate(ask: Ask) -> Timing:
    kept = threading.local()

    def one(_number: int) -> None:
        if not hasattr(kept, "http"):
            kept.http = requests.Session()
        answer = ask(kept.http)
        # Nobody's window remembers anything: each request is a stranger's.
        kept.http.cookies.clear()
        assert answer.status_code == 200, answer.text[:500]

    with ThreadPoolExecutor(CONNECTIONS) as people:
        return timed(lambda: list(people.map(one, range(REQUESTS))), runs=RUNS)


def _looked_up(http: requests.Session, address: str, dossiers: list[Dossier]) -> requests.Response:
    code = dossiers[threading.get_ident() % len(dossiers)].code
    stranger = ".".join(str(random.randrange(1, 255)) for _part in range(3))
    asked = {"code": code, "secret": ""}
    return http.post(address, data=asked, headers={"X-Forwarded-For": f"10.{stranger}"})


def _searches() -> Iterator[Line]:
    """Each text on the full index; told by the slowest, so that no text hides behind the others."""
    findable.fill(PROCEDURES, DOCUMENTS)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE portal_findable; ANALYZE portal_knownword")
    times = {text: timed(lambda text=text: find(text, language="vi", limit=40)) for text in findable.TYPED}
    slowest = max(times, key=lambda text: times[text].median)
    middle = statistics.median(one.median for one in times.values())
    milliseconds = times[slowest].median * 1000
    yield Line(
        10,
        f"Search, {PROCEDURES:,} procedures, {DOCUMENTS:,} documents; slowest of {len(times)}: “{slowest}”",
        f"{milliseconds:.1f} ms (median text {middle * 1000:.1f} ms)",
        f"{SEARCH_BAR} ms",
        milliseconds / SEARCH_BAR,
        "≤ 1 ×",
        milliseconds <= SEARCH_BAR,
        times[slowest].spread,
    )
    findable.empty()
    refresh_index(timezone.localdate())
