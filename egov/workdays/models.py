"""Days that differ from the ordinary week: closed ones and made-up ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A day on which offices close although it is a weekday, or work although it is a weekend.

    Public holidays and days off in lieu follow the Labour Code (Art. 112) and the Prime Minister's yearly
    notice; the rows are data that an administrator corrects when the notice comes, not constants.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("Nghỉ")
        WORKING = "working", _("Làm bù")

    day = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=200)
    source = models.CharField(_("căn cứ"), max_length=200)

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
