"""Asking to open a seal: who, why, who agreed, from when to when, and each time that it was read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import SealedKind

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut

ASKED_STAYS = """
    IF (NEW.letter_id, NEW.kind, NEW.reader_id, NEW.key_id, NEW.reason, NEW.asked_at)
        IS DISTINCT FROM (OLD.letter_id, OLD.kind, OLD.reader_id, OLD.key_id, OLD.reason, OLD.asked_at)
        OR (OLD.answered_at IS NOT NULL AND (NEW.answered_at, NEW.answered_by_id, NEW.is_approved)
            IS DISTINCT FROM (OLD.answered_at, OLD.answered_by_id, OLD.is_approved))
        OR (OLD.released_at IS NOT NULL AND (NEW.released_at, NEW.released_by_id, NEW.ends_at)
            IS DISTINCT FROM (OLD.released_at, OLD.released_by_id, OLD.ends_at))
    THEN
        RAISE EXCEPTION 'what was noted of opening % stays', OLD.id;
    END IF;
    RETURN NEW;
"""


class OpeningQuerySet(models.QuerySet["Opening"]):
    """Openings by who may know of them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """One's own, and those of the body for its custodians, inspectors and leaders (rule 37)."""
        from complaints.models.visibility import known_openings  # noqa: PLC0415  (needs duties and matters)

        return self.filter(known_openings(actor))


class Opening(models.Model):
    """One named person asks to read what is sealed of one letter. Three hands: asked, agreed, released."""

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="openings")
    kind = models.CharField(_("nội dung mở"), max_length=8, choices=SealedKind.choices)
    reader = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    # For which the custodian wraps: opened by the reader's own passphrase.
    key = models.ForeignKey("complaints.SealingKey", on_delete=models.PROTECT, related_name="openings")
    reason = models.CharField(_("lý do"), max_length=500)
    asked_at = models.DateTimeField(_("đề nghị lúc"))

    answered_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    is_approved = models.BooleanField(_("đồng ý"), null=True)
    answer = models.CharField(_("ý kiến"), max_length=500, blank=True)

    released_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(_("mở lúc"), null=True, blank=True)
    ends_at = models.DateTimeField(_("hết hạn lúc"), null=True, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            # Two people, whoever writes the row (rule 38).
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("reader")), name="opening_by_two"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="opening_has_reason"),
            models.CheckConstraint(
                condition=Q(answered_at=None, is_approved=None, answered_by=None)
                | Q(answered_at__isnull=False, is_approved__isnull=False, answered_by__isnull=False),
                name="opening_answered",
            ),
            models.CheckConstraint(
                condition=Q(released_at=None, released_by=None, ends_at=None)
                | Q(
                    is_approved=True,
                    released_by__isnull=False,
                    ends_at__gt=F("released_at"),
                ),
                name="opening_released_when_approved",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="asked_stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=ASKED_STAYS
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind} {self.asked_at:%d/%m/%Y}"

    def is_open(self, at: datetime) -> bool:
        """Whether the reader may read now."""
        return self.ends_at is not None and at < self.ends_at


class OpeningReading(models.Model):
    """It was read: by the one named, at this moment."""

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField(_("xem lúc"))
    address = models.CharField(_("địa chỉ mạng"), max_length=45, blank=True)

    class Meta:
        ordering = ("at", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.opening_id} {self.at}"
