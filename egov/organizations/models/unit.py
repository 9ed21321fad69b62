"""Administrative units: the province, its districts and communes, with their place on the map."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Level


class AdministrativeUnit(models.Model):
    """A territory (tỉnh, huyện, xã …). Not the same thing as an agency: its code is the statistical one."""

    code = models.CharField(_("mã đơn vị hành chính"), max_length=5, unique=True)
    name = models.CharField(_("tên"), max_length=100)
    kind = models.CharField(_("loại"), max_length=20)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    # Degrees, WGS 84; unknown for some communes.
    latitude = models.FloatField(_("vĩ độ"), null=True, blank=True)
    longitude = models.FloatField(_("kinh độ"), null=True, blank=True)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
