"""A directive to 769 recipients arrives everywhere exactly once, whatever is killed or emptied on its way.

Moments are hit by real means: a lock on one row keeps a worker inside its hop while the test does its worst.
"""

import contextlib
import os
import resource
import signal
import threading
import urllib.parse
import urllib.request
from pathlib import Path

import pikepdf
import pytest
import redis

from tests.faults.province import OTHERS, Province
from tests.support.processes import Installation, wait_until

# A machine under load takes its time; each wait has a limit of its own.
pytestmark = [pytest.mark.fault, pytest.mark.rule("documents", 17), pytest.mark.timeout(900)]
TOKEN = "a" * 32


@pytest.mark.rule("documents", 46)
def test_a_worker_killed_inside_a_hop(installation: Installation, province: Province) -> None:
    """``kill -9`` while rows are being moved: all or nothing of the hop. Here every registry registers."""
    document = province.issued()
    with province.workers_inside_hop(document, "worker-1"):
        installation.kill("worker-1")
        assert province.states(document) == {"pending": OTHERS}
    installation.start_worker("worker-2")
    province.wait_for_arrival(document)
    province.check(document, registries=1)


def test_two_workers_race_on_the_same_hop(installation: Installation, province: Province) -> None:
    document = province.issued()
    with province.workers_inside_hop(document, "worker-1", "worker-2"):
        assert province.states(document) == {"pending": OTHERS}
    province.wait_for_arrival(document)
    province.check(document)


@pytest.mark.rule("documents", 29)
def test_the_same_tasks_delivered_again(installation: Installation, province: Province) -> None:
    """Again while copies are registered: nothing arrives twice, nothing goes backwards."""
    document = province.issued()
    installation.start_worker("worker")
    province.send(document)
    province.wait_for_arrival(document)
    province.send_all_again(document, times=3)
    province.check(document)
    before = province.states(document)
    province.send_all_again(document, times=2)
    assert province.states(document) == before


def test_the_broker_stopped_emptied_and_started(installation: Installation, province: Province) -> None:
    """It dies while the first hop runs: messages of the next ones are lost, the sweep finds the hops."""
    document = province.issued()
    with province.workers_inside_hop(document, "worker"):
        installation.servers.kill_valkey()
    wait_until(lambda: province.states(document).get("arrived", 0) > 0, "the first hop", 60)
    installation.servers.start_valkey()
    province.wait_for_arrival(document)
    province.check(document)


def test_the_database_stopped_and_started(installation: Installation, province: Province) -> None:
    document = province.issued()
    with province.workers_inside_hop(document, "worker"):
        installation.servers.stop_postgres()
    installation.servers.start_postgres()
    province.wait_for_arrival(document)
    province.check(document)


def test_the_web_process_killed_between_commit_and_enqueue(
    installation: Installation, province: Province
) -> None:
    """The broker stands still, so the web process has committed and waits to send when it is killed."""
    document, session = province.sealed(), province.desk("session")
    installation.start_worker("worker")
    site = installation.start_web()
    with redis.Redis.from_url(installation.servers.redis_url) as broker:
        broker_process = broker.info("server")["process_id"]
    os.kill(broker_process, signal.SIGSTOP)
    try:
        click = threading.Thread(target=_click_issue, args=(site, document, session))
        click.start()
        wait_until(lambda: province.states(document) == {"pending": OTHERS}, "the commit of the issue", 60)
        installation.kill("web")
        click.join()
    finally:
        os.kill(broker_process, signal.SIGCONT)
    province.wait_for_arrival(document)
    province.check(document)


def test_the_disk_of_the_file_store_full_during_an_upload(
    installation: Installation, province: Province, tmp_path: Path
) -> None:
    """The upload is refused in words and leaves nothing behind; documents on their way go on."""
    paper = _large_pdf(tmp_path / "lon.pdf")
    before = _stored(installation)
    document = province.issued()
    installation.start_worker("worker")
    answer = installation.run("-m", "tests.faults.desk", "upload", str(paper), preexec_fn=_little_room)
    assert "hết chỗ" in answer
    assert _stored(installation) == before
    assert installation.rows("SELECT count(*)::int FROM files_storedfile") == [(len(before),)]
    assert province.desk("upload", str(paper)) == "kept"
    assert len(_stored(installation)) == len(before) + 1
    province.wait_for_arrival(document)
    province.check(document)


def _click_issue(site: str, document: int, session: str) -> None:
    """Press "issue" in a browser's stead; the answer never comes."""
    request = urllib.request.Request(
        f"{site}/documents/outgoing/{document}/issue/",
        data=urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN}).encode(),
        headers={"Cookie": f"sessionid={session}; csrftoken={TOKEN}"},
    )
    with contextlib.suppress(OSError, ConnectionError):
        urllib.request.urlopen(request, timeout=60).close()


def _large_pdf(path: Path) -> Path:
    """A page with a megabyte that does not compress."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    pdf.pages[0].Contents = pdf.make_stream(
        b"% " + os.urandom(1_000_000).replace(b"\n", b" ").replace(b"\r", b" ")
    )
    pdf.save(path)
    return path


def _little_room() -> None:
    """No file of this process may grow beyond 200 kB: the disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))


def _stored(installation: Installation) -> set[str]:
    """Every file below the file store, half-written ones too."""
    return {str(path) for path in (installation.var / "files").rglob("*") if path.is_file()}
