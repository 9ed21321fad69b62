"""Find the hops that no message reached and do them: what makes a lost message harmless."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from documents.actions.deliver import deliver_hop

# A hop that has been ready for this long and is not done lost its message, or waits in a long queue: both are
# mended by doing it now.
GRACE = timedelta(seconds=10)
AT_ONCE = 500
# Another sweep, or the worker that is doing the hop this moment, holds the row: pass on to the next one.
READY = """
    SELECT hop.document_id, hop.node_id
    FROM documents_hop hop
    JOIN documents_document document ON document.id = hop.document_id
    LEFT JOIN documents_hop previous
      ON previous.document_id = hop.document_id AND previous.node_id = hop.previous_id
    WHERE hop.done_at IS NULL
      AND COALESCE(previous.done_at, CASE WHEN hop.previous_id IS NULL THEN document.issued_at END) < %s
    ORDER BY document.urgency DESC, hop.document_id, hop.depth
    LIMIT 1
    FOR UPDATE OF hop SKIP LOCKED
"""


def sweep_deliveries(at: datetime) -> int:
    """Do every ready hop that has waited longer than GRACE, most urgent first; return how many were done."""
    done = 0
    while done < AT_ONCE and _do_one(at):
        done += 1
    return done


@transaction.atomic
def _do_one(at: datetime) -> bool:
    """Do one waiting hop in a transaction of its own; False when none is left."""
    with connection.cursor() as cursor:
        cursor.execute(READY, [at - GRACE])
        row = cursor.fetchone()
    if row is None:
        return False
    document_id, node_id = row
    deliver_hop(document_id, node_id, at)
    return True
