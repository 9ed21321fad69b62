"""Forms of sign-in and account. They check shape and the password's strength, nothing else."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from egov.accounts.models import User

# A longer password makes the hash slow, not the account safer.
LONGEST_PASSWORD = 200
LONGEST_USERNAME = 60


def _password(label: object, *, autocomplete: str, help_text: object = "") -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # lazy text
        max_length=LONGEST_PASSWORD,
        strip=False,
        help_text=help_text,  # type: ignore[arg-type]  # lazy text
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )


def _code(label: object, help_text: object) -> forms.CharField:
    return forms.CharField(
        label=label,  # type: ignore[arg-type]  # lazy text
        max_length=20,
        help_text=help_text,  # type: ignore[arg-type]  # lazy text
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}
        ),
    )


class LoginForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=LONGEST_USERNAME,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _password(_("Mật khẩu"), autocomplete="current-password")

    def clean_username(self) -> str:
        # Composing may lengthen the text (one sign can stand for eighteen letters).
        username = User.normalize_username(self.cleaned_data["username"])
        if len(username) > LONGEST_USERNAME:
            raise forms.ValidationError(_("Tên đăng nhập quá dài."))
        return username


class CodeForm(forms.Form):
    """The second step: six digits, or a backup code."""

    code = _code(
        _("Mã xác thực"), _("Sáu chữ số đang hiện trong ứng dụng xác thực, hoặc một mã dự phòng chưa dùng.")
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class ConfirmPasswordForm(forms.Form):
    """The person shows once more that it is they who sit here."""

    current = _password(_("Mật khẩu đang dùng"), autocomplete="current-password")


class EnrolForm(ConfirmPasswordForm):
    """First code of a new authenticator."""

    code = _code(_("Mã xác thực"), _("Sáu chữ số đang hiện trong ứng dụng xác thực."))

    field_order = ("code", "current")

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    new = _password(
        _("Mật khẩu mới"),
        autocomplete="new-password",
        help_text=_(
            "Ít nhất 12 ký tự, không chỉ gồm chữ số, không giống tên Quý vị, không phải mật khẩu phổ biến."
        ),
    )
    repeated = _password(_("Nhập lại mật khẩu mới"), autocomplete="new-password")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new

    def clean_repeated(self) -> str:
        repeated: str = self.cleaned_data["repeated"]
        if "new" in self.cleaned_data and self.cleaned_data["new"] != repeated:
            raise forms.ValidationError(_("Hai lần nhập mật khẩu mới không giống nhau."))
        return repeated


class PasswordChangeForm(NewPasswordForm):
    """The password in use and a new one."""

    current = _password(_("Mật khẩu đang dùng"), autocomplete="current-password")

    field_order = ("current", "new", "repeated")


class ProfileForm(forms.Form):
    """How the person can be reached."""

    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"),
        required=False,
        max_length=20,
        validators=[
            RegexValidator(r"^\+?[0-9 .()-]{8,20}$", _("Số điện thoại chỉ gồm chữ số, ví dụ 0912 345 678."))
        ],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
