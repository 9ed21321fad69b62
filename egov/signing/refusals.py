"""What signing says when it will not sign: one class for each reason, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from egov.workflow.refusal import Refusal


class SigningRefusal(Refusal):
    """A refusal of this app; the class has its sentence, to be made more exact where it is raised."""

    default: object = ""

    def __init__(self, sentence: object = "") -> None:
        super().__init__(sentence or self.default)


class PdfNotSignable(SigningRefusal):
    """The file cannot be opened, is locked by a password, or lacks what signing needs."""

    default = _("Tệp PDF không mở được hoặc có mật khẩu nên không ký được. Hãy xuất lại tệp PDF rồi tải lên.")


class AlreadySigned(SigningRefusal):
    """The field is filled or the file carries signatures that forbid this step."""

    default = _("Tệp đã có chữ ký ở vị trí này; không ký lại và không sửa văn bản sau khi ký.")


class PersonalSignatureMissing(SigningRefusal):
    """Rule 7: the agency signs only over a valid signature of a person (Decree 30/2020, Art. 17)."""

    default = _(
        "Chưa thể đóng dấu: văn bản chưa có chữ ký số cá nhân hợp lệ "
        "của người có thẩm quyền trên chính tệp này."
    )


class SignedBytesChanged(SigningRefusal):
    """Rule 11: a step after the first signature would rewrite the file; nothing was kept."""

    default = _("Không thực hiện: thao tác này làm thay đổi nội dung đã ký.")


class WrongPin(SigningRefusal):
    """The PIN does not open the key; the sentence tells how many attempts are left."""

    status = 403
    default = _("Mã PIN không đúng.")


class KeyLocked(SigningRefusal):
    """Too many wrong PINs: the key stays shut until the authority unlocks it."""

    status = 403
    default = _(
        "Khóa ký đã bị khóa vì nhập sai mã PIN quá số lần cho phép. "
        "Hãy liên hệ bộ phận quản lý chứng thư số để mở lại."
    )


class KeyBusy(SigningRefusal):
    """Others are opening the same key, one after the other; the wait grew too long."""

    status = 503
    default = _("Khóa ký đang được người khác mở. Hãy thử lại sau ít giây.")


class KeyClosed(SigningRefusal):
    """The key of this ceremony was put away."""

    default = _("Phiên ký đã kết thúc. Hãy nhập lại mã PIN để ký.")


class CertificateNotUsable(SigningRefusal):
    """The certificate is not in force, is revoked or does not belong to this act; signing does not start."""

    status = 403
    default = _("Chứng thư số không dùng được để ký.")


class WeakKey(SigningRefusal):
    """Rule 33: RSA under 2048 or elliptic curve under 256 bits (Circular 15/2025) does not sign."""

    default = _("Khóa ký quá ngắn: cần RSA từ 2048 bit hoặc ECDSA từ 256 bit (Thông tư 15/2025/TT-BKHCN).")


class TimestampUnavailable(SigningRefusal):
    """The time-stamp authority did not answer; a signature without its time stamp is not made in silence."""

    status = 503
    default = _("Dịch vụ cấp dấu thời gian không phản hồi nên chưa ký. Hãy thử lại sau ít phút.")
