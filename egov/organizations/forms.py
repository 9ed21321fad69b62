"""Forms of the directory and of its administration. They check shape, nothing else."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from egov.accounts.models import User
from egov.organizations.enums import Branch, Capacity, Level, Role
from egov.organizations.models import Agency, Department, Membership
from egov.organizations.models.agency import AgencyQuerySet
from egov.organizations.queries import people
from egov.organizations.queries.directory import searched

EVERY = ("", pgettext_lazy("bộ lọc", "Tất cả"))
WORDS_LENGTH = 100
KIND_CODE = re.compile(r"[^\W\d_]{1,5}")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


class DayField(forms.DateField):
    """A day as people write it: dd/mm/yyyy."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Ngày/tháng/năm, ví dụ 05/03/2026."))
        options.setdefault(
            "error_messages", {"invalid": _("Ghi ngày theo dạng ngày/tháng/năm, ví dụ 05/03/2026.")}
        )
        widget = forms.DateInput(
            format="%d/%m/%Y",
            attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"},
        )
        super().__init__(widget=widget, **options)


class AgencyFilter(forms.Form):
    """Search box, level, branch; wrong values in an address filter nothing."""

    q = forms.CharField(
        label=_("Tìm cơ quan"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    level = forms.ChoiceField(label=_("Cấp"), required=False, choices=[EVERY, *Level.choices])
    branch = forms.ChoiceField(label=_("Hệ thống"), required=False, choices=[EVERY, *Branch.choices])

    @property
    def is_used(self) -> bool:
        """Whether anything is filtered."""
        self.is_valid()
        return any(self.cleaned_data.get(name) for name in self.fields)

    def narrow(self, rows: AgencyQuerySet) -> AgencyQuerySet:
        """Only the agencies that fit."""
        self.is_valid()
        for name in ("level", "branch"):
            if value := self.cleaned_data.get(name):
                rows = rows.filter(**{name: value})
        words = self.cleaned_data.get("q")
        return searched(rows, words) if words else rows


class AppointForm(forms.Form):
    """Who is appointed to what. An unknown sign-in name opens an account."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu và số. Tên chưa có tài khoản sẽ mở tài khoản mới."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=100)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    position = forms.CharField(label=_("Chức vụ"), max_length=100)
    role = forms.ChoiceField(label=_("Vai trò trên hệ thống"))
    department = forms.ModelChoiceField(
        label=_("Đơn vị"),
        queryset=Department.objects.none(),
        required=False,
        empty_label=_("Toàn cơ quan"),
    )
    is_head = forms.BooleanField(label=_("Là người đứng đầu cơ quan"), label_suffix="", required=False)
    valid_from = DayField(label=_("Từ ngày"))

    def __init__(self, *arguments: Any, agency: Agency, roles: list[Role], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["department"].queryset = agency.departments.all()  # type: ignore[attr-defined]
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["role"].initial = Role.SPECIALIST.value
        self.fields["valid_from"].initial = timezone.localdate

    def clean_username(self) -> str:
        name = User.normalize_username(self.cleaned_data["username"])
        if not USERNAME.fullmatch(name):
            raise forms.ValidationError(_("Chỉ dùng chữ thường không dấu, số, dấu chấm và gạch."))
        return name

    def clean(self) -> dict[str, Any]:
        """A known name must belong to the person meant: a slip would hand a post to a stranger."""
        cleaned = super().clean() or {}
        if (user := self.person()) and user.full_name != cleaned.get("full_name", user.full_name):
            self.add_error("full_name", _("Tên đăng nhập này là của người có họ tên khác."))
        return cleaned

    def person(self) -> User | None:
        """The person whose sign-in name it is; None for a new one."""
        return User.objects.filter(username=self.cleaned_data.get("username", "")).first()


class EndForm(forms.Form):
    """From which day on a position is no longer held."""

    on = DayField(label=_("Thôi giữ chức vụ từ ngày"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["on"].initial = timezone.localdate


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A person of the agency: name, position."""

    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user.full_name} – {obj.position}"


class DelegateForm(forms.Form):
    """Who may sign what for the head, from when to when."""

    holder = MemberField(
        label=_("Người được giao ký"), queryset=Membership.objects.none(), empty_label=_("Chọn người")
    )
    capacity = forms.ChoiceField(
        label=_("Tư cách ký"), choices=[(one.value, one.label) for one in (Capacity.TL, Capacity.TUQ)]
    )
    kinds = forms.CharField(
        label=_("Loại văn bản"),
        max_length=WORDS_LENGTH,
        help_text=_(
            "Chữ viết tắt theo Nghị định 30/2020/NĐ-CP, cách nhau bằng dấu phẩy; công văn ghi CV. "
            "Ví dụ: GM, TB, CV."
        ),
    )
    basis = forms.CharField(label=_("Văn bản ủy quyền, quy chế"), max_length=200)
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(
        label=_("Đến trước ngày"), required=False, help_text=_("Bắt buộc khi thừa ủy quyền (TUQ.).")
    )

    def __init__(self, *arguments: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*arguments, **options)
        holders = people.holders(agency, timezone.localdate(), Role.OFFICE_HEAD)
        self.fields["holder"].queryset = holders  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate

    def clean_kinds(self) -> tuple[str, ...]:
        kinds = [word.strip() for word in self.cleaned_data["kinds"].split(",") if word.strip()]
        if not all(KIND_CODE.fullmatch(kind) for kind in kinds):
            raise forms.ValidationError(_("Ghi chữ viết tắt, cách nhau bằng dấu phẩy, ví dụ: GM, TB, CV."))
        return tuple(dict.fromkeys(kinds))


class MachineKeyForm(forms.Form):
    """A key for the agency's own system: which system, in which registry position."""

    name = forms.CharField(
        label=_("Tên kết nối"),
        max_length=100,
        help_text=_("Tên hệ thống sẽ giữ khóa, ví dụ: iOffice của sở."),
    )
    membership = MemberField(
        label=_("Vị trí văn thư"),
        queryset=Membership.objects.none(),
        empty_label=_("Chọn vị trí"),
        help_text=_(
            "Nên bổ nhiệm một vị trí văn thư dành riêng cho hệ thống, để nhật ký ghi rõ là hệ thống làm."
        ),
    )

    def __init__(self, *arguments: Any, agency: Agency, **options: Any) -> None:
        super().__init__(*arguments, **options)
        clerks = people.registry_clerks(agency, timezone.localdate())
        self.fields["membership"].queryset = clerks  # type: ignore[attr-defined]
