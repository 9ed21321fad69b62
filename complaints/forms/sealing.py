"""What people type around a seal: passphrases, reasons, whose key, which paper."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from complaints.enums import SealedKind
from complaints.forms.fields import LineField, TextField
from complaints.models import SealingKey

LONGEST = 200


class PassphraseField(forms.CharField):
    """Typed unseen, sent as it is, remembered by no browser."""

    def __init__(self, **options: Any) -> None:
        attrs = {"autocomplete": options.pop("autocomplete", "off"), "spellcheck": "false"}
        widget = forms.PasswordInput(attrs=attrs, render_value=False)
        super().__init__(widget=widget, strip=False, max_length=LONGEST, **options)


class KeyField(forms.ModelChoiceField):
    """One person's key: name, position, and what two people read to each other."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=SealingKey.objects.none(), empty_label=_("Chọn người"), **options)

    def label_from_instance(self, key: SealingKey) -> str:  # type: ignore[override]
        return f"{key.owner.user.full_name} – {key.owner.position} ({key.fingerprint})"


class KeyForm(forms.Form):
    """A step on keys; offers the keys of the body where it asks for one."""

    def __init__(self, keys: QuerySet[SealingKey], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in self.fields.values():
            if isinstance(one, KeyField):
                one.queryset = keys


class MakeKeyForm(KeyForm):
    """A passphrase of one's own, twice."""

    passphrase = PassphraseField(
        label=_("Mật khẩu mở khóa"),
        autocomplete="new-password",
        help_text=_(
            "Ít nhất 16 ký tự, nên là một câu dài. Hệ thống không lưu và không cấp lại được mật khẩu này."
        ),
    )
    again = PassphraseField(label=_("Nhập lại mật khẩu"), autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """The same words twice."""
        typed = super().clean() or {}
        if typed.get("passphrase") and typed.get("again") and typed["passphrase"] != typed["again"]:
            self.add_error("again", _("Hai lần nhập không giống nhau."))
        return typed


class PassphraseForm(KeyForm):
    """One's own passphrase."""

    passphrase = PassphraseField(label=_("Mật khẩu mở khóa của bạn"))


class SuccessorForm(KeyForm):
    """To whom, with one's own passphrase."""

    successor = KeyField(label=_("Người nhận"))
    passphrase = PassphraseField(label=_("Mật khẩu mở khóa của bạn"))


class HoldersForm(KeyForm):
    """The two of recovery."""

    first = KeyField(label=_("Người giữ phần khóa thứ nhất"))
    second = KeyField(label=_("Người giữ phần khóa thứ hai"))


class RecoveryForm(KeyForm):
    """For whom, and why."""

    successor = KeyField(label=_("Người giữ khóa mới"))
    reason = LineField(label=_("Lý do"), max_length=500)


class NothingForm(KeyForm):
    """A step that asks for nothing more."""


class AskForm(forms.Form):
    """What to open, and why."""

    kind = forms.ChoiceField(label=_("Nội dung cần xem"), choices=SealedKind.choices)
    reason = TextField(
        label=_("Lý do"),
        rows=2,
        max_length=500,
        help_text=_("Không ghi tên hay điều có thể suy ra người tố cáo; thanh tra xem được lý do này."),
    )


class AnswerForm(forms.Form):
    """Yes or no, and why."""

    agrees = forms.TypedChoiceField(
        label=_("Ý kiến"),
        choices=[("yes", _("Đồng ý mở")), ("no", _("Không đồng ý"))],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )
    answer = TextField(label=_("Ghi chú"), rows=2, max_length=500, required=False)


class OpenForm(forms.Form):
    """One's own passphrase, to release or to read."""

    passphrase = PassphraseField(label=_("Mật khẩu mở khóa của bạn"))


class ReadPaperForm(OpenForm):
    """Which of the originals."""

    number = forms.IntegerField(label=_("Bản gốc thứ"), min_value=1, max_value=200, initial=1)


class PaperForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("Tệp"))


class MatchForm(forms.Form):
    """Somebody to look for among those sealed: at least one of the three. Never shown again as typed."""

    name = LineField(label=_("Họ tên"), required=False, max_length=LONGEST)
    personal_number = LineField(label=_("Số định danh, hộ chiếu"), required=False, max_length=20)
    phone = LineField(label=_("Điện thoại"), required=False, max_length=20)

    def clean(self) -> dict[str, Any]:
        """There is something to look for."""
        typed = super().clean() or {}
        if not any(typed.values()) and not self.errors:
            raise forms.ValidationError(_("Hãy ghi họ tên, số định danh hoặc điện thoại."))
        return typed
