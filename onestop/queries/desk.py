"""What lies on a person's desk today, in piles; a count and its list are the same predicate."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from onestop.enums import DeliveryState, DossierState, LegState, StepState
from onestop.models import Consultation, Dossier, HandoverLine, Leg, Step, SupplementRequest
from onestop.rules.work import AT_THE_DOOR
from onestop.states import RUNNING

DAYS_OF_WEEK = 7
LEADERS = (Role.LEADER, Role.OFFICE_HEAD)
WORKERS = (Role.COUNTER, Role.SPECIALIST, Role.LEADER, Role.OFFICE_HEAD, Role.REGISTRY)
Where = Callable[[Actor, datetime], Q]


@dataclass(frozen=True)
class Pile:
    """Dossiers that wait for the same thing."""

    name: str
    label: object
    roles: tuple[Role, ...]
    where: Where
    # Red when there is anything in it.
    is_late: bool = False


@dataclass(frozen=True)
class Counted:
    """A pile and how much lies in it."""

    pile: Pile
    count: int


def in_hand(actor: Actor) -> Q:
    """Running steps that the actor holds, or that wait for somebody of their role and unit."""
    unit = Q(department__isnull=True) | Q(department_id=actor.membership.department_id)
    free = Q(holder__isnull=True, role=actor.role) & unit
    return _step(actor, Q(holder_id=actor.membership.pk) | free)


def _step(actor: Actor, which: Q) -> Q:
    running = Step.objects.filter(
        which,
        leg__dossier=OuterRef("pk"),
        leg__agency_id=actor.agency.pk,
        leg__state=LegState.RUNNING,
        state=StepState.RUNNING,
    )
    return Q(Exists(running))


def _at_work(due: Callable[[datetime], Q]) -> Where:
    return lambda actor, at: Q(state__in=RUNNING) & in_hand(actor) & due(at)


def _free(actor: Actor, _at: datetime) -> Q:
    unit = Q(department__isnull=True) | Q(department_id=actor.membership.department_id)
    return Q(state__in=RUNNING) & _step(actor, Q(holder__isnull=True, role=actor.role) & unit)


def _door(actor: Actor, _at: datetime) -> Q:
    sent = Leg.objects.filter(dossier=OuterRef("pk"), agency_id=actor.agency.pk, state=LegState.SENT)
    return Q(Exists(sent))


def _given_back(actor: Actor, _at: datetime) -> Q:
    """The last hand-over of a leg that waits again came back to this agency."""
    later = HandoverLine.objects.filter(leg=OuterRef("leg"), pk__gt=OuterRef("pk"))
    lines = HandoverLine.objects.filter(
        ~Exists(later),
        leg__dossier=OuterRef("pk"),
        leg__state=LegState.PLANNED,
        answer="given_back",
        handover__sender_agency_id=actor.agency.pk,
    )
    return Q(Exists(lines), state__in=RUNNING)


def _approve(actor: Actor, _at: datetime) -> Q:
    proposed = SupplementRequest.objects.filter(
        dossier=OuterRef("pk"), issued_at=None, closed_at=None, proposed_by__agency_id=actor.agency.pk
    )
    return Q(Exists(proposed))


def _consulted(actor: Actor, _at: datetime) -> Q:
    asked = Consultation.objects.filter(dossier=OuterRef("pk"), agency_id=actor.agency.pk, opinion="")
    return Q(Exists(asked))


def _of_agency(actor: Actor) -> Q:
    return Q(receiving_agency_id=actor.agency.pk) | Q(deciding_agency_id=actor.agency.pk)


def _day_begins(at: datetime, days: int = 0) -> datetime:
    """Dossiers are judged by days (domain: 3.5): one due this morning is late from tomorrow on."""
    day = timezone.localdate(at) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time.min))


def _day_ends(at: datetime, days: int = 0) -> datetime:
    return _day_begins(at, days + 1)


PILES = (
    Pile("overdue", _("Quá hạn"), WORKERS, _at_work(lambda at: Q(due_at__lt=_day_begins(at))), is_late=True),
    Pile(
        "today",
        _("Đến hạn hôm nay"),
        WORKERS,
        _at_work(lambda at: Q(due_at__gte=_day_begins(at), due_at__lt=_day_ends(at))),
    ),
    Pile(
        "week",
        _("Trong 7 ngày tới"),
        WORKERS,
        _at_work(lambda at: Q(due_at__gte=_day_ends(at), due_at__lt=_day_ends(at, DAYS_OF_WEEK))),
    ),
    Pile(
        "later",
        _("Sau đó, hoặc không hẹn ngày"),
        WORKERS,
        _at_work(lambda at: Q(due_at__gte=_day_ends(at, DAYS_OF_WEEK)) | Q(due_at__isnull=True)),
    ),
    Pile("free", _("Chờ người nhận xử lý"), WORKERS, _free),
    Pile("door", _("Chờ nhận từ nơi khác"), AT_THE_DOOR, _door),
    Pile("given_back", _("Bị trả lại, chờ chuyển lại"), AT_THE_DOOR, _given_back),
    Pile(
        "applicant",
        _("Chờ người nộp"),
        (*AT_THE_DOOR, Role.SPECIALIST),
        lambda actor, _at: (
            Q(state__in=(DossierState.SUPPLEMENT, DossierState.DUTY))
            & (in_hand(actor) if actor.is_(Role.SPECIALIST) else _of_agency(actor))
        ),
    ),
    Pile(
        "stopped",
        _("Đang dừng"),
        WORKERS,
        lambda actor, _at: (
            Q(state=DossierState.STOPPED)
            & (in_hand(actor) if actor.is_(Role.SPECIALIST) else _of_agency(actor))
        ),
    ),
    Pile("approve", _("Chờ duyệt bổ sung lần nữa"), LEADERS, _approve),
    Pile("consulted", _("Được hỏi ý kiến"), (*LEADERS, Role.REGISTRY), _consulted),
    Pile(
        "result",
        _("Có kết quả, chờ trả"),
        (Role.COUNTER,),
        lambda actor, _at: Q(
            state=DossierState.DONE,
            current_agency_id=actor.agency.pk,
            delivery_state__in=(DeliveryState.AT_COUNTER, DeliveryState.SENT_BACK),
        ),
    ),
)
# Where a pile can be taken on together: the next step is plain, or the list is ticked off.
FORWARDED_TOGETHER = frozenset({"overdue", "today", "week", "later", ""})


def piles_of(actor: Actor | SignedOut) -> list[Pile]:
    """The piles that may lie on this person's desk."""
    return [one for one in PILES if isinstance(actor, Actor) and actor.is_(*one.roles)]


def counted(actor: Actor | SignedOut, at: datetime) -> list[Counted]:
    """Every pile with what lies in it, in one statement."""
    piles = piles_of(actor)
    if not isinstance(actor, Actor) or not piles:
        return []
    open_now = Dossier.objects.visible_to(actor).filter(_still_open())
    counts = open_now.order_by().aggregate(
        **{one.name: Count("pk", filter=one.where(actor, at)) for one in piles}
    )
    return [Counted(one, counts[one.name]) for one in piles]


def on_desk(actor: Actor | SignedOut, pile: str, at: datetime) -> QuerySet[Dossier]:
    """The dossiers of one pile; without a name all that the actor has in hand."""
    if not isinstance(actor, Actor):
        return Dossier.objects.none()
    named = next((one for one in piles_of(actor) if one.name == pile), None)
    where = named.where(actor, at) if named else Q(state__in=RUNNING) & in_hand(actor)
    return with_place(Dossier.objects.visible_to(actor).filter(_still_open(), where))


def with_place(dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """What a row of a list shows besides the dossier: whose it is, and who has which step of it."""
    steps = Step.objects.filter(state=StepState.RUNNING).select_related("holder__user")
    legs = Leg.objects.filter(state__in=(LegState.SENT, LegState.RUNNING)).select_related("agency")
    return dossiers.select_related(
        "version", "owner", "receiving_agency", "deciding_agency", "current_agency", "apology"
    ).prefetch_related(
        Prefetch("legs", queryset=legs.prefetch_related(Prefetch("steps", queryset=steps)), to_attr="places")
    )


def _still_open() -> Q:
    """The condition of the partial index of desks."""
    ended = (DossierState.REFUSED, DossierState.WITHDRAWN, DossierState.RETURNED)
    return ~Q(state__in=ended)
