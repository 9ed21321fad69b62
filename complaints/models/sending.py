"""That somebody was told in writing what was accepted or decided: the event that ends the term for it."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SendingKind(models.TextChoices):
    """What has to reach people within days of the law (domain: 6.1, 6.2, 9)."""

    ACCEPTANCE = "acceptance", _("Thông báo thụ lý tố cáo")
    RESULT = "result", _("Quyết định, kết luận giải quyết")


class Sending(models.Model):
    """One sending that was noted: when, and what shows it; to whom is in the law, by name nowhere."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="sendings")
    kind = models.CharField(_("nội dung gửi"), max_length=10, choices=SendingKind.choices)
    # Which result: another one, after the matter was taken up again, is sent again.
    outcome = models.ForeignKey(
        "complaints.Outcome", on_delete=models.PROTECT, null=True, blank=True, related_name="sendings"
    )
    sent_on = models.DateField(_("gửi ngày"))
    # Number of the post's receipt, minutes of handing over.
    proof = models.CharField(_("biên nhận, biên bản giao"), max_length=300)
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("sent_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="acceptance", outcome=None) | Q(kind="result", outcome__isnull=False),
                name="sending_of_result_names_it",
            ),
            models.UniqueConstraint(
                fields=["matter", "kind", "outcome"], nulls_distinct=False, name="sending_noted_once"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sent_on:%d/%m/%Y}"
