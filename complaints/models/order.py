"""The numbered decisions in the course of a settlement, and those of them that move its clock."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OrderKind(models.TextChoices):
    """What a decision on the way decides (domain: 5.4 and 6)."""

    ACCEPT = "accept", _("Thụ lý")
    VERIFY = "verify", _("Giao xác minh")
    EXTEND = "extend", _("Gia hạn giải quyết")
    SUSPEND = "suspend", _("Tạm đình chỉ giải quyết")
    RESUME = "resume", _("Tiếp tục giải quyết")
    STOP = "stop", _("Đình chỉ giải quyết")
    REOPEN = "reopen", _("Giải quyết lại")
    MEASURE = "measure", _("Áp dụng biện pháp khẩn cấp")
    LIFT = "lift", _("Hủy bỏ biện pháp khẩn cấp")


class Order(models.Model):
    """A decision of the leader with its number in the body's series of the year: never changed."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="orders")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("loại"), max_length=8, choices=OrderKind.choices)
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    decided_at = models.DateTimeField(_("quyết định lúc"))
    decided_on = models.DateField(_("ngày"))
    decided_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    # Name and position in words of the day.
    signer = models.CharField(_("người ký"), max_length=300)
    reason = models.CharField(_("lý do, nội dung"), max_length=1000)

    class Meta:
        ordering = ("decided_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "number"], name="order_number_once"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.notation

    @property
    def notation(self) -> str:
        """“12/QĐ-GQĐT”."""
        return f"{self.number}/QĐ-GQĐT"


class Extension(models.Model):
    """A term made longer: added to the day on which it ended, not to the open day it had moved to."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="extensions")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="extension")
    days = models.PositiveSmallIntegerField(_("số ngày"))
    ended_on = models.DateField(_("hết thời hạn cũ"))
    ends_on = models.DateField(_("hết thời hạn mới"))

    class Meta:
        ordering = ("id",)
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} +{self.days}"


class SuspensionGround(models.TextChoices):
    """Why a settlement may be suspended (domain: 1.1)."""

    RELATED = "related", _("Chờ kết quả giải quyết vụ việc khác có liên quan")
    OPINION = "opinion", _("Chờ kết luận giám định, ý kiến của cơ quan có thẩm quyền")
    HINDRANCE = "hindrance", _("Bất khả kháng, trở ngại khách quan")


class Suspension(models.Model):
    """The clock stands still from one decision to another; it runs on with the days that it had left."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="suspensions")
    order = models.OneToOneField(Order, on_delete=models.PROTECT, related_name="suspension")
    ground = models.CharField(_("căn cứ"), max_length=10, choices=SuspensionGround.choices)
    started_on = models.DateField(_("từ ngày"))
    remaining_days = models.SmallIntegerField(_("số ngày còn lại"))
    resumed_by = models.OneToOneField(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="resumed"
    )
    ended_on = models.DateField(_("đến ngày"), null=True, blank=True)

    class Meta:
        ordering = ("started_on", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=Q(ended_on__isnull=True), name="suspension_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, resumed_by__isnull=True)
                | Q(ended_on__gte=F("started_on"), resumed_by__isnull=False),
                name="suspension_ends_by_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.started_on}"
