"""Number series: one row per agency, book and year."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """The last number given in one book of one agency in one year (Decree 30/2020, Art. 15 and 22)."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(_("sổ"), max_length=40)
    year = models.PositiveSmallIntegerField(_("năm"))
    last_number = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "book", "year"], name="numbering_one_series"),
        ]

    def __str__(self) -> str:
        return f"{self.book}/{self.year}: {self.last_number}"
