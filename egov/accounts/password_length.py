"""A password's least length, said in Vietnamese (Django's own Vietnamese catalogue lacks the sentence)."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class PasswordLengthValidator(MinimumLengthValidator):
    """Refuses short passwords; NIST SP 800-63B: length protects, rules about kinds of characters do not."""

    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(length)d ký tự.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return _("Mật khẩu cần ít nhất %(length)d ký tự.") % {"length": self.min_length}
