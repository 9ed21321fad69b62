"""Compare a day with the national database's own list, and keep every difference for a person to look at."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from complaints.enums import FeedDifferenceKind, FeedState
from complaints.exchange.national_feed.interface import NationalDatabase
from complaints.models import FeedComparison, FeedDifference, FeedEntry, FeedRecord
from egov.exchange.conversation import Rejected, Unavailable

PROBLEM_LENGTH = 500


def reconcile_feed(database: NationalDatabase, day: date, at: datetime) -> FeedComparison:
    """Compare what was acknowledged that day with what the database says changed that day.

    Ours is read after theirs, so that what is told meanwhile makes no difference of its own. Half a list is
    compared with nothing: the day keeps the problem in words.
    """
    try:
        theirs = {one.reference: one.sequence for one in database.updated_on(day)}
    except (Unavailable, Rejected) as fault:
        return FeedComparison.objects.create(day=day, compared_at=at, problem=str(fault)[:PROBLEM_LENGTH])
    ours = _acknowledged_on(day)
    records = FeedRecord.objects.filter(reference__in=set(theirs)) | FeedRecord.objects.filter(pk__in=ours)
    known = {record.pk: record for record in records}
    last = _last_acknowledged(known)
    unknown = set(theirs) - {record.reference for record in known.values()}
    with transaction.atomic():
        done = FeedComparison.objects.create(
            day=day, compared_at=at, ours=len(ours), theirs=len(theirs), unknown=len(unknown)
        )
        FeedDifference.objects.bulk_create(
            FeedDifference(
                comparison=done,
                record=record,
                kind=FeedDifferenceKind.MISSING if there is None else FeedDifferenceKind.BEHIND,
                ours=last.get(pk),
                theirs=there,
            )
            for pk, record in sorted(known.items())
            if (there := theirs.get(record.reference)) != last.get(pk)
        )
    return done


def _acknowledged_on(day: date) -> set[int]:
    """Records of which something was acknowledged that day, and nothing after it."""
    begins = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    ends = begins + timedelta(days=1)
    told = FeedEntry.objects.filter(state=FeedState.SENT, sent_at__gte=begins).order_by()
    latest = told.values("record").annotate(latest=Max("sent_at")).filter(latest__lt=ends)
    return set(latest.values_list("record", flat=True))


def _last_acknowledged(records: dict[int, FeedRecord]) -> dict[int, int]:
    """Number of the last event that was acknowledged, by record."""
    told = FeedEntry.objects.filter(state=FeedState.SENT, record__in=records).order_by()
    return dict(told.values("record").annotate(last=Max("sequence")).values_list("record", "last"))
