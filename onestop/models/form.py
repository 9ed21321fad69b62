"""The standard forms by the circular in force, and the slips that were issued on them."""

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onestop.enums import FormKind


class FormSetQuerySet(models.QuerySet["FormSet"]):
    """Sets by date."""

    def in_force(self, on: date) -> Self:
        """The set that slips of that day are issued on: the last one that has begun."""
        return self.filter(effective_from__lte=on).order_by("-effective_from")


class FormSet(models.Model):
    """The forms of one circular, from the day on which it takes effect; the next one ends it.

    Circular 01/2018/TT-VPCP has six, Circular 03/2025/TT-VPCP seven (domain: 3.2). The day is data, because
    a province may begin with a new set on a day of its own.
    """

    code = models.SlugField(_("mã"), max_length=20, unique=True)
    name = models.CharField(_("tên"), max_length=100)
    effective_from = models.DateField(_("áp dụng từ ngày"), unique=True)

    objects = FormSetQuerySet.as_manager()

    class Meta:
        ordering = ("effective_from",)

    def __str__(self) -> str:
        return self.name


class StandardForm(models.Model):
    """One form of a set: its number there, its title, its paper."""

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        A5 = "a5", "A5"

    form_set = models.ForeignKey(FormSet, on_delete=models.PROTECT, related_name="forms")
    kind = models.CharField(_("loại"), max_length=10, choices=FormKind.choices)
    # Empty where the circular has no numbered form for it, and agencies write a plain notice.
    number = models.CharField(_("mẫu số"), max_length=4, blank=True)
    title = models.CharField(_("tên mẫu"), max_length=150)
    # What stands behind the number of a slip: 12/TNHS.
    notation = models.CharField(_("ký hiệu"), max_length=10)
    paper = models.CharField(_("khổ giấy"), max_length=2, choices=Paper.choices)

    class Meta:
        ordering = ("form_set_id", "number")
        constraints = [models.UniqueConstraint(fields=["form_set", "kind"], name="standard_form_once")]

    def __str__(self) -> str:
        return self.title


class IssuedForm(models.Model):
    """A slip as it was issued: its words are a snapshot, so a reprint says the same whatever has changed
    since (rule 13).

    The file is made when it is first printed and is the same ever after. A power cut between the receipt of
    a dossier and its printing therefore loses nothing.
    """

    dossier = models.ForeignKey("onestop.Dossier", on_delete=models.PROTECT, related_name="forms")
    form = models.ForeignKey(StandardForm, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=10, choices=FormKind.choices)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    content = models.JSONField(_("nội dung"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("cấp lúc"))
    # None when the system issued it.
    issued_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The same paper with the agency's digital signature, where it is given electronically.
    sealed_file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sealed_at = models.DateTimeField(_("ký số lúc"), null=True, blank=True)
    sealed_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("issued_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year", "number"], name="issued_form_number"),
            models.CheckConstraint(
                condition=Q(sealed_file=None, sealed_at=None, sealed_by=None)
                | Q(file__isnull=False, sealed_file__isnull=False, sealed_at__isnull=False)
                & Q(sealed_by__isnull=False),
                name="issued_form_sealed_by_somebody",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="snapshot_stays",
                operation=pgtrigger.UpdateOf(
                    "dossier_id", "form_id", "kind", "agency_id", "year", "number", "content", "issued_at"
                )
                | pgtrigger.Delete,
            ),
            pgtrigger.Protect(
                name="file_is_made_once",
                operation=pgtrigger.UpdateOf("file_id"),
                condition=pgtrigger.Condition("OLD.file_id IS NOT NULL"),
            ),
            pgtrigger.Protect(
                name="sealed_once",
                operation=pgtrigger.UpdateOf("sealed_file_id", "sealed_at", "sealed_by_id"),
                condition=pgtrigger.Condition("OLD.sealed_file_id IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.kind}/{self.year}"

    @property
    def file_name(self) -> str:
        """What the browser calls it."""
        return f"{self.kind}-{self.number}-{self.year}.pdf"
