"""As what a content was counted, from when on: reports of a past period give the same when asked again."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.enums import MatterKind
from complaints.models.feed_sql import queues_classification


class Classification(models.Model):
    """Kind, field and case of one content as they were from a moment on. Append-only (rule 48).

    Holds nothing that tells of a person, so it stays when a letter goes under seal or is destroyed.
    """

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="classifications")
    at = models.DateTimeField(_("từ lúc"))
    kind = models.CharField(_("loại"), max_length=12, choices=MatterKind.choices)
    field = models.ForeignKey(
        "complaints.ContentField", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The first letter of the case; empty for the first letter itself (rule 49).
    root = models.ForeignKey(
        "complaints.Letter", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    people = models.PositiveIntegerField(_("số người"), default=1)

    class Meta:
        ordering = ("at", "id")
        indexes = [models.Index(fields=["matter", "-at", "-id"], name="classification_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            queues_classification(),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind} {self.at:%d/%m/%Y}"
