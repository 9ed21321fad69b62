"""A case of a procedure's version: its papers, limits, fees and the way through the agencies."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.workdays.limit import Limit, LimitUnit
from onestop.enums import Channel, FeeBasis, FeeKind, LegAgency, RequirementKind
from onestop.models.procedure import ProcedureVersion
from onestop.models.version_lock import lines_of_a_draft


class Case(models.Model):
    """One way of applying (trường hợp); a procedure without cases has exactly one, without a name."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="cases")
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=1)
    name = models.CharField(_("trường hợp"), max_length=300, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = [models.UniqueConstraint(fields=["version", "order"], name="case_order")]
        triggers = [lines_of_a_draft("version_id")]

    def __str__(self) -> str:
        return self.name or str(self.version)


class ChannelRule(models.Model):
    """The time limit of a case through one channel: by law, and what the province commits itself to."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="channel_rules")
    channel = models.CharField(_("cách thức"), max_length=10, choices=Channel.choices)
    # A variant of the same channel (by place or kind), in words; empty for the usual one.
    variant = models.CharField(_("biến thể"), max_length=200, blank=True)
    legal_amount = models.PositiveSmallIntegerField(_("thời hạn theo quy định"), null=True, blank=True)
    # The catalogue leaves many units out: a person fills them in before the version can be active.
    legal_unit = models.CharField(_("đơn vị"), max_length=15, choices=LimitUnit.choices, blank=True)
    committed_amount = models.PositiveSmallIntegerField(_("thời hạn cam kết"), null=True, blank=True)
    committed_unit = models.CharField(
        _("đơn vị cam kết"), max_length=15, choices=LimitUnit.choices, blank=True
    )
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)

    class Meta:
        ordering = ("case_id", "channel", "id")
        constraints = [
            models.UniqueConstraint(fields=["case", "channel", "variant"], name="channel_rule_once"),
        ]
        triggers = [lines_of_a_draft("case_id")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.legal_amount} {self.get_legal_unit_display()}"

    @property
    def legal_limit(self) -> Limit | None:
        """By law; none when there is no limit or its unit is still unknown."""
        return _limit(self.legal_amount, self.legal_unit)

    @property
    def limit(self) -> Limit | None:
        """What the appointment is computed from: the commitment where there is one, else the law."""
        return _limit(self.committed_amount, self.committed_unit) or self.legal_limit


class FeeRule(models.Model):
    """What a case costs; one amount, or counted by something, for one channel or for all."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="fee_rules")
    # Empty: the same for every channel.
    channel = models.CharField(_("cách thức"), max_length=10, choices=Channel.choices, blank=True)
    kind = models.CharField(_("loại"), max_length=6, choices=FeeKind.choices, default=FeeKind.CHARGE)
    name = models.CharField(_("khoản thu"), max_length=200)
    basis = models.CharField(_("cách tính"), max_length=12, choices=FeeBasis.choices)
    # Dong; empty as long as nobody has set it.
    amount = models.PositiveIntegerField(_("mức thu (đồng)"), null=True, blank=True)
    # From this unit on another amount holds (certified copies: from page 3 on).
    later_from = models.PositiveSmallIntegerField(_("mức sau tính từ"), null=True, blank=True)
    later_amount = models.PositiveIntegerField(_("mức sau (đồng)"), null=True, blank=True)
    # Most that one copy or one dossier may cost.
    cap = models.PositiveIntegerField(_("mức tối đa (đồng)"), null=True, blank=True)
    # Asked for only when the applicant wants it (an extract besides the certificate).
    is_optional = models.BooleanField(_("chỉ thu khi có yêu cầu"), default=False)
    # Somebody compared it with the law: published amounts are sometimes wrong.
    is_confirmed = models.BooleanField(_("đã xác nhận"), default=False)
    legal_basis = models.CharField(_("căn cứ"), max_length=300, blank=True)

    class Meta:
        ordering = ("case_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(is_confirmed=True) | Q(basis="free") | Q(amount__isnull=False),
                name="fee_rule_confirmed_has_amount",
            ),
        ]
        triggers = [lines_of_a_draft("case_id")]

    def __str__(self) -> str:
        return self.name


class Requirement(models.Model):
    """A line of what to bring (thành phần hồ sơ)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="requirements")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.TextField(_("giấy tờ"))
    kind = models.CharField(_("loại"), max_length=10, choices=RequirementKind.choices)
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    copies = models.PositiveSmallIntegerField(_("bản sao"), default=0)
    # "If any": its absence does not block.
    is_conditional = models.BooleanField(_("nếu có"), default=False)
    # What the result of an earlier procedure or a connected database gives; then nobody has to bring it.
    type_code = models.CharField(_("mã loại giấy tờ"), max_length=30, blank=True)
    available_from = models.CharField(_("tra cứu được từ"), max_length=60, blank=True)
    must_digitise = models.BooleanField(_("phải số hóa"), default=False)
    form = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    form_name = models.CharField(_("mẫu đơn, tờ khai"), max_length=200, blank=True)

    class Meta:
        ordering = ("case_id", "order")
        constraints = [models.UniqueConstraint(fields=["case", "order"], name="requirement_order")]
        triggers = [lines_of_a_draft("case_id")]

    def __str__(self) -> str:
        return self.name


class PlannedLeg(models.Model):
    """One agency's part in a case, as configured: who, how long, and after which other legs."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="planned_legs")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("công đoạn"), max_length=200)
    agency_choice = models.CharField(_("cơ quan"), max_length=10, choices=LegAgency.choices)
    agency = models.ForeignKey(
        "organizations.Agency", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    amount = models.PositiveSmallIntegerField(_("thời hạn"))
    unit = models.CharField(_("đơn vị"), max_length=15, choices=LimitUnit.choices)
    # Orders of the legs that must be done before; none: from the start. Two with the same run in parallel.
    after = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("sau công đoạn"), default=list, blank=True
    )

    class Meta:
        ordering = ("case_id", "order")
        constraints = [
            models.UniqueConstraint(fields=["case", "order"], name="planned_leg_order"),
            models.CheckConstraint(
                condition=Q(agency_choice="named", agency__isnull=False)
                | (~Q(agency_choice="named") & Q(agency__isnull=True)),
                name="planned_leg_names_its_agency",
            ),
        ]
        triggers = [lines_of_a_draft("case_id")]

    def __str__(self) -> str:
        return self.name


class PlannedStep(models.Model):
    """One person's part in a leg, as configured: role, limit, and what may follow."""

    leg = models.ForeignKey(PlannedLeg, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    name = models.CharField(_("bước"), max_length=200)
    # A Role of egov.organizations: who may take it up.
    role = models.CharField(_("vai trò"), max_length=15)
    # Working hours; the sum over a case never exceeds its limit.
    hours = models.PositiveSmallIntegerField(_("thời hạn (giờ làm việc)"))
    # Orders of the steps of this leg that may come next; empty on the last step of the leg.
    followers = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("bước tiếp theo"), default=list, blank=True
    )

    class Meta:
        ordering = ("leg_id", "order")
        constraints = [models.UniqueConstraint(fields=["leg", "order"], name="planned_step_order")]
        triggers = [lines_of_a_draft("leg_id")]

    def __str__(self) -> str:
        return self.name


def _limit(amount: int | None, unit: str) -> Limit | None:
    return None if amount is None or not unit else Limit(amount, LimitUnit(unit))
