"""What narrows the catalogue; a procedure that is new to it; files, commitments."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egov.organizations.enums import Level
from egov.organizations.models import Agency
from onestop.enums import VersionState
from onestop.forms.fields import DayField, LineField
from onestop.models import ProcedureVersion, Sector
from onestop.models.procedure import NATIONAL_CODE
from onestop.queries.catalogue import searched

EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
WORDS_LENGTH = 200
LEAST, MOST = 50, 75


class CatalogueFilter(forms.Form):
    """Search box, sector, level, agency, state; wrong values in an address filter nothing."""

    q = forms.CharField(
        label=_("Tìm thủ tục, mã"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    sector = forms.ModelChoiceField(
        label=_("Lĩnh vực"),
        required=False,
        queryset=Sector.objects.all(),
        empty_label=pgettext_lazy("bộ lọc", "Tất cả"),
    )
    level = forms.ChoiceField(label=_("Cấp thực hiện"), required=False, choices=[EVERY, *Level.choices])
    agency = forms.ModelChoiceField(
        label=_("Cơ quan"),
        required=False,
        queryset=Agency.objects.none(),
        empty_label=pgettext_lazy("bộ lọc", "Tất cả"),
    )
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[
            EVERY,
            ("active", VersionState.ACTIVE.label),
            ("waiting", _("Có bản dự thảo")),
            ("ended", _("Không còn áp dụng")),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        agency: Any = self.fields["agency"]
        # Only those with procedures: the province has 770.
        agency.queryset = Agency.objects.filter(procedures__isnull=False).distinct().order_by("name")
        agency.label_from_instance = lambda one: one.short_name

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered."""
        self.is_valid()
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrow(self, rows: QuerySet[ProcedureVersion], on: date) -> QuerySet[ProcedureVersion]:
        """Only the rows that fit; ``rows`` are those of ``queries.catalogue.catalogue``."""
        self.is_valid()
        chosen = self.cleaned_data
        rows = searched(rows, chosen.get("q") or "")
        for name in ("sector", "level", "agency"):
            if value := chosen.get(name):
                rows = rows.filter(**{f"procedure__{name}": value})
        in_force = Q(effective_from__lte=on, state=VersionState.ACTIVE) & (
            Q(effective_to__isnull=True) | Q(effective_to__gt=on)
        )
        match chosen.get("state"):
            case "active":
                return rows.filter(in_force)
            case "waiting":
                return rows.filter(waiting_id__isnull=False)
            case "ended":
                ended = (VersionState.SUPERSEDED, VersionState.ABOLISHED, VersionState.ACTIVE)
                return rows.filter(state__in=ended).exclude(in_force).exclude(effective_from__gt=on)
        return rows


class ProcedureForm(forms.Form):
    """A procedure that the catalogue does not have yet."""

    national_code = forms.RegexField(
        NATIONAL_CODE,
        label=_("Mã quốc gia"),
        max_length=8,
        help_text=_("Một chữ số, dấu chấm, sáu chữ số, ví dụ 1.001193."),
        error_messages={"invalid": _("Mã gồm một chữ số, dấu chấm, sáu chữ số, ví dụ 1.001193.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    suffix = LineField(label=_("Hậu tố địa phương"), required=False, max_length=40, help_text=_("Ví dụ H54."))
    name = LineField(label=_("Tên thủ tục"), max_length=500)
    agency = forms.ModelChoiceField(
        label=_("Cơ quan quyết định"),
        queryset=Agency.objects.none(),
        empty_label=_("Chọn cơ quan"),
        help_text=_("Thủ tục do mọi Ủy ban nhân dân cấp xã giải quyết: chọn Ủy ban nhân dân tỉnh."),
    )
    level = forms.ChoiceField(label=_("Cấp thực hiện"), choices=Level.choices, initial=Level.COMMUNE)
    sector = forms.ModelChoiceField(
        label=_("Lĩnh vực"), queryset=Sector.objects.all(), empty_label=_("Chọn lĩnh vực")
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        agency: Any = self.fields["agency"]
        agency.queryset = Agency.objects.existing(today).filter(level=Level.PROVINCE).order_by("name")


class ImportForm(forms.Form):
    """A file of procedures."""

    file = forms.FileField(
        label=_("Tệp danh mục (.xlsx, .csv, .json)"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.json"}),
        help_text=_("Tối đa 10 MB. Chưa có gì được ghi cho đến khi Quý vị xem báo cáo và xác nhận."),
        error_messages={"required": _("Hãy chọn một tệp."), "empty": _("Tệp rỗng.")},
    )


class CommitmentForm(forms.Form):
    """By how many per cent the chosen procedures shall undercut the law."""

    percent = forms.IntegerField(
        label=_("Cắt giảm so với quy định (%)"),
        min_value=LEAST,
        max_value=MOST,
        initial=LEAST,
        help_text=_("Từ 50 đến 75 %. Thời hạn được làm tròn xuống, nên mức giảm không thấp hơn tỷ lệ này."),
    )
    procedure = forms.ModelMultipleChoiceField(
        label=_("Thủ tục"),
        queryset=ProcedureVersion.objects.none(),
        error_messages={"required": _("Hãy chọn ít nhất một thủ tục.")},
    )

    def __init__(self, *args: Any, versions: QuerySet[ProcedureVersion], **options: Any) -> None:
        super().__init__(*args, **options)
        procedure: Any = self.fields["procedure"]
        procedure.queryset = versions


class ActivateForm(forms.Form):
    """From which day on a version holds."""

    on = DayField(label=_("Áp dụng từ ngày"), help_text=_("Từ 00:00 ngày này; hôm nay hoặc về sau."))


class SendBackForm(forms.Form):
    """Why a verified version goes back to its author."""

    reason = forms.CharField(
        label=_("Lý do trả lại"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Hãy ghi lý do trả lại để người soạn biết cần sửa gì.")},
    )
