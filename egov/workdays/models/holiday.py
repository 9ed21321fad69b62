"""Days that differ from the ordinary week: closed ones and made-up ones."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.workdays.weekday import Weekday


class Holiday(models.Model):
    """A day on which offices close although it is a weekday, or work although it is a weekend.

    Public holidays and days off in lieu follow the Labour Code (Art. 112) and the Prime Minister's yearly
    notice; the rows are data that an administrator enters with the number of the decision, not constants.
    A row of an agency holds for it and for all below it on that day, and outweighs one from higher up.
    """

    class Kind(models.TextChoices):
        CLOSED = "closed", _("Nghỉ")
        WORKING = "working", _("Làm bù")

    day = models.DateField(_("ngày"))
    # Empty: everywhere in the province.
    agency = models.ForeignKey(
        "organizations.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="holidays",
        verbose_name=_("phạm vi"),
    )
    kind = models.CharField(_("loại"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("tên"), max_length=200)
    # Number and date of the decision or notice.
    source = models.CharField(_("căn cứ"), max_length=200)

    class Meta:
        ordering = ("day", "agency")
        constraints = [
            models.UniqueConstraint(
                fields=["day", "agency"], name="holiday_once_in_a_scope", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"

    @property
    def weekday(self) -> str:
        """“Thứ Hai”."""
        return str(Weekday(self.day.weekday()).label)
