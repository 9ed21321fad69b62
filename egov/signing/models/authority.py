"""Whose word is believed: trusted roots, and the issuing authorities under them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Authority(models.Model):
    """The certificate of an authority. Only a root is trusted by itself; others must lead to one."""

    der = models.BinaryField(_("chứng thư số"))
    fingerprint = models.CharField(_("dấu vân tay"), max_length=64, unique=True)
    subject = models.TextField(_("chủ thể"))
    is_root = models.BooleanField(_("gốc tin cậy"), default=False)
    # Where this authority publishes its revocation list; empty for one that is only read from certificates.
    crl_url = models.URLField(_("địa chỉ danh sách thu hồi"), max_length=500, blank=True)
    is_active = models.BooleanField(_("đang tin cậy"), default=True)
    changed_at = models.DateTimeField(_("cập nhật lúc"), auto_now=True)

    class Meta:
        verbose_name_plural = _("cơ quan chứng thực")
        ordering = ("subject",)

    def __str__(self) -> str:
        return self.subject
