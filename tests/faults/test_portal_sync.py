"""A worker dies while it speaks to the national portal: each status arrives once, in order, and is never said
to have arrived before the portal has said so (rules 48 and 50)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.counter import Counter
from tests.support import national_portal
from tests.support.national_portal import StandIn
from tests.support.processes import Installation, wait_until

pytestmark = [
    pytest.mark.fault,
    pytest.mark.timeout(900),
    pytest.mark.rule("onestop", 48),
    pytest.mark.rule("onestop", 50),
]
# The sweep comes every 15 s; a machine under load needs more.
SENT_SECONDS = 90
EVENTS = "SELECT sequence, code, state FROM onestop_syncevent WHERE dossier_id = %s ORDER BY sequence"
# A killed worker's lease ends by itself after five minutes; no test waits that long.
LEASE_OVER = "UPDATE onestop_nationalrecord SET held_until = now() WHERE dossier_id = %s RETURNING id"
# Dossiers of earlier tests, which knew no portal, wait to be told of as well.
ANOTHER_DAY = """
    UPDATE onestop_syncevent SET next_try_at = now() + interval '1 day' WHERE state = 'pending' RETURNING id
"""
RECEIVED, WITHDRAWN = 2, 7


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    folder: Path = tmp_path_factory.mktemp("portal")
    with national_portal.running(folder) as stand_in:
        yield stand_in


@pytest.fixture
def counter(installation: Installation, portal: StandIn) -> Iterator[Counter]:
    """A counter in an installation that knows the portal; no worker is there yet."""
    installation.variables = {
        "NATIONAL_PORTAL_URL": portal.url,
        "NATIONAL_PORTAL_CLIENT_ID": national_portal.CLIENT,
        "NATIONAL_PORTAL_SECRET": national_portal.SECRET,
    }
    counter = Counter(installation)
    counter.open()
    installation.rows(ANOTHER_DAY)
    yield counter
    for name in [name for name in installation.running if name != "beat"]:
        installation.kill(name)
    installation.variables = {}


# After the number was given out, after the dossier was announced, after the status itself was taken in.
@pytest.mark.parametrize("call", ["/numbers", "/dossiers/", "/statuses/1"])
def test_the_worker_is_killed_inside_a_call(
    installation: Installation, portal: StandIn, counter: Counter, call: str
) -> None:
    before = portal.books
    portal.fail(call, "silent")
    dossier = counter.receive()
    ((code,),) = installation.rows("SELECT code FROM onestop_dossier WHERE id = %s", dossier)
    installation.start_worker("worker-1")
    wait_until(
        lambda: any(call in one for one in portal.books["calls"][len(before["calls"]) :]),
        "the call",
        SENT_SECONDS,
    )
    installation.kill("worker-1")
    assert counter.desk("withdraw", str(dossier)) == "withdrawn"
    # Whatever the portal took in, nobody here is told that it did.
    assert installation.rows(EVENTS, dossier) == [(1, RECEIVED, "pending"), (2, WITHDRAWN, "pending")]
    page = counter.get(f"/sync/{dossier}/").text
    assert "đang chờ gửi" in page
    assert "Đã gửi" not in page

    assert installation.rows(LEASE_OVER, dossier)
    installation.start_worker("worker-2")
    wait_until(
        lambda: {state for _no, _code, state in installation.rows(EVENTS, dossier)} == {"sent"},
        "both statuses",
        SENT_SECONDS,
    )
    books = portal.books
    number = books["numbers"][code]
    assert portal.told(number) == [RECEIVED, WITHDRAWN]
    assert [len(books[shelf][number]) for shelf in ("progress", "statuses")] == [2, 2]
    assert books["disorder"] == []
    assert books["repeats"] > before["repeats"] or call == "/numbers"
    assert "Đã gửi" in counter.get(f"/sync/{dossier}/").text
