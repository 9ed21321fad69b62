"""Hand a document from one node of the tree to all its direct recipients."""

from datetime import datetime

from django.db import connection, transaction

from documents.enums import Urgency
from documents.models import Document, Hop
from egov.audit.record import record
from egov.taskqueue.enqueue import enqueue
from egov.workflow.performer import SYSTEM

EXPRESS_QUEUE = "express"
DEFAULT_QUEUE = "default"

# One statement is the whole hop. Whoever closes the hop first moves its rows; a task that runs twice and a
# worker that comes second find it closed and do nothing. The row's own state guards once more, and a unique
# index lets a status be told once. Code 01 is told by the system itself, on arrival (rule 15).
HAND_OVER = """
    WITH claimed AS (
        UPDATE documents_hop SET done_at = %(at)s
        WHERE document_id = %(document)s AND node_id = %(node)s AND done_at IS NULL
        RETURNING document_id, node_id
    ), arrived AS (
        UPDATE documents_delivery delivery SET state = 'arrived', arrived_at = %(at)s
        FROM claimed
        WHERE delivery.document_id = claimed.document_id AND delivery.node_id = claimed.node_id
          AND delivery.state = 'pending'
        RETURNING delivery.id
    ), told AS (
        INSERT INTO documents_deliverychange (delivery_id, code, before, after, at, person, note)
        SELECT arrived.id, '01', 'pending', 'arrived', %(at)s, %(person)s, '' FROM arrived
        ON CONFLICT DO NOTHING
    )
    SELECT (SELECT count(*) FROM claimed), (SELECT count(*) FROM arrived)
"""


def queue_of(document: Document) -> str:
    """The queue that carries a document: hỏa tốc overtakes everything else."""
    return EXPRESS_QUEUE if document.urgency == Urgency.EXPRESS else DEFAULT_QUEUE


@transaction.atomic
def deliver_hop(document_id: int, node_id: int, at: datetime) -> list[int]:
    """Let a document arrive at every direct recipient of one node, tell the sender (01), send it on.

    May run any number of times, in any number of workers at once: each recipient's row moves once. Returns
    the nodes that come next; they are enqueued after commit.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            HAND_OVER, {"document": document_id, "node": node_id, "at": at, "person": SYSTEM.caption}
        )
        claimed, arrived = cursor.fetchone()
    document = Document.objects.get(pk=document_id)
    if claimed:
        record(SYSTEM, "documents.deliver_hop", document, node_id=node_id, arrived=arrived)
    waiting = Hop.objects.filter(document_id=document_id, previous_id=node_id, done_at=None)
    following = list(waiting.order_by("node_id").values_list("node_id", flat=True))
    for next_id in following:
        enqueue("documents.deliver_hop", queue=queue_of(document), document_id=document_id, node_id=next_id)
    return following
