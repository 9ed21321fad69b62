"""Whom a document is meant for, before it is issued."""

from django.db import models


class Recipient(models.Model):
    """An agency chosen as addressee of a draft; on issue each becomes a Delivery."""

    document = models.ForeignKey("documents.Document", on_delete=models.CASCADE, related_name="recipients")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "agency"], name="recipient_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.agency_id}"
