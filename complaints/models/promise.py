"""What the agency promised a visitor, by when, and every step until it was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints import states
from complaints.enums import PromiseState
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut


class PromiseQuerySet(models.QuerySet["Promise"]):
    """Promises by who may see them, and which are not kept."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Promises that the actor may read, as one SQL predicate."""
        from complaints.models.reception_visibility import readable_promises  # noqa: PLC0415

        return self.filter(readable_promises(actor))

    def open(self) -> Self:
        """Not kept yet, however late."""
        return self.exclude(state=PromiseState.KEPT)


class Promise(models.Model):
    """One thing that the receiver said would be done or answered by a day; only keeping it ends it."""

    STATES = states.PROMISE
    HISTORY = "changes"

    visit = models.ForeignKey("complaints.Visit", on_delete=models.PROTECT, related_name="promises")
    text = models.CharField(_("nội dung hứa, giao việc"), max_length=500)
    first_due_on = models.DateField(_("hạn đã hứa"))
    due_on = models.DateField(_("hạn hiện nay"))
    # Who sees to it.
    keeper = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="promises")
    made_at = models.DateTimeField(_("hứa lúc"))
    kept_at = models.DateTimeField(_("thực hiện xong lúc"), null=True, blank=True)
    # What was answered or done, and under which document.
    kept_by = models.CharField(_("văn bản, việc đã làm"), max_length=500, blank=True)
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=PromiseState.choices, default=PromiseState.OPEN
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [
            models.Index(fields=["due_on"], name="promise_open", condition=~Q(state="kept")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="kept") | (Q(kept_at__isnull=False) & ~Q(kept_by="")),
                name="promise_kept_by_something",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.visit_id}: {self.due_on:%d/%m/%Y}"


class PromiseChange(StateChange):
    """One step of a promise; a new day is one too, from a state to the same."""

    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="changes")
    due_before = models.DateField(_("hạn trước"), null=True, blank=True)
    due_after = models.DateField(_("hạn sau"), null=True, blank=True)

    class Meta(StateChange.Meta):
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
