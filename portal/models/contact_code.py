"""An address that a citizen says is theirs, until they have typed the code that was sent to it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.enums import NoticeChannel


class ContactCode(models.Model):
    """One code on its way. The code itself is kept nowhere: it is worked out of ``nonce`` and our secret."""

    citizen = models.ForeignKey("portal.Citizen", on_delete=models.CASCADE, related_name="contact_codes")
    channel = models.CharField(_("kênh"), max_length=10, choices=NoticeChannel.choices)
    contact = models.CharField(_("địa chỉ"), max_length=254)
    nonce = models.CharField(_("số ngẫu nhiên"), max_length=43)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    expires_at = models.DateTimeField(_("có giá trị đến"))
    tries = models.PositiveSmallIntegerField(_("số lần nhập"), default=0)
    used_at = models.DateTimeField(_("xác nhận lúc"), null=True)

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = [models.Index(fields=["citizen", "asked_at"], name="contact_code_of_citizen")]

    def __str__(self) -> str:
        return f"{self.citizen_id} {self.channel}"
