"""What the fault tests do to documents on their way, and what must be true of them afterwards."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import redis
from celery import Celery

from tests.support.processes import Installation, wait_until

OTHERS = 769
# A document for each test.
PREPARED = 7
# The sweep comes every 15 s and leaves a hop 10 s of grace; a machine under load needs more than their sum.
ARRIVAL_SECONDS = 120

HOLD_HOP = """
    SELECT 1 FROM documents_delivery WHERE document_id = %s AND node_id = %s ORDER BY id LIMIT 1 FOR UPDATE
"""
INSIDE_HOP = """
    SELECT count(*) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND query LIKE '%%documents_hop SET done_at%%' AND pid <> pg_backend_pid()
"""
STATES = "SELECT state, count(*)::int FROM documents_delivery WHERE document_id = %s GROUP BY state"
TOLD = """
    SELECT count(*)::int, count(DISTINCT delivery_id)::int FROM documents_deliverychange change
    JOIN documents_delivery delivery ON delivery.id = change.delivery_id
    WHERE delivery.document_id = %s AND change.code = %s
"""
ENTRIES = """
    SELECT count(*)::int, count(DISTINCT (entry.agency_id, entry.year, entry.number))::int
    FROM documents_incomingentry entry JOIN documents_delivery delivery ON delivery.id = entry.delivery_id
    WHERE delivery.document_id = %s
"""


class Province:
    """The province's registry at work in an installation."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        keys = self.desk("prepare", str(PREPARED)).split()
        self._documents: Iterator[int] = iter([int(key) for key in keys])
        ((self.node_id,),) = installation.rows(
            "SELECT agency_id FROM documents_document WHERE id = %s", keys[0]
        )

    def desk(self, *words: str) -> str:
        """One act of the people of the demo, in a process of its own."""
        return self.installation.run("-m", "tests.faults.desk", *words)

    def sealed(self) -> int:
        """A document that waits to be issued to all 769 others."""
        return next(self._documents)

    def issued(self) -> int:
        """One that has just been issued; no worker is there yet, so its first message waits."""
        document = self.sealed()
        self.desk("issue", str(document))
        return document

    @contextmanager
    def workers_inside_hop(self, document: int, *names: str) -> Iterator[None]:
        """Start workers, each of one process, and keep every one inside the first hop meanwhile."""
        with self.installation.held(HOLD_HOP, document, self.node_id):
            for _more in names[1:]:
                self.send(document)
            for name in names:
                self.installation.start_worker(name, concurrency=1)
            wait_until(
                lambda: self.installation.rows(INSIDE_HOP)[0][0] >= len(names), "workers inside the hop", 60
            )
            yield

    def send(self, document: int, node_id: int | None = None) -> None:
        """Put the message of a hop into the queue, once more or for the first time."""
        with Celery(broker=self.installation.servers.redis_url) as sender:
            sender.send_task(
                "documents.deliver_hop",
                kwargs={"document_id": document, "node_id": node_id or self.node_id},
                queue="default",
            )

    def send_all_again(self, document: int, times: int) -> None:
        """Deliver the message of every hop again, and wait until all were taken."""
        hops = self.installation.rows("SELECT node_id FROM documents_hop WHERE document_id = %s", document)
        with redis.Redis.from_url(self.installation.servers.redis_url) as broker:
            # A worker that an earlier test killed may have held one: it comes back after two minutes.
            left = set(broker.hkeys("unacked"))
            for (node_id,) in hops * times:
                self.send(document, node_id)
            wait_until(
                lambda: not broker.llen("default") and left.issuperset(broker.hkeys("unacked")),
                "an empty queue",
                60,
            )

    def states(self, document: int) -> dict[str, int]:
        """How many recipients are in each state."""
        return dict(self.installation.rows(STATES, document))

    def wait_for_arrival(self, document: int) -> None:
        """Return when every recipient has the document."""
        wait_until(
            lambda: self.states(document) == {"arrived": OTHERS}, "arrival everywhere", ARRIVAL_SECONDS
        )

    def check(self, document: int, *, registries: int = 60) -> None:
        """Exactly one delivery, one 01 and, once registered, one entry each; the audit chain is whole.

        :param registries: every so many-th registry takes its copy in, with all of its checks; 1 is all
        """
        assert self.states(document) == {"arrived": OTHERS}
        assert self.installation.rows(TOLD, document, "01") == [(OTHERS, OTHERS)]
        ((undone,),) = self.installation.rows(
            "SELECT count(*)::int FROM documents_hop WHERE document_id = %s AND done_at IS NULL", document
        )
        assert undone == 0
        registered, audited = self._register(document, every=registries)
        assert registered == -(-OTHERS // registries)
        assert self.installation.rows(ENTRIES, document) == [(registered, registered)]
        assert self.installation.rows(TOLD, document, "03") == [(registered, registered)]
        assert int(audited) > 0

    def _register(self, document: int, *, every: int) -> tuple[int, str]:
        """Let every so many-th registry take its copy in; how many did, and what the audit chain says."""
        if every > 1:
            said = self.desk("register", str(document), "0", str(every), "then", "audit").split("\n")
            return int(said[0]), said[1]
        halves = [("register", str(document), str(first), "2") for first in (0, 1)]
        with ThreadPoolExecutor(len(halves)) as pool:
            done = sum(int(one) for one in pool.map(lambda words: self.desk(*words), halves))
        return done, self.desk("audit")
