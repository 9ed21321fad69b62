"""Row 13: peak memory of a web and a worker process under work, and whether it keeps growing."""

import time
from pathlib import Path

import requests
from django.utils import timezone

from bench.cast import Cast
from bench.stage import memory, workers
from bench.table import Line
from bench.web import web
from documents.actions.issue import issue
from documents.models import Delivery

REQUESTS = 2_000
FAN_OUTS = 40
MOST = 300 * 1024 * 1024


def lines(cast: Cast) -> list[Line]:
    """Peaks after the first half of the work and after all of it."""
    return [_workers(cast), _web()]


def _workers(cast: Cast) -> Line:
    with workers(1) as running:
        peaks = []
        for _half in range(2):
            for _ in range(FAN_OUTS // 2):
                document = issue(cast.registry, cast.sealed(cast.others), at=timezone.now())
                while Delivery.objects.filter(document=document, state="pending").exists():
                    time.sleep(0.01)
            peaks.append(max(memory(pid) for pid in _family(running[0].pid)))
    return _line(f"Memory of a worker after {FAN_OUTS} circulars to {len(cast.others)}", peaks)


def _web() -> Line:
    with web() as site:
        peaks = []
        for _half in range(2):
            for _ in range(REQUESTS // 2):
                requests.get(f"{site.address}/", timeout=10)
            peaks.append(max(memory(pid) for pid in _family(site.pid)))
    return _line(f"Memory of a web process after {REQUESTS} requests", peaks)


def _line(what: str, peaks: list[int]) -> Line:
    half, whole = (peak / 1024 / 1024 for peak in peaks)
    return Line(
        13,
        what,
        f"{whole:.0f} MB",
        f"{half:.0f} MB at half",
        whole / half,
        "≤ 300 MB",
        peaks[-1] <= MOST,
        "—",
    )


def _family(pid: int) -> list[int]:
    """The process and those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(child) for child in children)]
