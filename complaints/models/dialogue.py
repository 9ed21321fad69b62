"""The dialogue: called in writing, held, minuted; who stays away no longer holds it up ."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Dialogue(models.Model):
    """One meeting of who decides with who complains and who is complained of."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="dialogues")
    meets_at = models.DateTimeField(_("thời gian đối thoại"))
    place = models.CharField(_("địa điểm"), max_length=300)
    content = models.TextField(_("nội dung đối thoại"))
    called_at = models.DateTimeField(_("thông báo lúc"))
    called_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    chaired_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    complainant_came = models.BooleanField(_("người khiếu nại có mặt"), null=True, blank=True)
    minutes = models.TextField(_("biên bản đối thoại"), blank=True)
    # Everybody who was there has signed, or the minutes say who refused and why.
    is_signed = models.BooleanField(_("biên bản có đủ chữ ký"), default=False)
    minuted_at = models.DateTimeField(_("lập biên bản lúc"), null=True, blank=True)
    minuted_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("meets_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(minuted_at__isnull=True)
                | (~Q(minutes="") & Q(complainant_came__isnull=False, chaired_by__isnull=False)),
                name="dialogue_minuted_in_full",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="minuted_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.minuted_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.meets_at):%H:%M %d/%m/%Y}"
