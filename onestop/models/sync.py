"""What the national portal is told of our dossiers, and what a ministry's system told us of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Role
from onestop.enums import DifferenceKind, DossierState, SyncState
from onestop.models.spell import BY_HAND
from onestop.models.sync_sql import NATIONAL_CODE

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut

STATUS_OF_CODE = {code: state for state, code in NATIONAL_CODE.items()}


class SyncEventQuerySet(models.QuerySet["SyncEvent"]):
    """Events by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Those of the dossiers that the actor may see; the administrator of the system sees them all, as an
        event names nobody."""
        from onestop.models.dossier import Dossier  # noqa: PLC0415  (predicates need legs and steps)

        if actor.is_(Role.SYSTEM_ADMIN):
            return self.all()
        return self.filter(dossier__in=Dossier.objects.visible_to(actor))


class SyncEvent(models.Model):
    """One status of one dossier on its way to the national portal.

    Written by the trigger of the dossier's history in the same transaction as the state itself, and only
    there. Numbers of a dossier have no gaps; a later event is never told before an earlier one.
    """

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="sync_events")
    sequence = models.PositiveIntegerField(_("thứ tự"))
    code = models.PositiveSmallIntegerField(_("mã trạng thái"))
    at = models.DateTimeField(_("lúc"))
    # What is told, word for word the same at every attempt; fixed before the first one.
    content = models.JSONField(_("nội dung gửi"), null=True)
    state = models.CharField(
        _("tình trạng gửi"), max_length=10, choices=SyncState.choices, default=SyncState.PENDING
    )
    attempts = models.PositiveIntegerField(_("số lần gửi"), default=0)
    next_try_at = models.DateTimeField(_("gửi lại sau"))
    last_error = models.CharField(_("lỗi gần nhất"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("gửi xong lúc"), null=True)
    # What the portal calls the event that it has taken in.
    remote_id = models.CharField(_("mã của cổng quốc gia"), max_length=100, blank=True)

    objects = SyncEventQuerySet.as_manager()

    class Meta:
        ordering = ("dossier_id", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "sequence"], name="sync_event_once"),
            models.CheckConstraint(condition=Q(code__gte=1, code__lte=10), name="sync_event_national_code"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sync_event_sent_has_time"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"], name="sync_event_waiting", condition=Q(state=SyncState.PENDING)
            ),
            models.Index(fields=["id"], name="sync_event_rejected", condition=Q(state=SyncState.REJECTED)),
            models.Index(fields=["sent_at"], name="sync_event_sent", condition=Q(state=SyncState.SENT)),
        ]
        triggers = [
            pgtrigger.Protect(name="by_changes_only", operation=pgtrigger.Insert, condition=BY_HAND),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="facts_stay", fields=["dossier", "sequence", "code", "at"]),
            pgtrigger.Protect(
                name="sent_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state=SyncState.SENT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.sequence}"

    @property
    def status(self) -> DossierState:
        """The state that is told."""
        return STATUS_OF_CODE[self.code]


class NationalRecord(models.Model):
    """A dossier as the national portal knows it: its number there, and how far it has been made known.

    Whoever tells its events holds a lease, so that two workers never speak of one dossier at once. A lease
    ends by itself: a worker that was killed holds nobody up for long.
    """

    dossier = models.OneToOneField(
        "onestop.Dossier", on_delete=models.PROTECT, related_name="national_record"
    )
    # Beside our code, never merged with it.
    number = models.CharField(_("số của cổng quốc gia"), max_length=60, unique=True, null=True, blank=True)
    # The dossier as it was announced; fixed before the first attempt.
    opened_with = models.JSONField(_("hồ sơ đã gửi"), null=True)
    opened_at = models.DateTimeField(_("gửi hồ sơ lúc"), null=True)
    held_by = models.CharField(max_length=32, blank=True)
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(number__isnull=False), name="national_record_numbered"
            )
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="number_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False, old__number__df=pgtrigger.F("new__number")),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"#{self.dossier_id}"


class NationalFile(models.Model):
    """A file that the portal has taken in for a dossier; sent once."""

    record = models.ForeignKey(NationalRecord, on_delete=models.PROTECT, related_name="files")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    remote_id = models.CharField(_("mã của cổng quốc gia"), max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "file"], name="national_file_once")]

    def __str__(self) -> str:
        return self.remote_id


class Reconciliation(models.Model):
    """One comparison of a day's dossiers with the national portal's list of that day."""

    day = models.DateField(_("ngày"))
    compared_at = models.DateTimeField(_("đối soát lúc"))
    ours = models.PositiveIntegerField(_("hồ sơ của tỉnh"), default=0)
    theirs = models.PositiveIntegerField(_("hồ sơ trên cổng quốc gia"), default=0)
    # Why the list could not be had; then nothing was compared.
    problem = models.CharField(_("lỗi"), max_length=500, blank=True)

    class Meta:
        ordering = ("-compared_at", "-id")
        indexes = [models.Index(fields=["day"], name="reconciliation_day")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"


class SyncDifference(models.Model):
    """One dossier that the two systems do not know alike."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(_("khác biệt"), max_length=10, choices=DifferenceKind.choices)
    dossier = models.ForeignKey(
        "onestop.Dossier", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(_("số của cổng quốc gia"), max_length=60)
    ours = models.PositiveSmallIntegerField(_("trạng thái của tỉnh"), null=True)
    theirs = models.PositiveSmallIntegerField(_("trạng thái trên cổng quốc gia"), null=True)
    # A person asked that all of the dossier is told again: from then on it is due; None when nothing is.
    resend_at = models.DateTimeField(_("gửi lại sau"), null=True)
    resent_at = models.DateTimeField(_("gửi lại xong lúc"), null=True)
    # Why the last attempt to tell it again did not succeed.
    resend_problem = models.CharField(_("lỗi khi gửi lại"), max_length=500, blank=True)

    class Meta:
        ordering = ("reconciliation_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(dossier__isnull=False) | Q(resend_at=None, resent_at=None),
                name="sync_difference_resends_ours",
            )
        ]
        indexes = [
            models.Index(
                fields=["resend_at"], name="sync_difference_resend", condition=Q(resend_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"

    @property
    def can_be_resent(self) -> bool:
        """Whether there is something of ours to tell, and nobody has asked for it yet."""
        return self.dossier_id is not None and self.resend_at is None

    @property
    def our_status(self) -> str:
        """In words."""
        return _status_words(self.ours)

    @property
    def their_status(self) -> str:
        """In words."""
        return _status_words(self.theirs)


class MirroredStatus(models.Model):
    """A status of a dossier whose system of record is a ministry's, as that system gave it (rule 49).

    The dossier's own history has the moment at which we heard of it; ``source_at`` is the one that counts
    for people, and pages show it.
    """

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="mirrored")
    # What the source calls this event: the same one again changes nothing.
    reference = models.CharField(_("mã sự kiện của nguồn"), max_length=100)
    state = models.CharField(_("trạng thái"), max_length=10, choices=DossierState.choices)
    source = models.CharField(_("hệ thống nguồn"), max_length=200)
    source_at = models.DateTimeField(_("thời điểm tại nguồn"))
    taken_at = models.DateTimeField(_("nhận lúc"))

    class Meta:
        ordering = ("source_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["dossier", "reference"], name="mirrored_status_once"),
            models.CheckConstraint(condition=~Q(reference=""), name="mirrored_status_has_reference"),
            # A moment of the future is somebody's wrong clock.
            models.CheckConstraint(
                condition=Q(source_at__lte=F("taken_at")), name="mirrored_status_in_the_past"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.state} {self.source_at:%d/%m/%Y %H:%M}"


def _status_words(code: int | None) -> str:
    state = STATUS_OF_CODE.get(code or 0)
    return f"{code} – {state.label}" if state else (str(code) if code else "")
