"""A file that is kept: once, whatever the number of documents and recipients that refer to it."""

import pgtrigger
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """The content named by its SHA-256. Rows never change, so a hash that was checked once stays true.

    Recipients get rights to the row, not copies of the bytes: a circular to 769 agencies is stored once.
    """

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    size = models.PositiveBigIntegerField(_("số byte"))
    media_type = models.CharField(_("kiểu tệp"), max_length=100)
    stored_at = models.DateTimeField(_("lúc lưu"), default=timezone.now)

    class Meta:
        verbose_name = _("tệp")
        verbose_name_plural = _("tệp")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="files_sha256_is_hex"
            ),
        ]
        triggers = [pgtrigger.Protect(name="write_once", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} ({self.media_type})"

    @property
    def name(self) -> str:
        """Where the bytes lie in the store."""
        return name_of(self.sha256)


def name_of(sha256: str) -> str:
    """Name in the store of the content with this hash; 256 folders keep each of them short."""
    return f"{sha256[:2]}/{sha256}"
