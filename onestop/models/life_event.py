"""What happens in a life or a business, and the procedures that come with it: the portal's way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from onestop.models.procedure import Procedure


class LifeEvent(models.Model):
    """A birth, a marriage, building a house, opening a business …: how people look for a procedure."""

    code = models.SlugField(_("mã"), unique=True)
    name = models.CharField(_("sự kiện"), max_length=120)
    description = models.CharField(_("mô tả"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    procedures = models.ManyToManyField(Procedure, related_name="life_events", verbose_name=_("thủ tục"))

    class Meta:
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name
