"""The two registers of a registry desk (Decree 30/2020, Art. 15, 16, 22; Appendix IV)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OutgoingEntry(models.Model):
    """A line of the register of outgoing documents; written with the number, never changed."""

    document = models.OneToOneField(
        "documents.Document", on_delete=models.PROTECT, related_name="outgoing_entry"
    )
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    book = models.CharField(_("sổ"), max_length=40)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    notation = models.CharField(_("số, ký hiệu"), max_length=60)
    registered_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("vào sổ lúc"))
    copy_holder = models.CharField(_("đơn vị, người nhận bản lưu"), max_length=150)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)

    class Meta:
        ordering = ("agency", "year", "book", "number")
        constraints = [
            models.UniqueConstraint(fields=["agency", "book", "year", "number"], name="outgoing_number_once"),
            models.UniqueConstraint(fields=["agency", "year", "notation"], name="outgoing_notation_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.notation} ({self.year})"


class IncomingEntry(models.Model):
    """A line of the register of incoming documents: số đến, one series a year for paper and electronic
    alike."""

    delivery = models.OneToOneField(
        "documents.Delivery", on_delete=models.PROTECT, related_name="incoming_entry"
    )
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số đến"))
    registered_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("vào sổ lúc"))
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)

    class Meta:
        ordering = ("agency", "year", "number")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="incoming_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="incoming_positive"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"
