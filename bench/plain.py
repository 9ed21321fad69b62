"""The plain way, to compare with: one Celery task a recipient, each one row in its own transaction."""

from celery import shared_task
from django.db import connection, transaction
from django.utils import timezone

QUEUE = "bench-plain"
WRITE = """
    WITH arrived AS (
        INSERT INTO documents_delivery (document_id, agency_id, node_id, state, sent_at, arrived_at)
        VALUES (%s, %s, NULL, 'arrived', %s, %s) RETURNING id
    )
    INSERT INTO documents_deliverychange (delivery_id, code, before, after, at, person, note)
    SELECT id, '01', 'pending', 'arrived', %s, 'Hệ thống', '' FROM arrived
"""


@shared_task(name="bench.deliver_one")
def deliver_one(document_id: int, agency_id: int) -> None:
    """Write one recipient's row and its status."""
    at = timezone.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(WRITE, [document_id, agency_id, at, at, at])
