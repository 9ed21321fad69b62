"""When a custodian's passphrase is lost: two named people together give a successor what the seals need."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RecoveryKeyQuerySet(models.QuerySet["RecoveryKey"]):
    """Recovery keys by use."""

    def current(self, agency_id: int) -> Self:
        """The one of this body that is in use."""
        return self.filter(agency_id=agency_id, closed_at=None)


class RecoveryKey(models.Model):
    """A key pair of one body whose private half exists nowhere whole: each of two people has a share.

    Every envelope is also wrapped to it. A share lies here closed to its holder's own key, so that the
    database, one holder, or both without their passphrases open nothing.
    """

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="recovery_keys")
    public_key = models.BinaryField(_("khóa công khai"), max_length=32, unique=True)
    made_at = models.DateTimeField(_("tạo lúc"))
    made_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("thôi dùng lúc"), null=True, blank=True)

    objects = RecoveryKeyQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["agency"], condition=Q(closed_at__isnull=True), name="recovery_key_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="pair_stays",
                operation=pgtrigger.UpdateOf("agency_id", "public_key", "made_at", "made_by_id")
                | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency_id} {self.made_at:%d/%m/%Y}"

    def is_whole(self, on: date) -> bool:
        """Whether both holders still can give their share."""
        from complaints.models.sealing_key import SealingKey  # noqa: PLC0415  (order of models)

        usable = SealingKey.objects.usable(on).filter(recovery_shares__recovery_key=self)
        return usable.values("owner__user").distinct().count() == len(("one", "other"))


class RecoveryShare(models.Model):
    """One of two shares, closed to the key of the person who holds it."""

    recovery_key = models.ForeignKey(RecoveryKey, on_delete=models.PROTECT, related_name="shares")
    ordinal = models.PositiveSmallIntegerField(_("phần thứ"))
    key = models.ForeignKey("complaints.SealingKey", on_delete=models.PROTECT, related_name="recovery_shares")
    wrapped = models.BinaryField(_("phần khóa đã bọc"))

    class Meta:
        ordering = ("recovery_key_id", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["recovery_key", "ordinal"], name="recovery_share_once"),
            models.UniqueConstraint(fields=["recovery_key", "key"], name="recovery_share_of_two"),
            models.CheckConstraint(condition=Q(ordinal__in=[1, 2]), name="recovery_share_one_of_two"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.recovery_key_id}.{self.ordinal}"

    @property
    def context(self) -> str:
        """What the share is bound to."""
        return f"recovery/{self.recovery_key.pk}/{bytes(self.recovery_key.public_key).hex()}/{self.ordinal}"


class Recovery(models.Model):
    """One occasion: the head asks, both holders give, the new custodian finishes."""

    recovery_key = models.ForeignKey(RecoveryKey, on_delete=models.PROTECT, related_name="recoveries")
    # Who gets what the lost key could open.
    successor = models.ForeignKey(
        "complaints.SealingKey", on_delete=models.PROTECT, related_name="recoveries"
    )
    reason = models.CharField(_("lý do"), max_length=500)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    asked_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(_("hoàn thành lúc"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("hủy lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["recovery_key"],
                condition=Q(finished_at__isnull=True, cancelled_at__isnull=True),
                name="recovery_one_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recovery_has_reason"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="asked_stays",
                operation=pgtrigger.UpdateOf(
                    "recovery_key_id", "successor_id", "reason", "asked_at", "asked_by_id"
                )
                | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recovery_key_id} {self.asked_at:%d/%m/%Y}"

    @property
    def is_running(self) -> bool:
        """Neither finished nor cancelled."""
        return self.finished_at is None and self.cancelled_at is None


class GivenShare(models.Model):
    """A share given for one occasion, closed to the successor's key; emptied when that is over."""

    recovery = models.ForeignKey(Recovery, on_delete=models.PROTECT, related_name="given")
    share = models.ForeignKey(RecoveryShare, on_delete=models.PROTECT, related_name="+")
    wrapped = models.BinaryField(_("phần khóa đã bọc"), blank=True)
    given_at = models.DateTimeField(_("giao lúc"))
    given_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("given_at", "id")
        constraints = [models.UniqueConstraint(fields=["recovery", "share"], name="given_share_once")]

    def __str__(self) -> str:
        return f"{self.recovery_id}.{self.share_id}"

    @property
    def context(self) -> str:
        """What it is bound to: this occasion and this share."""
        return f"{self.share.context}/given/{self.recovery_id}"
