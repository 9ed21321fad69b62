"""Row 14: pages of figures over a million dossiers, and the desk while somebody else counts a year of them.

A million dossiers take minutes to write: this row is measured when it is named (``bin/bench 14``).
"""

import logging
import statistics
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Event, Thread

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bench.cast import Cast
from bench.counter import counter
from bench.dossiers import checked, fill
from bench.row_12_queries import FIGURES, signed_in
from bench.table import Line, Timing, timed
from onestop.actions.close_month import close_months

DOSSIERS = 1_000_000
# Seconds (issue: computed on a million dossiers without hurting the desk).
PAGE_BAR = 3
DESK_BAR = 2
DESK_REQUESTS = 100


def lines(cast: Cast) -> list[Line]:
    """Each page for the province and this month; the desk of a counter, alone and beside a report."""
    logging.disable(logging.INFO)
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    now = timezone.now()
    checked(fill(DOSSIERS, until=now), DOSSIERS)
    close_months(now)
    province, desk = signed_in(cast.leader.membership), signed_in(counter().membership)
    found = [_page(province, name) for name in FIGURES]
    alone = _desk(desk)
    year = {"first": f"{now.year - 1}-{now.month:02d}-01", "last": f"{timezone.localdate(now)}"}
    with _counting(province, year):
        beside = _desk(desk)
    ratio = _p95(beside) / _p95(alone)
    return [
        *found,
        Line(
            14,
            "The desk beside a report of a year, p95",
            f"{_p95(beside) * 1000:.0f} ms",
            f"{_p95(alone) * 1000:.0f} ms alone",
            ratio,
            f"≤ {DESK_BAR} ×",
            ratio <= DESK_BAR,
            beside.spread,
        ),
    ]


def _page(client: Client, name: str) -> Line:
    address = reverse(f"onestop:figures_{name}")
    taken = timed(lambda: _asked(client, address, {}))
    seconds = taken.median
    what = f"Figures of {DOSSIERS:,} dossiers: {name}"
    return Line(14, what, f"{seconds:.2f} s", "—", None, f"≤ {PAGE_BAR} s", seconds <= PAGE_BAR, taken.spread)


def _desk(client: Client) -> Timing:
    address = reverse("onestop:desk")
    return timed(lambda: _asked(client, address, {}), runs=DESK_REQUESTS)


def _asked(client: Client, address: str, values: Mapping[str, str]) -> None:
    response = client.get(address, values)
    assert response.status_code == 200, (address, response.status_code)


def _p95(timing: Timing) -> float:
    return statistics.quantiles(timing.seconds, n=20)[-1]


@contextmanager
def _counting(client: Client, values: Mapping[str, str]) -> Iterator[None]:
    """Somebody asks for the report of a year, again and again: nearly all of it is work of the database."""
    over = Event()

    def ask() -> None:
        try:
            while not over.is_set():
                _asked(client, reverse("onestop:figures_report"), values)
        finally:
            connection.close()

    asking = Thread(target=ask)
    asking.start()
    # Until the first statement runs.
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        asking.join()
