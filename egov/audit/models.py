"""Audit rows and the chain that the database itself ties at commit."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

# Links are tied at commit, by the database: the chain's lock is held for moments, rows that came by raw SQL
# or in bulk are chained too, and the order of the chain is the order of commits.
TIE_LINK = """
    DECLARE
        head RECORD;
        link BYTEA;
    BEGIN
        PERFORM pg_advisory_xact_lock(hashtext('audit_chain'));
        SELECT position, hash INTO head FROM audit_auditlink ORDER BY position DESC LIMIT 1;
        link := sha256(
            COALESCE(head.hash, ''::bytea) || convert_to(audit_event_text(NEW.id), 'UTF8')
        );
        INSERT INTO audit_auditlink (position, event_id, hash)
        VALUES (COALESCE(head.position, 0) + 1, NEW.id, link);
        RETURN NULL;
    END;
"""


def refuse_truncate() -> pgtrigger.Trigger:
    """Emptying the table is as much an edit as deleting its rows."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'the audit log is append-only';",
    )


class AuditEvent(models.Model):
    """Somebody did or read something. Never changed, never deleted: the database refuses both."""

    at = models.DateTimeField(_("lúc"), auto_now_add=True, db_index=True)
    action = models.CharField(_("việc"), max_length=60)
    # Ids and words, not foreign keys: the log outlives what it speaks of and must never wait for its locks.
    user_id = models.BigIntegerField(_("tài khoản"), null=True)
    agency_id = models.BigIntegerField(_("cơ quan"), null=True)
    person = models.CharField(_("họ tên, chức vụ"), max_length=300)
    address = models.CharField(_("địa chỉ mạng"), max_length=45, blank=True)
    subject_type = models.CharField(_("loại đối tượng"), max_length=60)
    subject_id = models.CharField(_("đối tượng"), max_length=40)
    details = models.JSONField(_("chi tiết"), default=dict)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuse_truncate(),
            pgtrigger.Trigger(
                name="tie_link",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=TIE_LINK,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"


class AuditLink(models.Model):
    """The link of one event in the chain: SHA-256 over the previous link's hash and the event's own text."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(
        AuditEvent, on_delete=models.PROTECT, related_name="link", db_constraint=False
    )
    hash = models.BinaryField(max_length=32)

    class Meta:
        ordering = ("position",)
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            refuse_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.position}"
