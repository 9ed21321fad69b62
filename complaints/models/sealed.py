"""What is sealed of a protected letter: who wrote it, its originals; wrapped keys say who may open."""

from __future__ import annotations

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import SealedKind, TraceKind

# Of protected letters alone: an open one has nothing to hide, anonymous information nobody (rule 4).
PROTECTED_ALONE = """
    IF NOT EXISTS (SELECT 1 FROM complaints_letter WHERE id = NEW.letter_id AND is_protected) THEN
        RAISE EXCEPTION 'letter % is not protected', NEW.letter_id;
    END IF;
    RETURN NEW;
"""
# A seal is never changed. It may be emptied, once, by the head's decision of destruction (rule 41).
SEAL_STAYS = """
    IF NEW.destroyed_at IS NOT NULL AND OLD.destroyed_at IS NULL AND NEW.ciphertext = ''::bytea
        AND NEW.file_id IS NULL
        AND (NEW.id, NEW.letter_id, NEW.kind, NEW.uuid, NEW.nonce, NEW.sealed_at)
            IS NOT DISTINCT FROM (OLD.id, OLD.letter_id, OLD.kind, OLD.uuid, OLD.nonce, OLD.sealed_at)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'seal % stays what it is', OLD.id;
"""


class SealedRecord(models.Model):
    """One envelope: a person, or a paper as it came. Its bytes say nothing without a wrapped key."""

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="sealed_records")
    kind = models.CharField(_("nội dung niêm phong"), max_length=8, choices=SealedKind.choices)
    # Part of what the cipher is bound to: neither another letter's nor another envelope's place opens it.
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    nonce = models.BinaryField(_("số dùng một lần"), max_length=12)
    # A person's few lines stand here, an original's bytes in the file store.
    ciphertext = models.BinaryField(_("bản mã"), blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed_at = models.DateTimeField(_("niêm phong lúc"))
    sealed_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    destroyed_at = models.DateTimeField(_("tiêu hủy lúc"), null=True, blank=True)

    class Meta:
        ordering = ("letter_id", "kind", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=False, ciphertext=b"", file=None)
                | Q(destroyed_at=None, kind="person", file=None) & ~Q(ciphertext=b"")
                | Q(destroyed_at=None, kind="original", file__isnull=False, ciphertext=b""),
                name="sealed_where_it_belongs",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="protected_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=PROTECTED_ALONE,
            ),
            pgtrigger.Trigger(
                name="seal_stays", when=pgtrigger.Before, operation=pgtrigger.Update, func=SEAL_STAYS
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def context(self) -> str:
        """What the cipher is bound to: this letter, this kind, this envelope."""
        return f"{self.letter.code}/{self.kind}/{self.uuid}"


class WrappedKey(models.Model):
    """The data key of one envelope for one who may open it: a custodian, the two of recovery, a reader."""

    record = models.ForeignKey(SealedRecord, on_delete=models.PROTECT, related_name="wrapped_keys")
    key = models.ForeignKey(
        "complaints.SealingKey",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wrapped_keys",
    )
    recovery_key = models.ForeignKey(
        "complaints.RecoveryKey",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="wrapped_keys",
    )
    # Set for a reader: the row goes when the opening ends.
    opening = models.ForeignKey(
        "complaints.Opening", on_delete=models.PROTECT, null=True, blank=True, related_name="wrapped_keys"
    )
    wrapped = models.BinaryField(_("khóa dữ liệu đã bọc"))

    class Meta:
        ordering = ("record_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(key__isnull=False, recovery_key=None)
                | Q(key=None, recovery_key__isnull=False, opening=None),
                name="wrapped_for_one",
            ),
            models.UniqueConstraint(
                fields=["record", "key"], condition=Q(opening=None), name="wrapped_key_once"
            ),
            models.UniqueConstraint(fields=["record", "recovery_key"], name="wrapped_recovery_once"),
            models.UniqueConstraint(fields=["record", "opening"], name="wrapped_opening_once"),
        ]
        triggers = [pgtrigger.Protect(name="write_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.record_id} → {self.key_id or self.recovery_key_id}"


class SealedTrace(models.Model):
    """Of a sealed name or number: enough to say "possibly the same", not enough to say who (rule 35).

    Within one body: its own key makes the traces, so that two bodies' registers cannot be laid side by side.
    """

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="sealed_traces")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=8, choices=TraceKind.choices)
    value = models.BinaryField(_("dấu vết"), max_length=4)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["letter", "kind", "value"], name="sealed_trace_once"),
        ]
        indexes = [models.Index(fields=["agency", "kind", "value"], name="sealed_trace_value")]
        triggers = [pgtrigger.Protect(name="write_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind}"
