"""One content of a letter: handled by one rule, on one clock, by one body (rule 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints import states
from complaints.enums import Complexity, MatterKind, MatterState, Stage, SubjectKind
from complaints.models.feed_sql import queues_step
from egov.organizations.models.folded import Folded
from egov.search.index import Words
from egov.workflow.models import StateChange

if TYPE_CHECKING:
    from egov.organizations.actor import Actor, SignedOut


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Matters that the actor may read, as one SQL predicate."""
        from complaints.models.visibility import readable_matters  # noqa: PLC0415  (needs duties and letters)

        return self.filter(readable_matters(actor))


class Matter(models.Model):
    """What one content of a letter asks for, against whom, who works on it and until when."""

    STATES = states.MATTER
    HISTORY = "changes"

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="matters")
    # 1 for the letter's only or first content.
    ordinal = models.PositiveSmallIntegerField(_("nội dung thứ"))
    kind = models.CharField(_("loại"), max_length=12, choices=MatterKind.choices)
    field = models.ForeignKey(
        "complaints.ContentField", on_delete=models.PROTECT, null=True, blank=True, related_name="matters"
    )
    summary = models.TextField(_("tóm tắt nội dung"))
    request = models.TextField(_("yêu cầu"), blank=True)

    # Against whom or what. Where the subject is known to the system, the conflict check reads it (rule 17).
    subject_kind = models.CharField(
        _("đối tượng"), max_length=12, choices=SubjectKind.choices, default=SubjectKind.NONE
    )
    subject = models.CharField(_("người, cơ quan, quyết định bị phản ánh"), max_length=300, blank=True)
    folded_subject = models.GeneratedField(
        expression=Folded("subject"), output_field=models.CharField(max_length=300), db_persist=True
    )
    subject_agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject_membership = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    state = models.CharField(
        _("trạng thái"), max_length=12, choices=MatterState.choices, default=MatterState.ENTERED
    )
    # The body that has it now, and the person if there is one; both move by recorded hand-overs.
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="matters")
    handler = models.ForeignKey(
        "organizations.Membership",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handled_matters",
    )

    stage = models.CharField(_("lần giải quyết"), max_length=6, choices=Stage.choices, default=Stage.FIRST)
    # What this one goes against: the first settlement of a second complaint.
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="next_stages"
    )
    complexity = models.CharField(
        _("tính chất"), max_length=10, choices=Complexity.choices, default=Complexity.NORMAL
    )
    is_remote = models.BooleanField(_("vùng sâu, vùng xa, đi lại khó khăn"), default=False)

    # Written by the clock alone (complaints.deadlines): days, the last one included; empty where none runs.
    process_due_on = models.DateField(_("hạn xử lý"), null=True, blank=True)
    accepted_on = models.DateField(_("ngày thụ lý"), null=True, blank=True)
    # The day on which the limit itself ends, which extensions add to, and that day moved off closed ones.
    settle_ends_on = models.DateField(_("hết thời hạn giải quyết"), null=True, blank=True)
    settle_due_on = models.DateField(_("hạn giải quyết"), null=True, blank=True)
    settled_at = models.DateTimeField(_("giải quyết xong lúc"), null=True, blank=True)

    # What open letters are found and compared by; protected ones never (queries/letters.py).
    search = models.GeneratedField(
        expression=Words("summary", "subject"), output_field=SearchVectorField(), db_persist=True
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ("letter_id", "ordinal")
        indexes = [
            models.Index(fields=["agency", "state", "settle_due_on"], name="matter_agency"),
            models.Index(fields=["handler", "state"], name="matter_handler"),
            models.Index(fields=["folded_subject"], name="matter_subject"),
            GinIndex(fields=["search"], name="matter_search"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["letter", "ordinal"], name="matter_ordinal_once"),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=False) | ~Q(state__in=["settling", "suspended", "settled"]),
                name="matter_settled_was_accepted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id}.{self.ordinal}"


class MatterChange(StateChange):
    """One step of a matter."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="changes")

    class Meta(StateChange.Meta):
        indexes = [models.Index(fields=["after", "at"], name="matter_change_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            queues_step(),
        ]
