"""What was changed in a register after entry: the old words stay beside the new ones."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """One field of a letter or of one of its contents, before and after, by whom and why. Never edited.

    When an open letter goes under seal its corrections go too: they may name people (rule 35).
    """

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="corrections")
    matter = models.ForeignKey(
        "complaints.Matter", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    field = models.CharField(_("mục"), max_length=40)
    before = models.TextField(_("trước"), blank=True)
    after = models.TextField(_("sau"), blank=True)
    reason = models.CharField(_("lý do"), max_length=500)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.field}"
