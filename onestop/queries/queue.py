"""The queue as people see it: the board, the display, a window's own page, waiting times. Never a name."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import ExtractHour
from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from onestop.enums import TicketState
from onestop.models import QueueGroup, Ticket, Window

# What a wait is estimated from.
HISTORY_DAYS = 30
# How many numbers the display repeats below those being called.
REPEATED = 6
AT_WINDOW = (TicketState.CALLED, TicketState.SERVING)


class Median(Aggregate):
    """The middle value: half of the people waited less."""

    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True, slots=True)
class GroupQueue:
    """A group with how many wait and about how long somebody who comes now will wait."""

    group: QueueGroup
    waiting: int
    windows: int
    # None as long as nothing is known: no window is open, or nobody was served in the last month.
    wait: timedelta | None

    @property
    def minutes(self) -> int:
        """The wait in whole minutes, rounded up."""
        return -(-int((self.wait or timedelta(0)).total_seconds()) // 60)


@dataclass(frozen=True, slots=True)
class HourWait:
    """What people of one group and hour of the day waited."""

    group: QueueGroup
    hour: int
    tickets: int
    median: timedelta

    @property
    def minutes(self) -> int:
        """The median in whole minutes, rounded up."""
        return -(-int(self.median.total_seconds()) // 60)


def groups_of(agency: Agency, day: date) -> list[GroupQueue]:
    """Every open group with its queue; three statements, whatever the number of groups."""
    waiting = Count(
        "waiting_tickets",
        filter=Q(waiting_tickets__state=TicketState.WAITING, waiting_tickets__day=day),
        distinct=True,
    )
    held = Count("windows", filter=Q(windows__held_by__isnull=False), distinct=True)
    groups = QueueGroup.objects.filter(agency=agency, is_open=True).annotate(ahead=waiting, held=held)
    spent = _service_times(agency, day)
    return [
        GroupQueue(group, group.ahead, group.held, _estimate(spent.get(group.pk), group.ahead, group.held))
        for group in groups.order_by("letter")
    ]


def on_display(agency: Agency, day: date) -> tuple[list[Ticket], list[Ticket]]:
    """Numbers at the windows now, and the last ones before them: labels and windows only (rule 41)."""
    called = (
        Ticket.objects.of_day(agency.pk, day)
        .filter(window__isnull=False)
        .select_related("group", "window")
        .order_by("-called_at")
    )
    now = list(called.filter(state__in=AT_WINDOW))
    before = list(called.exclude(state__in=AT_WINDOW)[:REPEATED])
    return now, before


def ticket_by(token: UUID) -> Ticket | None:
    """The ticket whose address somebody holds."""
    return Ticket.objects.select_related("group__agency", "waits_in", "window").filter(token=token).first()


def ahead_of(ticket: Ticket) -> int:
    """How many of its group came earlier and still wait."""
    same = Ticket.objects.filter(waits_in=ticket.waits_in_id, day=ticket.day).waiting()
    return same.filter(
        Q(issued_at__lt=ticket.issued_at) | Q(issued_at=ticket.issued_at, pk__lt=ticket.pk)
    ).count()


def windows_of(agency: Agency) -> QuerySet[Window]:
    """Every window with its groups and who sits there: for the staff."""
    return Window.objects.filter(agency=agency).select_related("held_by__user").prefetch_related("groups")


def window_of(actor: Actor) -> Window | None:
    """Where the actor sits."""
    return windows_of(actor.agency).filter(held_by=actor.membership).first()


def turn_at(window: Window, day: date) -> Ticket | None:
    """Who is being called or served there."""
    return (
        window.tickets.filter(day=day, state__in=AT_WINDOW)
        .select_related("group", "waits_in", "window")
        .first()
    )


def waiting_for(window: Window, day: date) -> QuerySet[Ticket]:
    """Who waits for this window, in the order in which they came."""
    waiting = Ticket.objects.of_day(window.agency_id, day).filter(waits_in__windows=window).waiting()
    return waiting.select_related("group", "waits_in")


def absent_at(window: Window, day: date) -> QuerySet[Ticket]:
    """Who was called and did not come, latest first."""
    absent = window.tickets.filter(day=day, state=TicketState.ABSENT).select_related("group")
    return absent.order_by("-called_at")


def hourly_waits(agency: Agency, since: date, until: date) -> list[HourWait]:
    """What people waited, by group and hour of the day in Viet Nam; a report for who keeps the counter."""
    waited = ExpressionWrapper(F("called_at") - F("issued_at"), output_field=DurationField())
    rows = (
        Ticket.objects.filter(group__agency=agency, day__range=(since, until), called_at__isnull=False)
        .order_by()
        .annotate(hour=ExtractHour("issued_at", tzinfo=timezone.get_default_timezone()))
        .values("group_id", "hour")
        .annotate(count=Count("pk"), median=Median(waited))
        .order_by("group__letter", "hour")
    )
    groups = QueueGroup.objects.filter(agency=agency).in_bulk()
    return [HourWait(groups[row["group_id"]], row["hour"], row["count"], row["median"]) for row in rows]


def _service_times(agency: Agency, day: date) -> dict[int, timedelta]:
    """How long one turn of each group takes at a window, by the last month."""
    spent = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
    served = (
        Ticket.objects.filter(
            waits_in__agency=agency,
            day__range=(day - timedelta(days=HISTORY_DAYS), day),
            state=TicketState.FINISHED,
            started_at__isnull=False,
            ended_at__isnull=False,
        )
        .order_by()
        .values("waits_in_id")
        .annotate(median=Median(spent))
    )
    return dict(served.values_list("waits_in_id", "median"))


def _estimate(spent: timedelta | None, ahead: int, windows: int) -> timedelta | None:
    if ahead == 0 and windows:
        return timedelta(0)
    if spent is None or not windows:
        return None
    return spent * ahead / windows
