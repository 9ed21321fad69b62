"""Write to the audit log."""

from typing import Any, Protocol

from django.db import models

from egov.audit.models import AuditEvent


class Performer(Protocol):
    """Who acts; see egov.workflow.performer."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def agency_id(self) -> int | None: ...

    @property
    def caption(self) -> str: ...

    @property
    def address(self) -> str: ...

    @property
    def machine_key(self) -> str: ...


def record(performer: Performer, action: str, subject: object, **details: Any) -> None:
    """Note that somebody did (or read) something, in the caller's transaction.

    ``subject`` is a stored row, or a text for things without one (a search, an export). What a system did is
    under its position like what the person did; ``machine_key`` among the details then names the key.
    """
    if performer.machine_key:
        details["machine_key"] = performer.machine_key
    if isinstance(subject, models.Model):
        subject_type, subject_id = subject._meta.label_lower, str(subject.pk)
    else:
        subject_type, subject_id = "text", str(subject)[:40]
    AuditEvent.objects.create(
        action=action,
        user_id=performer.user_id,
        agency_id=performer.agency_id,
        person=performer.caption[:300],
        address=performer.address[:45],
        subject_type=subject_type,
        subject_id=subject_id,
        details=details,
    )
