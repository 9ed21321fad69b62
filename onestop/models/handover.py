"""How dossiers go from one agency to the next: hand-over lists, each line accepted or given back."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import HandoverAnswer


class HandoverList(models.Model):
    """What one agency sent to another in one go, under one number: one dossier, or a day's whole pile."""

    sender_agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    receiver_agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    # None when the system forwarded what came in online.
    sender = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sender_caption = models.CharField(_("người giao"), max_length=300)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    sent_at = models.DateTimeField(_("giao lúc"))

    class Meta:
        ordering = ("-sent_at", "-id")
        indexes = [models.Index(fields=["receiver_agency", "sent_at"], name="handover_received")]
        constraints = [
            models.UniqueConstraint(fields=["sender_agency", "year", "number"], name="handover_number"),
            models.CheckConstraint(
                condition=~Q(sender_agency=models.F("receiver_agency")), name="handover_between_two"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.year}"


class HandoverLine(models.Model):
    """One dossier's leg on a list, with the papers that went along; answered once, by the receiver."""

    handover = models.ForeignKey(HandoverList, on_delete=models.PROTECT, related_name="lines")
    leg = models.ForeignKey("onestop.Leg", on_delete=models.PROTECT, related_name="handovers")
    # Names and numbers of the day: [{"name": …, "originals": 1, "copies": 0}].
    papers = models.JSONField(_("giấy tờ kèm theo"), default=list)
    answer = models.CharField(_("kết quả"), max_length=10, choices=HandoverAnswer.choices, blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True)
    receiver = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    receiver_caption = models.CharField(_("người nhận"), max_length=300, blank=True)
    reason = models.CharField(_("lý do trả lại"), max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["leg"], condition=Q(answered_at__isnull=True), name="handover_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=(Q(answer="") & Q(answered_at__isnull=True))
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="handover_answer_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(answer="given_back") | ~Q(reason=""), name="handover_given_back_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.answered_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handover_id} {self.leg_id}"
