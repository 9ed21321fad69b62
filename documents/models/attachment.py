"""Files that go with a document."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attachment(models.Model):
    """An attachment in a file of its own; a PDF one carries the agency's signature (Appendix I of Decree
    30)."""

    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=255)
    ordinal = models.PositiveSmallIntegerField(_("thứ tự"))

    class Meta:
        ordering = ("ordinal",)
        constraints = [
            models.UniqueConstraint(fields=["document", "ordinal"], name="attachment_ordinal_once"),
        ]

    def __str__(self) -> str:
        return self.name
