"""An agency ended with open letters: which content another agency took over, on what decision (rule 55)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class MatterTakeover(models.Model):
    """The recorded hand-over of one open content; number and code of its letter stay what they were."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="takeovers")
    predecessor = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    # Names of the day, as history shows them.
    predecessor_name = models.CharField(_("cơ quan cũ"), max_length=200)
    successor_name = models.CharField(_("cơ quan tiếp nhận"), max_length=200)
    decision = models.CharField(_("số quyết định"), max_length=60)
    decided_on = models.DateField(_("ngày quyết định"))
    at = models.DateTimeField(_("lúc"))
    user_id = models.BigIntegerField(_("người thực hiện"), null=True)
    person = models.CharField(_("họ tên, chức vụ"), max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")), name="matter_takeover_by_another"
            ),
            models.CheckConstraint(condition=~Q(decision=""), name="matter_takeover_has_decision"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.predecessor_name} → {self.successor_name}"
