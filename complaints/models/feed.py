"""What the national database on reception and letters is told, and what became of the telling (rule 51)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import (
    FeedDifferenceKind,
    FeedEvent,
    FeedGround,
    FeedState,
    MatterState,
    VisitState,
)
from complaints.models import feed_sql

if TYPE_CHECKING:
    from complaints.models.letter import Letter
    from egov.organizations.actor import Actor, SignedOut

STATUS_WORDS = dict([*MatterState.choices, *VisitState.choices])
# Only the triggers of what happens write what is told of it; a correction is a row of its own.
BY_HAND = pgtrigger.Condition("pg_trigger_depth() = 0 AND NEW.revision = 1")


class FeedRecordQuerySet(models.QuerySet["FeedRecord"]):
    """Records by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Those of matters and visits that the actor may read; administrators read none."""
        from complaints.models.matter import Matter  # noqa: PLC0415  (predicates need duties and letters)
        from complaints.models.visit import Visit  # noqa: PLC0415

        matters, visits = Matter.objects.visible_to(actor), Visit.objects.visible_to(actor)
        return self.filter(Q(matter__in=matters.values("pk")) | Q(visit__in=visits.values("pk")))


class FeedRecord(models.Model):
    """A matter or a visit as the national database knows it: by a code, never by a person."""

    matter = models.OneToOneField(
        "complaints.Matter", on_delete=models.PROTECT, null=True, related_name="feed_record"
    )
    visit = models.OneToOneField(
        "complaints.Visit", on_delete=models.PROTECT, null=True, related_name="feed_record"
    )
    reference = models.CharField(_("mã gửi"), max_length=70, unique=True)
    # Whoever tells of it holds a lease (egov.exchange.lease).
    held_by = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True)
    # A person asked that all of it is told again: from then on it is due; None when nothing is.
    resend_at = models.DateTimeField(_("gửi lại sau"), null=True)
    resent_at = models.DateTimeField(_("gửi lại xong lúc"), null=True)
    resend_problem = models.CharField(_("lỗi khi gửi lại"), max_length=500, blank=True)

    objects = FeedRecordQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__isnull=False, visit=None) | Q(matter=None, visit__isnull=False),
                name="feed_record_of_one_thing",
            )
        ]
        indexes = [
            models.Index(
                fields=["resend_at"], name="feed_record_resend", condition=Q(resend_at__isnull=False)
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="facts_stay", fields=["matter", "visit", "reference"]),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def letter(self) -> Letter | None:
        """The letter that the matter is of, or that came of the visit."""
        if self.matter is not None:
            return self.matter.letter
        return self.visit.letter if self.visit is not None else None

    @property
    def is_guarded(self) -> bool:
        """Whether it denounces, or turned out to: then code, kind, days, direction and state are all that is
        told of it."""
        letter = self.letter
        if letter is not None and (letter.is_protected or hasattr(letter, "moved_to")):
            return True
        return self.visit is not None and self.visit.is_protected

    @property
    def agency_id(self) -> int:
        """Whose register it stands in."""
        if self.visit is not None:
            return self.visit.agency_id
        if self.matter is None:
            raise LookupError(f"feed record {self.pk} is of nothing")
        return self.matter.letter.agency_id


class FeedEntryQuerySet(models.QuerySet["FeedEntry"]):
    """Entries by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Those of records that the actor may see."""
        return self.filter(record__in=FeedRecord.objects.visible_to(actor).values("pk"))

    def unsent(self) -> Self:
        """What the national database has not taken in and nothing else stands for."""
        return self.filter(state__in=[FeedState.QUEUED, FeedState.REJECTED])


class FeedEntry(models.Model):
    """One event of one matter or visit on its way to the national database.

    Written by the triggers of the histories in the same transaction as the event itself. Numbers of a record
    have no gaps; a later one is never told before an earlier one. One that was rejected is not rewritten: its
    correction is the next revision of the same number.
    """

    record = models.ForeignKey(FeedRecord, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField(_("thứ tự"))
    revision = models.PositiveSmallIntegerField(_("bản"), default=1)
    event = models.CharField(_("sự kiện"), max_length=10, choices=FeedEvent.choices)
    after = models.CharField(_("trạng thái"), max_length=20)
    at = models.DateTimeField(_("lúc"))
    # What is told, word for word the same at every attempt; fixed before the first one.
    content = models.JSONField(_("nội dung gửi"), null=True)
    state = models.CharField(
        _("tình trạng gửi"), max_length=10, choices=FeedState.choices, default=FeedState.QUEUED
    )
    attempts = models.PositiveIntegerField(_("số lần gửi"), default=0)
    next_try_at = models.DateTimeField(_("gửi lại sau"))
    # What the national database answered, or why no answer was had.
    answer = models.CharField(_("trả lời"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("gửi xong lúc"), null=True)
    remote_id = models.CharField(_("mã của cơ sở dữ liệu quốc gia"), max_length=100, blank=True)

    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction"
    )
    ground = models.CharField(_("lý do sửa"), max_length=10, choices=FeedGround.choices, blank=True)
    corrected_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    corrected_at = models.DateTimeField(_("sửa lúc"), null=True)

    objects = FeedEntryQuerySet.as_manager()

    class Meta:
        ordering = ("record_id", "sequence", "revision")
        verbose_name = _("bản ghi gửi cơ sở dữ liệu quốc gia")
        constraints = [
            models.UniqueConstraint(fields=["record", "sequence", "revision"], name="feed_entry_once"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False, content__isnull=False),
                name="feed_entry_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, corrects=None)
                | Q(corrects__isnull=False, corrected_by__isnull=False, corrected_at__isnull=False)
                & ~Q(ground=""),
                name="feed_entry_corrected_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="feed_entry_queued", condition=Q(state="queued")),
            models.Index(fields=["id"], name="feed_entry_rejected", condition=Q(state="rejected")),
            models.Index(fields=["sent_at"], name="feed_entry_sent", condition=Q(state="sent")),
        ]
        triggers = [
            pgtrigger.Protect(name="by_events_only", operation=pgtrigger.Insert, condition=BY_HAND),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="facts_stay",
                fields=["record", "sequence", "revision", "event", "after", "at", "corrects"],
            ),
            pgtrigger.Trigger(
                name="sent_for_good",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=feed_sql.SENT_FOR_GOOD,
                condition=pgtrigger.Condition("OLD.state IN ('sent', 'corrected')"),
            ),
            pgtrigger.Trigger(
                name="nothing_of_a_denouncer",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=feed_sql.NOTHING_OF_A_DENOUNCER,
                condition=pgtrigger.Condition("NEW.content IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}/{self.sequence}.{self.revision}"

    @property
    def status(self) -> str:
        """The state that is told, in words."""
        return str(STATUS_WORDS.get(self.after, self.after))


class FeedComparison(models.Model):
    """One comparison of a day's records with the national database's list of that day."""

    day = models.DateField(_("ngày"))
    compared_at = models.DateTimeField(_("đối soát lúc"))
    ours = models.PositiveIntegerField(_("của tỉnh"), default=0)
    theirs = models.PositiveIntegerField(_("của cơ sở dữ liệu quốc gia"), default=0)
    # On their list and in no register of ours: counted, as nobody here wrote these codes.
    unknown = models.PositiveIntegerField(_("mã không có trong sổ"), default=0)
    # Why the list could not be had; then nothing was compared.
    problem = models.CharField(_("lỗi"), max_length=500, blank=True)

    class Meta:
        ordering = ("-compared_at", "-id")

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class FeedDifference(models.Model):
    """One record that the two systems do not know alike."""

    comparison = models.ForeignKey(FeedComparison, on_delete=models.PROTECT, related_name="differences")
    record = models.ForeignKey(FeedRecord, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("khác biệt"), max_length=10, choices=FeedDifferenceKind.choices)
    ours = models.PositiveIntegerField(_("bản mới nhất của tỉnh"), null=True)
    theirs = models.PositiveIntegerField(_("bản mới nhất của cơ sở dữ liệu quốc gia"), null=True)

    class Meta:
        ordering = ("comparison_id", "id")

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
