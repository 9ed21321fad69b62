"""Rows 1 and 2: one signed document to all 769 others, against one COPY of the same rows, and against
the plain way."""

import time
from io import StringIO

from django.db import connection, transaction
from django.utils import timezone

from bench import plain
from bench.cast import Cast
from bench.stage import workers
from bench.table import Line, Timing, at_least, at_most
from documents.actions.issue import issue
from documents.models import Delivery, DeliveryChange, Document, Hop

RUNS = 5
WAIT = 120  # seconds until a fan-out counts as lost
DELIVERY = ("document_id", "agency_id", "node_id", "state", "sent_at", "arrived_at")
CHANGE = ("delivery_id", "code", "before", "after", "at", "person", "note")
HOP = ("document_id", "node_id", "previous_id", "depth", "done_at")


def lines(cast: Cast) -> list[Line]:
    """Ours at 8, 77 and 769 recipients; the limit and the plain way at 769."""
    everyone = cast.others
    with workers():
        _fan_out(cast, everyone)
        ours = Timing(tuple(_fan_out(cast, everyone) for _ in range(RUNS)))
        tenth = Timing(tuple(_fan_out(cast, everyone[::10]) for _ in range(RUNS)))
        hundredth = Timing(tuple(_fan_out(cast, everyone[::100]) for _ in range(RUNS)))
        model = issue(cast.registry, cast.sealed(everyone), at=timezone.now())
        _seconds_until_arrived(model, len(everyone))
    copied = Timing(tuple(_copied(cast, everyone, model) for _ in range(RUNS + 1))[1:])
    with workers(queues=plain.QUEUE, include="bench.plain"):
        _one_by_one(cast, everyone[:77])
        plainly = Timing(tuple(_one_by_one(cast, everyone) for _ in range(RUNS)))
    return [
        at_most(1, f"Fan-out to {len(everyone)}: commit of issue → last arrived", ours, copied, 6),
        at_least(
            2,
            f"Fan-out to {len(everyone)} against one task a recipient",
            ours,
            plainly,
            10,
            count=len(everyone),
        ),
        Line(
            1,
            f"Fan-out, slope: {len(everyone[::100])} → {len(everyone[::10])} → {len(everyone)} recipients",
            " → ".join(f"{timing.median * 1000:.0f} ms" for timing in (hundredth, tenth, ours)),
            "—",
            None,
            "—",
            None,
            ours.spread,
        ),
    ]


def _fan_out(cast: Cast, recipients: list[int]) -> float:
    document = issue(cast.registry, cast.sealed(recipients), at=timezone.now())
    return _seconds_until_arrived(document, len(recipients))


def _seconds_until_arrived(document: Document, count: int) -> float:
    started = time.perf_counter()
    visible = Delivery.objects.filter(document=document, state="arrived")
    while visible.count() < count:
        if time.perf_counter() - started > WAIT:
            raise RuntimeError(f"document {document.pk} did not arrive everywhere within {WAIT} s")
        time.sleep(0.001)
    return time.perf_counter() - started


def _copied(cast: Cast, recipients: list[int], model: Document) -> float:
    """The rows of one fan-out, read back from a real one, written to the same tables by COPY in one
    transaction."""
    target = cast.sealed(recipients)
    now = timezone.now().isoformat()
    legs = [
        (target.pk, agency, node, "arrived", now, now)
        for agency, node in Delivery.objects.filter(document=model).values_list("agency_id", "node_id")
    ]
    hops = [
        (target.pk, node, previous if previous else r"\N", depth, now)
        for node, previous, depth in Hop.objects.filter(document=model).values_list(
            "node_id", "previous_id", "depth"
        )
    ]
    first = _reserved_keys("documents_delivery", len(legs))
    deliveries = [(first + place, *leg) for place, leg in enumerate(legs)]
    changes = [(row[0], "01", "pending", "arrived", now, "Hệ thống", "") for row in deliveries]
    texts = [_as_text(rows) for rows in (deliveries, changes, hops)]
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        raw = cursor.cursor
        raw.copy_from(texts[0], "documents_delivery", columns=("id", *DELIVERY))
        raw.copy_from(texts[1], "documents_deliverychange", columns=CHANGE)
        raw.copy_from(texts[2], "documents_hop", columns=HOP)
    seconds = time.perf_counter() - started
    assert DeliveryChange.objects.filter(delivery__document=target).count() == len(recipients)
    return seconds


def _reserved_keys(table: str, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(nextval(pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)",
            [table, count],
        )
        return int(cursor.fetchone()[0])


def _as_text(rows: list[tuple[object, ...]]) -> StringIO:
    return StringIO("".join("\t".join(str(value) for value in row) + "\n" for row in rows))


def _one_by_one(cast: Cast, recipients: list[int]) -> float:
    """Publish one message a recipient and wait until each has its row."""
    document = cast.sealed(recipients)
    started = time.perf_counter()
    for agency_id in recipients:
        plain.deliver_one.apply_async(
            kwargs={"document_id": document.pk, "agency_id": agency_id}, queue=plain.QUEUE
        )
    _seconds_until_arrived(document, len(recipients))
    return time.perf_counter() - started
