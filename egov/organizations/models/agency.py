"""Agencies, their codes, their place in the tree on a date, and who succeeded whom."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import AgencyKind, Branch, CodeScheme, Level
from egov.organizations.models.folded import Folded
from egov.organizations.models.period import ends_after_start, in_force, one_at_a_time


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies by date."""

    def existing(self, on: date) -> Self:
        """Agencies that exist on that day."""
        return self.filter(in_force(on))


class Agency(models.Model):
    """An agency of the Party, the State or a mass organisation, from its founding to its end."""

    name = models.CharField(_("tên cơ quan"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=120)
    # What stands in the notation of its papers: UBND, SNV, VP …
    abbreviation = models.CharField(_("chữ viết tắt"), max_length=30)
    kind = models.CharField(_("loại cơ quan"), max_length=20, choices=AgencyKind.choices)
    branch = models.CharField(_("hệ thống"), max_length=10, choices=Branch.choices)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    unit = models.ForeignKey(
        "organizations.AdministrativeUnit", on_delete=models.PROTECT, related_name="agencies"
    )
    # Name of the higher agency as printed above its own on papers; empty for the highest.
    superior_name = models.CharField(_("cơ quan chủ quản trên văn bản"), max_length=200, blank=True)
    # Current identification code (Decision 20/2020); all codes ever held are AgencyCode rows.
    code = models.CharField(_("mã định danh"), max_length=35, unique=True)
    address = models.CharField(_("địa chỉ"), max_length=200, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    seal_picture = models.BinaryField(_("hình ảnh con dấu"), null=True)
    valid_from = models.DateField(_("thành lập ngày"))
    valid_to = models.DateField(_("kết thúc từ ngày"), null=True, blank=True)
    # What a search box looks through.
    folded_name = models.GeneratedField(
        expression=Folded("name"), output_field=models.TextField(), db_persist=True
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = [ends_after_start("agency_ends_after_start")]

    def __str__(self) -> str:
        return self.name

    def exists_on(self, day: date) -> bool:
        """Whether the agency exists on that day: on the day its end takes effect it no longer does."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class AgencyCode(models.Model):
    """A code that means an agency in a period: old and new schemes, re-issued values."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="codes")
    code = models.CharField(_("mã"), max_length=35)
    scheme = models.CharField(_("thế hệ mã"), max_length=10, choices=CodeScheme.choices)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        ordering = ("code",)
        indexes = [models.Index(fields=["code"], name="agency_code_lookup")]
        constraints = [
            # A code means one agency at a time, whatever its generation.
            one_at_a_time(
                "agency_code_one_at_a_time",
                Func(F("code"), Value(0), function="hashtextextended", output_field=models.BigIntegerField()),
            ),
            ends_after_start("agency_code_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.code


class Placement(models.Model):
    """Where an agency hangs in the tree in a period.

    ``path`` lists the primary keys from the root down to the agency itself, each written ``/<pk>`` and the
    whole closed by ``/``, so "this agency and all below" is one indexed prefix test, at any depth.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="child_placements")
    path = models.CharField(_("đường dẫn"), max_length=200)
    depth = models.PositiveSmallIntegerField(_("độ sâu"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        ordering = ("path",)
        indexes = [models.Index(fields=["path"], name="placement_path", opclasses=["varchar_pattern_ops"])]
        constraints = [
            one_at_a_time("placement_one_at_a_time", F("agency")),
            ends_after_start("placement_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.path


class Succession(models.Model):
    """One agency took over from another (merge, split, rename, transfer of function): many to many, dated."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions_out")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions_in")
    on = models.DateField(_("từ ngày"))
    basis = models.CharField(_("căn cứ pháp lý"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id}"
