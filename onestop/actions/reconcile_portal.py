"""Compare a day with the national portal's own list, and keep every difference for a person to look at."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone

from egov.exchange.conversation import Rejected, Unavailable
from onestop.enums import DifferenceKind, SyncState
from onestop.exchange.national_portal.interface import NationalPortal
from onestop.models import NationalRecord, Reconciliation, SyncDifference, SyncEvent

PROBLEM_LENGTH = 500


def reconcile_portal(portal: NationalPortal, day: date, at: datetime) -> Reconciliation:
    """Compare what we told that day with what the portal says changed that day.

    Read after the portal's list, so that an event told meanwhile makes no difference of its own. A portal
    that does not answer leaves the day with its problem in words; nothing is compared with half a list.
    """
    try:
        theirs = {one.number: one.code for one in portal.updated_on(day)}
    except (Unavailable, Rejected) as fault:
        return Reconciliation.objects.create(day=day, compared_at=at, problem=str(fault)[:PROBLEM_LENGTH])
    ours = _told_by(day)
    numbers = set(NationalRecord.objects.filter(number__in=theirs).values_list("number", flat=True))
    known = {
        record.number: record
        for record in NationalRecord.objects.filter(number__in=set(ours) | numbers).select_related("dossier")
    }
    last = _last_told(known)
    with transaction.atomic():
        done = Reconciliation.objects.create(day=day, compared_at=at, ours=len(ours), theirs=len(theirs))
        SyncDifference.objects.bulk_create(
            SyncDifference(
                reconciliation=done,
                kind=kind,
                dossier=known[number].dossier if number in known else None,
                number=number,
                ours=last.get(number),
                theirs=theirs.get(number),
            )
            for number in sorted(set(ours) | set(theirs))
            if (kind := _difference(last.get(number), theirs.get(number), is_ours=number in known))
        )
    return done


def _difference(ours: int | None, theirs: int | None, *, is_ours: bool) -> DifferenceKind | None:
    if theirs is None:
        return DifferenceKind.MISSING
    if not is_ours:
        return DifferenceKind.UNKNOWN
    return None if ours == theirs else DifferenceKind.STATUS


def _told_by(day: date) -> set[str]:
    """Numbers of the dossiers of which something was acknowledged that day, and nothing after it."""
    begins = timezone.make_aware(datetime.combine(day, datetime.min.time()))
    ends = begins + timedelta(days=1)
    told = SyncEvent.objects.filter(state=SyncState.SENT, sent_at__gte=begins)
    by_dossier = told.values("dossier").annotate(latest=Max("sent_at")).filter(latest__lt=ends)
    records = NationalRecord.objects.filter(dossier__in=by_dossier.values("dossier"))
    return {number for number in records.values_list("number", flat=True) if number}


def _last_told(known: dict[str | None, NationalRecord]) -> dict[str, int]:
    """The last code that was acknowledged, by number."""
    dossiers = {record.dossier_id: record.number for record in known.values()}
    latest = (
        SyncEvent.objects.filter(Q(state=SyncState.SENT), dossier__in=dossiers)
        .order_by("dossier_id", F("sequence").desc())
        .distinct("dossier_id")
        .values_list("dossier_id", "code")
    )
    return {number: code for dossier, code in latest if (number := dossiers[dossier])}
