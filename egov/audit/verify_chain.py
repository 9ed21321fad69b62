"""Check that nobody has edited, removed or slipped in a row of the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

BATCH = 5_000
READ = """
    SELECT link.position, link.event_id, link.hash, audit_event_text(link.event_id)
    FROM audit_auditlink link WHERE link.position > %s ORDER BY link.position LIMIT %s
"""
UNCHAINED = """
    SELECT count(*) FROM audit_auditevent event
    WHERE NOT EXISTS (SELECT FROM audit_auditlink link WHERE link.event_id = event.id)
"""


@dataclass(frozen=True)
class ChainReport:
    """How many links were checked, the head to keep outside the database, and what is wrong."""

    links: int
    head: str
    faults: tuple[str, ...]

    @property
    def intact(self) -> bool:
        return not self.faults


def verify_chain() -> ChainReport:
    """Recompute every link from the first one on; cost grows with the log (about 100,000 links a second)."""
    previous, expected, faults = b"", 1, []
    for position, event_id, stored, text in _links():
        if position != expected:
            faults.append(f"link {expected} is missing")
            expected = position
        if text is None:
            faults.append(f"event {event_id} of link {position} is missing")
        elif sha256(previous + text.encode()).digest() != stored:
            faults.append(f"event {event_id} of link {position} was changed")
        previous, expected = stored, expected + 1
    with connection.cursor() as cursor:
        cursor.execute(UNCHAINED)
        (loose,) = cursor.fetchone()
    if loose:
        faults.append(f"{loose} events stand outside the chain")
    return ChainReport(links=expected - 1, head=previous.hex(), faults=tuple(faults))


def _links() -> Iterator[tuple[int, int, bytes, str | None]]:
    after = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(READ, [after, BATCH])
            rows = cursor.fetchall()
        for position, event_id, stored, text in rows:
            yield position, event_id, bytes(stored), text
        if len(rows) < BATCH:
            return
        after = rows[-1][0]
