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
