"""The history of a thing's states, and whose it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StateChange(models.Model):
    """One step of one thing, never edited: from, to, by whom, when, why. Each app gives it a foreign key."""

    before = models.CharField(_("từ trạng thái"), max_length=20, blank=True)
    after = models.CharField(_("sang trạng thái"), max_length=20)
    at = models.DateTimeField(_("lúc"))
    # Ids and words of the day, not foreign keys: history shows the names of its own time.
    user_id = models.BigIntegerField(_("người thực hiện"), null=True)
    person = models.CharField(_("họ tên, chức vụ"), max_length=300, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
