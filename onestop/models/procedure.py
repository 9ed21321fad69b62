"""A procedure of the catalogue and its versions: what a dossier freezes when it comes in."""

from __future__ import annotations

from datetime import date
from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    BigIntegerRangeField,
    DateRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import BigIntegerField, F, Func, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Level
from egov.search.index import Words
from egov.workflow.models import StateChange
from onestop import states
from onestop.enums import (
    ApplicantKind,
    EffectKind,
    OnlineLevel,
    StopReason,
    SystemOfRecord,
    VersionState,
)
from onestop.models.version_lock import facts_of_a_draft, lines_of_a_draft

NATIONAL_CODE = r"^\d\.\d{6}$"
# States of versions that hold, held or will hold on some days.
IN_FORCE = (VersionState.ACTIVE, VersionState.SUPERSEDED, VersionState.ABOLISHED)


class Sector(models.Model):
    """A field of administration (lĩnh vực), as the national catalogue names it."""

    code = models.CharField(_("mã"), max_length=30, unique=True)
    name = models.CharField(_("tên lĩnh vực"), max_length=200)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Procedure(models.Model):
    """A procedure as localised for one agency's catalogue; what it demands is in its versions.

    ``agency`` decides it; where ``level`` is below that agency (a commune-level procedure in the province's
    list), every people's committee of that level decides its own dossiers.
    """

    national_code = models.CharField(
        _("mã quốc gia"), max_length=8, validators=[RegexValidator(NATIONAL_CODE)]
    )
    # What a provincial portal appends: H54, 000.00.00.H54.
    suffix = models.CharField(_("hậu tố địa phương"), max_length=40, blank=True)
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="procedures")
    level = models.CharField(_("cấp thực hiện"), max_length=10, choices=Level.choices)
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="procedures")
    system_of_record = models.CharField(
        _("hệ thống quản lý trạng thái"),
        max_length=10,
        choices=SystemOfRecord.choices,
        default=SystemOfRecord.LOCAL,
    )

    class Meta:
        ordering = ("national_code", "id")
        constraints = [
            models.UniqueConstraint(fields=["national_code", "agency"], name="procedure_once_per_agency"),
            models.CheckConstraint(
                condition=Q(national_code__regex=NATIONAL_CODE), name="procedure_national_code"
            ),
        ]

    def __str__(self) -> str:
        return self.local_code

    @property
    def local_code(self) -> str:
        """As the province writes it: 1.000948.H54."""
        return f"{self.national_code}.{self.suffix}" if self.suffix else self.national_code


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Versions by date."""

    def accepting(self, on: date) -> Self:
        """Versions that take new dossiers on that day: active, begun, and not ended."""
        return self.filter(
            Q(effective_to__isnull=True) | Q(effective_to__gt=on),
            state=VersionState.ACTIVE,
            effective_from__lte=on,
        )


class ProcedureVersion(models.Model):
    """What a procedure demands and promises in a period. Once active it is never edited, only superseded."""

    STATES = states.VERSION
    HISTORY = "changes"

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("phiên bản"))
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT
    )
    name = models.CharField(_("tên thủ tục"), max_length=500)
    keywords = models.CharField(_("từ khóa"), max_length=500, blank=True)
    process = models.TextField(_("trình tự thực hiện"), blank=True)
    conditions = models.TextField(_("yêu cầu, điều kiện"), blank=True)
    intake_address = models.CharField(_("địa chỉ tiếp nhận"), max_length=300, blank=True)
    applicant_kinds = ArrayField(
        models.CharField(max_length=12, choices=ApplicantKind.choices),
        verbose_name=_("đối tượng thực hiện"),
        default=list,
    )
    online_level = models.CharField(
        _("mức độ trực tuyến"), max_length=12, choices=OnlineLevel.choices, default=OnlineLevel.PARTIAL
    )
    effective_from = models.DateField(_("áp dụng từ"), null=True, blank=True)
    # The first day on which it no longer holds.
    effective_to = models.DateField(_("hết áp dụng từ"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    verified_at = models.DateTimeField(_("thẩm tra lúc"), null=True, blank=True)

    # How its dossiers are handled (domain: 2.4).
    no_appointment = models.BooleanField(_("không hẹn ngày trả"), default=False)
    # Same-day services: received later than this, due the next working day.
    cutoff = models.TimeField(_("giờ chốt trong ngày"), null=True, blank=True)
    allowed_stops = ArrayField(
        models.CharField(max_length=15, choices=StopReason.choices),
        verbose_name=_("lý do được tạm dừng"),
        default=list,
        blank=True,
    )
    representative_allowed = models.BooleanField(_("được ủy quyền nộp thay"), default=True)
    across_boundaries = models.BooleanField(_("tiếp nhận không phụ thuộc địa giới"), default=True)
    silence_is_consent = models.BooleanField(_("quá hạn lấy ý kiến coi như đồng ý"), default=False)
    on_the_spot = models.BooleanField(_("giải quyết tại chỗ"), default=False)
    result_must_be_signed = models.BooleanField(_("kết quả phải ký số"), default=False)
    result_file_required = models.BooleanField(_("bắt buộc có tệp kết quả"), default=False)
    online_payment_required = models.BooleanField(_("bắt buộc thanh toán trực tuyến"), default=False)
    charge_refundable = models.BooleanField(_("được hoàn lệ phí khi rút trước xử lý"), default=True)

    search = models.GeneratedField(
        expression=Words("name", "keywords"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ProcedureVersionQuerySet.as_manager()

    class Meta:
        ordering = ("procedure_id", "-number")
        indexes = [GinIndex(fields=["search"], name="procedure_version_search")]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(effective_from__isnull=False, verified_at__isnull=False),
                name="procedure_version_active_is_verified",
            ),
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="procedure_version_ends_after_start",
            ),
            # An integer range of one stands in for the equality of btree_gist, which the wheels lack.
            ExclusionConstraint(
                name="procedure_version_one_at_a_time",
                expressions=[
                    (
                        Func(
                            Cast("procedure", BigIntegerField()),
                            Cast("procedure", BigIntegerField()),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func(
                            F("effective_from"),
                            F("effective_to"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state__in=IN_FORCE),
            ),
        ]
        triggers = [
            facts_of_a_draft(
                "procedure_id",
                "number",
                "name",
                "keywords",
                "process",
                "conditions",
                "intake_address",
                "applicant_kinds",
                "online_level",
                "no_appointment",
                "cutoff",
                "allowed_stops",
                "representative_allowed",
                "across_boundaries",
                "silence_is_consent",
                "on_the_spot",
                "result_must_be_signed",
                "result_file_required",
                "online_payment_required",
                "charge_refundable",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def accepts_on(self, day: date) -> bool:
        """Whether a new dossier may use it on that day."""
        return (
            self.state == VersionState.ACTIVE
            and self.effective_from is not None
            and self.effective_from <= day
            and (self.effective_to is None or day < self.effective_to)
        )


class VersionChangeQuerySet(models.QuerySet["VersionChange"]):
    """Steps of versions, by who took them."""

    def written_by(self, user_id: int | None) -> bool:
        """Whether that person created or edited one of these drafts; sending back is no writing."""
        written = self.filter(before__in=("", VersionState.DRAFT), after=VersionState.DRAFT)
        return written.filter(user_id=user_id).exists()


class VersionChange(StateChange):
    """One step in the life of a version; each edit of a draft is one from draft to draft."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="changes")

    objects = VersionChangeQuerySet.as_manager()

    class Meta(StateChange.Meta):
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class LegalBasis(models.Model):
    """A legal document that a version rests on."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="legal_bases")
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    title = models.CharField(_("trích yếu"), max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        triggers = [lines_of_a_draft("version_id")]

    def __str__(self) -> str:
        return self.number


class ResultKind(models.Model):
    """What a procedure may give back; a refusal letter is a result too."""

    version = models.ForeignKey(ProcedureVersion, on_delete=models.CASCADE, related_name="result_kinds")
    code = models.CharField(_("mã kết quả"), max_length=30, blank=True)
    name = models.CharField(_("tên kết quả"), max_length=300)
    is_refusal = models.BooleanField(_("văn bản từ chối"), default=False)

    class Meta:
        ordering = ("id",)
        triggers = [lines_of_a_draft("version_id")]

    def __str__(self) -> str:
        return self.name


class AnnouncingDecision(models.Model):
    """A decision that announces procedures (quyết định công bố); one may change many, each from its own
    day."""

    number = models.CharField(_("số quyết định"), max_length=60)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200)
    title = models.CharField(_("trích yếu"), max_length=500)
    issued_on = models.DateField(_("ngày ban hành"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-issued_on", "-id")
        constraints = [
            models.UniqueConstraint(fields=["number", "issuer", "issued_on"], name="announcing_decision_once")
        ]

    def __str__(self) -> str:
        return self.number


class DecisionEffect(models.Model):
    """What a decision does to one procedure, from 00:00 local time of its own day."""

    decision = models.ForeignKey(AnnouncingDecision, on_delete=models.PROTECT, related_name="effects")
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="effects")
    kind = models.CharField(_("nội dung"), max_length=10, choices=EffectKind.choices)
    effective_on = models.DateField(_("có hiệu lực từ"))
    # The version that it brings in; none when it abolishes.
    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="effects"
    )
    applied_at = models.DateTimeField(_("đã áp dụng lúc"), null=True, blank=True)

    class Meta:
        ordering = ("effective_on", "id")
        constraints = [
            models.UniqueConstraint(fields=["decision", "procedure"], name="decision_effect_once"),
            models.CheckConstraint(
                condition=Q(kind="abolished") | Q(version__isnull=False), name="decision_effect_has_version"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.procedure_id} {self.effective_on}"
