"""What makes a case complex, or its people hard to reach: facts on record, each with its evidence."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import Complexity


class FactKind(models.TextChoices):
    """The facts that the law names (Decree 31/2019 for denunciations; domain: 6.2)."""

    SEVERAL_PLACES = "several_places", _("Một nội dung phải xác minh ở từ hai nơi trở lên")
    SEVERAL_CONTENTS = "several_contents", _("Có từ hai nội dung trở lên")
    MANY_PEOPLE = "many_people", _("Nhiều người đứng đơn hoặc liên quan đến nhiều người")
    FOREIGN = "foreign", _("Có yếu tố nước ngoài")
    SEVERAL_BODIES = "several_bodies", _("Thuộc trách nhiệm của nhiều cơ quan")
    DIFFERING = "differing", _("Các cơ quan còn ý kiến khác nhau")
    CHECKED_ELSEWHERE = "checked_elsewhere", _("Phải kiểm tra ban đầu ở nhiều nơi hoặc ủy quyền kiểm tra")
    REMOTE = "remote", _("Vùng sâu, vùng xa, đi lại khó khăn")


# What counts for the case's complexity; the other two lengthen a term by themselves.
COMPLICATING = (
    FactKind.SEVERAL_PLACES,
    FactKind.SEVERAL_CONTENTS,
    FactKind.MANY_PEOPLE,
    FactKind.FOREIGN,
    FactKind.SEVERAL_BODIES,
    FactKind.DIFFERING,
)


class CaseFact(models.Model):
    """One fact and what shows it. It is taken back with a reason, never erased (rule 22)."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="facts")
    kind = models.CharField(_("tình tiết"), max_length=18, choices=FactKind.choices)
    evidence = models.CharField(_("tài liệu, chứng cứ"), max_length=500)
    noted_at = models.DateTimeField(_("ghi nhận lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    dropped_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_because = models.CharField(_("lý do bỏ"), max_length=500, blank=True)

    class Meta:
        ordering = ("noted_at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind"], condition=Q(dropped_at__isnull=True), name="fact_once"
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | ~Q(dropped_because=""), name="fact_dropped_with_reason"
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.kind}"


class ClockChange(models.Model):
    """One time that the end of a term was counted anew: by whom, why, from when to when. Append-only."""

    matter = models.ForeignKey("complaints.Matter", on_delete=models.PROTECT, related_name="clock_changes")
    at = models.DateTimeField(_("lúc"))
    user_id = models.BigIntegerField(_("người thực hiện"), null=True)
    person = models.CharField(_("họ tên, chức vụ"), max_length=300)
    reason = models.CharField(_("lý do"), max_length=600)
    complexity = models.CharField(_("tính chất"), max_length=10, choices=Complexity.choices)
    is_remote = models.BooleanField(_("vùng sâu, vùng xa"))
    ended_on = models.DateField(_("hết hạn trước đó"), null=True)
    ends_on = models.DateField(_("hết thời hạn"), null=True)
    due_on = models.DateField(_("hạn"), null=True)

    class Meta:
        ordering = ("at", "id")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.ends_on}"
