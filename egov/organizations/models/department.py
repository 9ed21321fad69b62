"""Units inside an agency."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """A room, division or office inside an agency; its abbreviation stands in the notation of a công văn."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(_("tên đơn vị"), max_length=150)
    abbreviation = models.CharField(_("chữ viết tắt"), max_length=20)

    class Meta:
        ordering = ("agency_id", "name")
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="department_once")]

    def __str__(self) -> str:
        return self.name
