"""What a notice says: in a subject and a text message nothing of a person; in a mail what they have to do.

Neither holds a secret, a name of an official, or a reason: those stand on the dossier's own page.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onestop.public import ApplicantEvent
from portal.models import FilingReceipt, Notice

STOP_SALT = "portal.notices.stop"
E_ = ApplicantEvent
# What happens before there is a dossier.
FILED, DRAFT_ENDING = "filed", "draft_ending"
# A day on which somebody was to be received by a leader.
TIMETABLE_CHANGED = "timetable_changed"
# Subject, sentence, what to do. %(code)s %(name)s %(due)s %(deadline)s.
WORDS: Mapping[str, tuple[object, object]] = {
    E_.RECEIVED: (
        gettext_lazy("Hồ sơ của ông/bà đã được tiếp nhận"),
        gettext_lazy("Hồ sơ %(code)s (%(name)s) đã được tiếp nhận. Hẹn trả kết quả: %(due)s."),
    ),
    E_.REFUSED: (
        gettext_lazy("Hồ sơ của ông/bà không được tiếp nhận"),
        gettext_lazy("Hồ sơ %(code)s (%(name)s) không được tiếp nhận. Lý do ghi trên trang hồ sơ."),
    ),
    E_.SUPPLEMENT: (
        gettext_lazy("Hồ sơ của ông/bà cần bổ sung giấy tờ"),
        gettext_lazy("Hồ sơ %(code)s (%(name)s) cần bổ sung giấy tờ, chậm nhất ngày %(deadline)s."),
    ),
    E_.PAYMENT: (
        gettext_lazy("Hồ sơ của ông/bà cần nộp phí, lệ phí"),
        gettext_lazy("Hồ sơ %(code)s (%(name)s) cần nộp phí, lệ phí."),
    ),
    E_.LATE: (
        gettext_lazy("Cơ quan xin lỗi và hẹn lại ngày trả kết quả"),
        gettext_lazy("Cơ quan xin lỗi vì hồ sơ %(code)s (%(name)s) chậm trả. Ngày hẹn mới: %(due)s."),
    ),
    E_.STOPPED: (
        gettext_lazy("Hồ sơ của ông/bà dừng giải quyết"),
        gettext_lazy("Hồ sơ %(code)s (%(name)s) dừng giải quyết. Lý do ghi trên trang hồ sơ."),
    ),
    E_.RESULT: (
        gettext_lazy("Hồ sơ của ông/bà đã có kết quả"),
        gettext_lazy("Hồ sơ %(code)s (%(name)s) đã có kết quả."),
    ),
    FILED: (
        gettext_lazy("Hồ sơ của ông/bà đã được nộp"),
        gettext_lazy(
            "Hồ sơ %(code)s (%(name)s) đã được nộp. Giấy xác nhận có chữ ký số tải được sau khi đăng nhập."
        ),
    ),
    DRAFT_ENDING: (
        gettext_lazy("Hồ sơ đang soạn sắp hết hạn lưu"),
        gettext_lazy(
            "Hồ sơ đang soạn (%(name)s) được giữ đến ngày %(deadline)s; sau đó nội dung và tệp bị xóa."
        ),
    ),
    TIMETABLE_CHANGED: (
        gettext_lazy("Lịch tiếp công dân mà ông/bà đã hẹn thay đổi"),
        gettext_lazy("Phiếu hẹn %(code)s: lịch tiếp công dân thay đổi. Cơ quan sẽ gọi điện báo lịch mới."),
    ),
}


def subject(notice: Notice) -> str:
    """The subject of a mail: what it is about, and nothing by which anybody could tell whose it is."""
    return _("Cổng thông tin tỉnh Thái Bình: %(what)s") % {"what": str(_words(notice)[0])}


def sentence(notice: Notice) -> str:
    """What happened, with number, procedure and days."""
    facts = notice.facts
    return str(_words(notice)[1]) % {
        "code": notice.subject_code,
        "name": notice.subject_name,
        "due": _moment(facts.get("due_at")),
        "deadline": _moment(facts.get("deadline_on")),
    }


def sms_text(notice: Notice) -> str:
    """Short, and without the name of the procedure: phones show it to whoever looks at them."""
    with translation.override(notice.citizen.language):
        if _what(notice) == TIMETABLE_CHANGED:
            return sentence(notice)
        what = {"what": str(_words(notice)[0]), "code": notice.subject_code}
        return _("%(what)s (%(code)s). Xem chi tiết sau khi đăng nhập Cổng thông tin tỉnh Thái Bình.") % what


def page_of_dossier(notice: Notice) -> str:
    """Address of the page on it; empty where there is none, or the portal's own address is not set."""
    what = _what(notice)
    if what == TIMETABLE_CHANGED:
        return ""
    if what == DRAFT_ENDING:
        return _outside(reverse("portal:apply", args=[notice.subject_code]))
    if what == FILED:
        receipt = FilingReceipt.objects.filter(number=notice.subject_code).first()
        return _outside(reverse("portal:draft_filed", args=[receipt.draft_id])) if receipt else ""
    return _outside(reverse("portal:my_dossier", args=[notice.subject_code]))


def stop_address(notice: Notice) -> str:
    """Where one click ends this channel for this person (RFC 8058)."""
    return _outside(reverse("portal:notices_stop", args=[stop_token(notice.citizen_id, notice.channel)]))


def settings_address() -> str:
    """Where the person chooses channels."""
    return _outside(reverse("portal:citizen_settings"))


def stop_token(citizen_id: int, channel: str) -> str:
    """What proves that whoever has it got a message of ours; it holds as long as the message may lie."""
    return signing.dumps([citizen_id, channel], salt=STOP_SALT)


def read_stop_token(token: str) -> tuple[int, str] | None:
    """Whom it is for and which channel; None for one that we did not make."""
    try:
        citizen_id, channel = signing.loads(token, salt=STOP_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return int(citizen_id), str(channel)


def _words(notice: Notice) -> tuple[object, object]:
    return WORDS[_what(notice)]


def _what(notice: Notice) -> str:
    return notice.event.partition(".")[2]


def _moment(text: str | None) -> str:
    if not text:
        return _("không hẹn ngày")
    moment: datetime | date | None = parse_datetime(text) if "T" in text else parse_date(text)
    if isinstance(moment, datetime):
        moment = timezone.localtime(moment)
        return formats.date_format(moment, "H:i, d/m/Y")
    return formats.date_format(moment, "d/m/Y") if moment else text


def _outside(path: str) -> str:
    return f"{settings.PORTAL_URL}{path}" if settings.PORTAL_URL else ""
