"""Revocation lists as they were fetched: the newest is used, the older stay as evidence of past checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.signing.models.authority import Authority


class RevocationList(models.Model):
    """One CRL of one authority, never edited."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="revocation_lists")
    der = models.BinaryField(_("danh sách thu hồi"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    this_update = models.DateTimeField(_("phát hành lúc"))
    next_update = models.DateTimeField(_("bản kế tiếp lúc"))
    fetched_at = models.DateTimeField(_("nhận lúc"), auto_now_add=True)

    class Meta:
        ordering = ("-this_update", "-pk")
        indexes = [models.Index(fields=["authority", "-this_update"], name="revocation_newest")]

    def __str__(self) -> str:
        return f"{self.authority} {self.this_update:%Y-%m-%d %H:%M}"
