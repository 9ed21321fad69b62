"""What everybody who works on a protected letter reads: the paper without who wrote it (rule 38)."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class RedactedCopy(models.Model):
    """One paper of a protected letter after a person took out name, address, hand and what points to them.

    The file's own particulars (author, device, place, earlier versions) are taken out by the system. The name
    on the uploader's computer is not kept: it is called by the letter's code.
    """

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="redacted_copies")
    ordinal = models.PositiveSmallIntegerField(_("bản thứ"))
    # The original that it stands for, when that lies in the seal.
    record = models.ForeignKey(
        "complaints.SealedRecord",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="redacted_copies",
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    extension = models.CharField(_("phần mở rộng"), max_length=8)
    added_at = models.DateTimeField(_("thêm lúc"))
    added_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("letter_id", "ordinal")
        constraints = [
            models.UniqueConstraint(fields=["letter", "ordinal"], name="redacted_copy_ordinal_once")
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """By the code and its number alone."""
        return f"{self.letter.code}-{self.ordinal:02d}{self.extension}"
