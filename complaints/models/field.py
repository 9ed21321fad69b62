"""What letters are about, in two levels, as reports group them (domain: 2 and 12)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentField(models.Model):
    """A field of content; one without a parent is a heading of the reports."""

    code = models.CharField(_("mã"), max_length=20, unique=True)
    name = models.CharField(_("lĩnh vực"), max_length=150)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.name
