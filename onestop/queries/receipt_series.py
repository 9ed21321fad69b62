"""Runs of receipts of an agency: which may be used on a day, how many numbers are left and used."""

from datetime import date

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from egov.organizations.actor import Actor
from onestop.models import Receipt, ReceiptSeries
from onestop.queries.money import require

# From here on the people who may open the next run are told.
LOW = 50


def usable(agency_id: int, on: date) -> list[ReceiptSeries]:
    """Runs that hold on that day and have numbers left; the one opened first is used up first."""
    of_day = ReceiptSeries.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on), agency_id=agency_id, valid_from__lte=on
    )
    rows = _with_left(of_day.select_related("agency").order_by("id"))
    return [one for one in rows if one.left > 0]  # type: ignore[attr-defined]  # annotated


def numbers_left(agency_id: int, on: date) -> int:
    """How many receipts the agency may still issue on that day."""
    return sum(one.left for one in usable(agency_id, on))  # type: ignore[attr-defined]  # annotated


def receipts_left(agency_id: int) -> int | None:
    """The same for today; None where the first receipt opens a run by itself."""
    if not ReceiptSeries.objects.filter(agency_id=agency_id).exists():
        return None
    return numbers_left(agency_id, timezone.localdate())


def runs_of(actor: Actor) -> QuerySet[ReceiptSeries]:
    """Every run of the actor's agency, the newest first: how many are used, cancelled, left."""
    require(actor)
    return (
        _with_left(ReceiptSeries.objects.filter(agency=actor.agency))
        .annotate(
            used=Count("receipts"),
            cancelled=Count("receipts", filter=Q(receipts__cancelled_at__isnull=False)),
        )
        .select_related("opened_by__user")
        .order_by("-id")
    )


def _with_left(runs: QuerySet[ReceiptSeries]) -> QuerySet[ReceiptSeries]:
    """``left``: numbers are gapless, so the last one tells how many there were."""
    last = Receipt.objects.filter(series=OuterRef("pk")).order_by("-number").values("number")[:1]
    used_up_to = Coalesce(Subquery(last), F("first_number") - Value(1), output_field=IntegerField())
    return runs.annotate(left=F("last_number") - used_up_to)
