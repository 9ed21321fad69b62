"""Stored codes of citizen reception and letters, and their Vietnamese words (domain: complaints.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MatterKind(models.TextChoices):
    """What one content of a letter is; decides its law, its clock and where it may go (domain: 2)."""

    COMPLAINT = "complaint", _("Khiếu nại")
    DENUNCIATION = "denunciation", _("Tố cáo")
    SUGGESTION = "suggestion", _("Kiến nghị")
    REACTION = "reaction", _("Phản ánh")
    LAND_DISPUTE = "land_dispute", _("Tranh chấp đất đai")
    # No name or a wrong form, but somebody named and evidence to check (Law on Denunciations, Art. 25).
    INFORMATION = "information", _("Thông tin có nội dung tố cáo")


class Series(models.TextChoices):
    """The registers of a body; each counts from 1 every year (rule 7)."""

    VISITS = "TD", _("Sổ tiếp công dân")
    LETTERS = "D", _("Sổ đơn")
    DENUNCIATIONS = "TC", _("Sổ tố cáo (bảo vệ)")
    INFORMATION = "TT", _("Sổ thông tin có nội dung tố cáo")


class Channel(models.TextChoices):
    """How something came in (domain: 3)."""

    VISIT = "visit", _("Trực tiếp")
    POST = "post", _("Bưu chính")
    BOX = "box", _("Hòm thư góp ý")
    PORTAL = "portal", _("Cổng thông tin điện tử")
    EMAIL = "email", _("Thư điện tử")
    PHONE = "phone", _("Điện thoại, đường dây nóng")
    SOCIAL = "social", _("Mạng xã hội")
    TRANSFERRED = "transferred", _("Cơ quan khác chuyển đến")


class Source(models.TextChoices):
    """Who put it on the body's table (domain: 3)."""

    SENDER = "sender", _("Người gửi đơn")
    LEADER = "leader", _("Lãnh đạo giao")
    PRESS = "press", _("Báo chí")
    TRANSFER = "transfer", _("Cơ quan chuyển đơn")
    TO_VERIFY = "to_verify", _("Giao xác minh")
    TO_PROPOSE = "to_propose", _("Giao kiểm tra, đề xuất")
    TO_FOLLOW = "to_follow", _("Giao theo dõi")
    COUNCIL = "council", _("Hội đồng nhân dân")
    DELEGATE = "delegate", _("Đại biểu Quốc hội")
    FRONT = "front", _("Mặt trận Tổ quốc")
    CENTRAL = "central", _("Cơ quan trung ương")
    OTHER = "other", _("Nguồn khác")


class SenderKind(models.TextChoices):
    """Who sends (domain: 2)."""

    INDIVIDUAL = "individual", _("Cá nhân")
    ORGANISATION = "organisation", _("Cơ quan, tổ chức")
    GROUP = "group", _("Nhiều người")


class SubjectKind(models.TextChoices):
    """What a content is directed against (domain: 2)."""

    DECISION = "decision", _("Quyết định hành chính")
    ACT = "act", _("Hành vi hành chính")
    DISCIPLINE = "discipline", _("Quyết định kỷ luật cán bộ, công chức")
    INDIVIDUAL = "individual", _("Cá nhân")
    ORGANISATION = "organisation", _("Cơ quan, tổ chức")
    NONE = "none", _("Không có")


class ParticipantRole(models.TextChoices):
    """As what somebody stands on a letter (domain: 8)."""

    PRINCIPAL = "principal", _("Người đứng đơn")
    REPRESENTATIVE = "representative", _("Người đại diện")
    AUTHORISED = "authorised", _("Người được ủy quyền")
    LAWYER = "lawyer", _("Luật sư, trợ giúp viên pháp lý")


class Stage(models.TextChoices):
    """Which settlement this is (domain: 6.1)."""

    FIRST = "first", _("Lần đầu")
    SECOND = "second", _("Lần hai")


class Complexity(models.TextChoices):
    """How hard the case is, from recorded facts (rule 22)."""

    NORMAL = "normal", _("Thông thường")
    COMPLEX = "complex", _("Phức tạp")
    ESPECIALLY = "especially", _("Đặc biệt phức tạp")


class MatterState(models.TextChoices):
    """Where one content stands (domain: 10). "Overdue" is derived, never a state."""

    ENTERED = "entered", _("Đã vào sổ")
    PROCESSING = "processing", _("Đang xử lý")
    INCOMPLETE = "incomplete", _("Chờ bổ sung")
    SETTLING = "settling", _("Đang giải quyết")
    SUSPENDED = "suspended", _("Tạm đình chỉ")
    SETTLED = "settled", _("Đã giải quyết")
    ARCHIVED = "archived", _("Đã lưu hồ sơ")
    STOPPED = "stopped", _("Đình chỉ")
    REFUSED = "refused", _("Không thụ lý")
    GUIDED = "guided", _("Đã hướng dẫn")
    TRANSFERRED = "transferred", _("Đã chuyển")
    RETURNED = "returned", _("Đã trả lại")
    FILED = "filed", _("Lưu đơn")
    # Suggestions and reactions end with an answer, not with a decision (domain: 6.4).
    ANSWERED = "answered", _("Đã trả lời")


class DutyKind(models.TextChoices):
    """What an official was appointed to do with visits and letters."""

    RECEPTION = "reception", _("Tiếp công dân")
    INTAKE = "intake", _("Tiếp nhận, vào sổ đơn")
    HANDLING = "handling", _("Xử lý, giải quyết đơn")
    PROTECTED = "protected", _("Giữ sổ tố cáo")
    CUSTODIAN = "custodian", _("Giữ khóa danh tính người tố cáo")
    INSPECTOR = "inspector", _("Thanh tra, giám sát")


class Direction(models.TextChoices):
    """What is proposed to do with a content once it was read (domain: 5.4)."""

    ACCEPT = "accept", _("Thụ lý giải quyết")
    COMPLETE = "complete", _("Yêu cầu bổ sung")
    REFUSE = "refuse", _("Không thụ lý")
    GUIDE = "guide", _("Hướng dẫn")
    TRANSFER = "transfer", _("Chuyển đơn")
    RETURN = "return", _("Trả lại đơn chuyển nhầm")
    URGE = "urge", _("Đôn đốc")
    ANSWER = "answer", _("Trả lời")
    FILE = "file", _("Lưu đơn và theo dõi")
    STOP = "stop", _("Đình chỉ")


class Tie(models.TextChoices):
    """Why somebody may not handle a content: what ties them to whom it is directed against (rule 17)."""

    SELF = "self", _("là người bị phản ánh")
    KIN = "kin", _("là người thân của người bị phản ánh")
    SUBORDINATE = "subordinate", _("là cấp dưới trực tiếp của người bị phản ánh")
    UNIT = "unit", _("thuộc cơ quan bị phản ánh")


class ReceptionKind(models.TextChoices):
    """On what occasion people are received (domain: 4.1)."""

    REGULAR = "regular", _("Thường xuyên")
    SCHEDULED = "scheduled", _("Định kỳ của người đứng đầu")
    UNSCHEDULED = "unscheduled", _("Đột xuất của người đứng đầu")


class ReceptionForm(models.TextChoices):
    """The two forms of reception since 01/07/2026 (Law 136/2025/QH15)."""

    IN_PERSON = "in_person", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")


class VisitState(models.TextChoices):
    """A visit is at the desk, or stands in the register for good."""

    OPEN = "open", _("Đang tiếp")
    CLOSED = "closed", _("Đã vào sổ")


class VisitOutcome(models.TextChoices):
    """What was decided about what the visitor came with (domain: 4.2)."""

    RECEIVED = "received", _("Tiếp nhận đơn, tiếp nhận nội dung")
    SUPPLEMENT = "supplement", _("Đề nghị bổ sung")
    GUIDED = "guided", _("Trả đơn và hướng dẫn")
    TRANSFERRED = "transferred", _("Chuyển cơ quan có thẩm quyền")
    ANSWERED = "answered", _("Giải thích, trả lời tại chỗ")
    LEADER = "leader", _("Đề nghị gặp lãnh đạo")
    REFUSED = "refused", _("Từ chối tiếp")
    OTHER = "other", _("Hướng xử lý khác")


class EarlierResult(models.TextChoices):
    """How far the matter had come before the visit (domain: 10)."""

    NONE = "none", _("Chưa có quyết định")
    FIRST = "first", _("Đã có quyết định lần đầu")
    SECOND = "second", _("Đã có quyết định lần hai")
    FINAL = "final", _("Đã có quyết định cuối cùng")
    COURT = "court", _("Đã có bản án, quyết định của Tòa án")
    REPLY = "reply", _("Đã có văn bản trả lời")
    CONCLUSION = "conclusion", _("Đã có kết luận nội dung tố cáo")


class ReceptionRefusalGround(models.TextChoices):
    """The four grounds on which nobody needs to be received (Law 42/2013/QH13, Art. 9)."""

    INCAPABLE = "a", _("Say rượu, dùng chất kích thích, mất khả năng nhận thức hoặc điều khiển hành vi")
    ABUSIVE = "b", _("Đe dọa, xúc phạm cơ quan, người tiếp công dân hoặc vi phạm nội quy nơi tiếp công dân")
    SETTLED = "c", _("Vụ việc đã giải quyết đúng pháp luật, đã giải thích, hướng dẫn mà vẫn cố tình kéo dài")
    OTHER = "d", _("Trường hợp khác theo quy định của pháp luật")


class QuotaUnit(models.TextChoices):
    """In what time a head has to receive so many days."""

    WEEK = "week", _("tuần")
    MONTH = "month", _("tháng")


class TimetableEvent(models.TextChoices):
    """What happened to a day of the timetable."""

    PUBLISHED = "published", _("Công bố")
    MOVED = "moved", _("Đổi ngày, giờ, nơi tiếp")
    HOST = "host", _("Đổi người tiếp")
    CANCELLED = "cancelled", _("Hủy")


class AppointmentState(models.TextChoices):
    """Where a request to meet the leader stands (domain: 4.1)."""

    ASKED = "asked", _("Chờ trả lời")
    AGREED = "agreed", _("Đã hẹn")
    DECLINED = "declined", _("Không đồng ý")
    MET = "met", _("Đã tiếp")
    MISSED = "missed", _("Không đến")
    WITHDRAWN = "withdrawn", _("Người đề nghị rút")


class PromiseState(models.TextChoices):
    """What became of something promised to a visitor."""

    OPEN = "open", _("Đang thực hiện")
    REPORTED = "reported", _("Đơn vị đã báo cáo")
    KEPT = "kept", _("Đã thực hiện, đã báo người dân")


class SessionEventKind(models.TextChoices):
    """What happened on the line of an online reception."""

    STARTED = "started", _("Bắt đầu")
    DROPPED = "dropped", _("Mất kết nối")
    RESUMED = "resumed", _("Kết nối lại")
    ENDED = "ended", _("Kết thúc")


class SealedKind(models.TextChoices):
    """What lies in a seal (rules 38 and 40)."""

    PERSON = "person", _("Danh tính người tố cáo")
    ORIGINAL = "original", _("Bản gốc đơn, tài liệu")


class TraceKind(models.TextChoices):
    """Of which sealed value a trace is kept (rule 35)."""

    NAME = "name", _("Họ tên")
    NUMBER = "number", _("Số định danh")
    PHONE = "phone", _("Điện thoại")


class FeedState(models.TextChoices):
    """How far something is told to the national database (rule 51)."""

    QUEUED = "queued", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    REJECTED = "rejected", _("Bị từ chối")
    # Was rejected; another one stands in its place.
    CORRECTED = "corrected", _("Đã thay bằng bản sửa")


class FeedEvent(models.TextChoices):
    """Of what the national database is told."""

    STATE = "state", _("Chuyển trạng thái")
    CLASSIFIED = "classified", _("Sửa loại, lĩnh vực, số người")


class FeedGround(models.TextChoices):
    """Why a rejected content was corrected; a choice, so that nobody writes a name into it."""

    CODE = "code", _("Mã không có trong danh mục quốc gia")
    MISSING = "missing", _("Thiếu dữ liệu bắt buộc")
    DAY = "day", _("Sai ngày")
    REGISTER = "register", _("Sổ của cơ quan đã được đính chính")
    THEIRS = "theirs", _("Cơ sở dữ liệu quốc gia đã khắc phục lỗi")


class FeedDifferenceKind(models.TextChoices):
    """How the national database's list of a day differs from what it was told."""

    MISSING = "missing", _("Cơ sở dữ liệu quốc gia không có")
    BEHIND = "behind", _("Bản mới nhất khác nhau")
