"""How telling the national portal goes: for whoever has to look after it. No person of a dossier is named."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.enums import SyncState
from onestop.models import Dossier, NationalRecord, Reconciliation, SyncDifference, SyncEvent
from onestop.queries.receipts import DossierNotFound

REJECTED, FAILING, WAITING = "rejected", "failing", "waiting"
QUEUES = (
    (REJECTED, _("Bị từ chối")),
    (FAILING, _("Gửi chưa được")),
    (WAITING, _("Chờ gửi")),
)
# Shown beside the list; more than that has a cause that a few of them show as well.
MOST_DIFFERENCES = 100
# Counted no further: where no portal is set, everything since the beginning waits.
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class SyncQueue:
    """One pile of events, and how many lie in it, as far as they are counted."""

    name: str
    label: object
    count: int

    @property
    def has_more(self) -> bool:
        """Whether there may be more than ``count``."""
        return self.count >= MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Compared:
    """The last comparison with the portal, and what of it the reader may see."""

    done: Reconciliation
    differences: tuple[SyncDifference, ...]


@dataclass(frozen=True, slots=True)
class DossierSync:
    """Everything that was or will be told of one dossier."""

    dossier: Dossier
    record: NationalRecord | None
    events: tuple[SyncEvent, ...]
    # The first event that is not told; what comes after it waits for it.
    held_up_by: SyncEvent | None
    may_retry: bool


def is_connected() -> bool:
    """Whether a portal is set; without one every event waits."""
    return bool(settings.NATIONAL_PORTAL_URL)


def sync_events(actor: Actor | SignedOut, queue: str) -> QuerySet[SyncEvent]:
    """One pile. Raises NotPermitted."""
    verdict = rules.may_see_sync(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    events = SyncEvent.objects.visible_to(actor).select_related("dossier__version", "dossier__current_agency")
    if queue == FAILING:
        return events.filter(state=SyncState.PENDING, attempts__gt=0)
    if queue == WAITING:
        return events.filter(state=SyncState.PENDING, attempts=0)
    return events.filter(state=SyncState.REJECTED)


def sync_queues(actor: Actor | SignedOut) -> list[SyncQueue]:
    """Every pile with its count."""
    return [SyncQueue(name, label, sync_events(actor, name)[:MOST_COUNTED].count()) for name, label in QUEUES]


def last_compared(actor: Actor | SignedOut) -> Compared | None:
    """The last comparison; the system's administrator also sees dossiers that only the portal has."""
    done = Reconciliation.objects.first()
    if done is None:
        return None
    differences = done.differences.select_related("dossier")
    if not actor.is_(Role.SYSTEM_ADMIN):
        differences = differences.filter(dossier__in=Dossier.objects.visible_to(actor))
    return Compared(done, tuple(differences[:MOST_DIFFERENCES]))


def read_sync(actor: Actor | SignedOut, dossier_id: int) -> DossierSync:
    """One dossier's events in their order. Raises DossierNotFound."""
    events = tuple(
        SyncEvent.objects.visible_to(actor)
        .filter(dossier=dossier_id)
        .select_related("dossier__version__procedure", "dossier__current_agency")
        .order_by(F("sequence"))
    )
    if not events or not rules.may_see_sync(actor):
        raise DossierNotFound
    held_up_by = next((one for one in events if one.state != SyncState.SENT), None)
    return DossierSync(
        dossier=events[0].dossier,
        record=NationalRecord.objects.filter(dossier=dossier_id).first(),
        events=events,
        held_up_by=held_up_by,
        may_retry=held_up_by is not None and bool(rules.may_retry_sync(actor, held_up_by)),
    )


def sync_difference(actor: Actor | SignedOut, pk: int) -> SyncDifference:
    """A difference that the actor may see. Raises DossierNotFound."""
    difference = SyncDifference.objects.filter(pk=pk).first()
    if difference is None or not rules.may_resend(actor, difference):
        raise DossierNotFound
    return difference


def sync_event(actor: Actor | SignedOut, pk: int) -> SyncEvent:
    """An event that the actor may see. Raises DossierNotFound."""
    event = SyncEvent.objects.visible_to(actor).filter(pk=pk).first()
    if event is None or not rules.may_see_sync(actor):
        raise DossierNotFound
    return event
