"""How telling the national database goes, for whoever keeps the registers (rule 51)."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from complaints import rules
from complaints.enums import FeedState
from complaints.models import FeedComparison, FeedDifference, FeedEntry, FeedRecord
from complaints.models.side import as_reader
from egov.audit.record import record as write_audit
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import NotPermitted, Refusal

REJECTED, FAILING, WAITING, SENT = "rejected", "failing", "waiting", "sent"
QUEUES = (
    (REJECTED, gettext_lazy("Bị từ chối")),
    (FAILING, gettext_lazy("Gửi chưa được")),
    (WAITING, gettext_lazy("Chờ gửi")),
    (SENT, gettext_lazy("Đã gửi")),
)
# Shown beside the list; more than that has a cause that a few of them show as well.
MOST_DIFFERENCES = 100
# Counted no further: where no address is set, everything since the beginning waits.
MOST_COUNTED = 1000
SEEN = ("matter__letter__moved_to", "visit__letter__moved_to")


class FeedNotFound(Refusal):
    """There is no such record, or not for this reader."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy bản ghi này."))


@dataclass(frozen=True, slots=True)
class FeedQueue:
    """One pile of entries, and how many lie in it, as far as they are counted."""

    name: str
    label: object
    count: int

    @property
    def has_more(self) -> bool:
        """Whether there may be more than ``count``."""
        return self.count >= MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Compared:
    """The last comparison, and what of it the reader may see."""

    done: FeedComparison
    differences: tuple[FeedDifference, ...]


def reading(actor: Actor | SignedOut) -> Actor | SignedOut:
    """The actor for one page, whose duties are looked up once."""
    return as_reader(actor) if isinstance(actor, Actor) else actor


def is_connected() -> bool:
    """Whether an address is set; without one everything waits."""
    return bool(settings.LETTER_FEED_URL)


def feed_entries(actor: Actor | SignedOut, queue: str) -> QuerySet[FeedEntry]:
    """One pile. Raises NotPermitted."""
    verdict = rules.may_see_feed(actor)
    if not verdict:
        raise NotPermitted(verdict.reason)
    entries = FeedEntry.objects.visible_to(actor).select_related("record")
    match queue:
        case "failing":
            return entries.filter(state=FeedState.QUEUED, attempts__gt=0)
        case "waiting":
            return entries.filter(state=FeedState.QUEUED, attempts=0)
        case "sent":
            return entries.filter(state=FeedState.SENT)
    return entries.filter(state=FeedState.REJECTED)


def feed_queues(actor: Actor | SignedOut) -> list[FeedQueue]:
    """Every pile with its count."""
    return [
        FeedQueue(name, label, feed_entries(actor, name)[:MOST_COUNTED].count()) for name, label in QUEUES
    ]


def rejected_feed(actor: Actor | SignedOut) -> int:
    """How many wait for a correction; 0 for whoever has nothing to do with it."""
    if not rules.may_see_feed(actor):
        return 0
    return feed_entries(actor, REJECTED)[:MOST_COUNTED].count()


def last_compared(actor: Actor | SignedOut) -> Compared | None:
    """The last comparison; None before the first one."""
    done = FeedComparison.objects.first()
    if done is None:
        return None
    visible = FeedRecord.objects.visible_to(actor).values("pk")
    differences = done.differences.filter(record__in=visible).select_related("record")
    return Compared(done, tuple(differences[:MOST_DIFFERENCES]))


def feed_record(actor: Actor | SignedOut, pk: int) -> FeedRecord:
    """One record that the actor may see. Raises FeedNotFound."""
    found = FeedRecord.objects.visible_to(actor).filter(pk=pk).select_related(*SEEN, "visit").first()
    if found is None or not rules.may_see_feed(actor):
        raise FeedNotFound
    return found


def read_feed(actor: Actor | SignedOut, pk: int) -> tuple[FeedRecord, list[FeedEntry]]:
    """A record with all its entries, newest first; the read is recorded by its code. Raises FeedNotFound."""
    found = feed_record(actor, pk)
    entries = found.entries.select_related("corrected_by__user").order_by("-sequence", "-revision")
    write_audit(actor, "complaints.read_feed", found, code=found.reference)
    return found, list(entries)


def feed_entry(actor: Actor | SignedOut, pk: int) -> FeedEntry:
    """An entry for its correction. Raises FeedNotFound, NotPermitted."""
    found = (
        FeedEntry.objects.visible_to(actor)
        .filter(pk=pk)
        .select_related(*(f"record__{path}" for path in SEEN), "record__visit")
        .first()
    )
    if found is None or not rules.may_see_feed(actor):
        raise FeedNotFound
    verdict = rules.may_correct_feed(actor, found)
    if not verdict:
        raise NotPermitted(verdict.reason)
    return found
