"""Stored codes of one-stop handling and their Vietnamese words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a dossier comes in and how its result goes out; the applicant chooses."""

    COUNTER = "counter", _("Trực tiếp")
    ONLINE = "online", _("Trực tuyến")
    POST = "post", _("Dịch vụ bưu chính công ích")


class OnlineLevel(models.TextChoices):
    """How far a procedure can be done online (Decree 42/2022): full, partial, or information only."""

    FULL = "full", _("Toàn trình")
    PARTIAL = "partial", _("Một phần")
    INFORMATION = "information", _("Cung cấp thông tin")


class VersionState(models.TextChoices):
    """Life of one version of a procedure; only an active one accepts new dossiers."""

    DRAFT = "draft", _("Dự thảo")
    VERIFIED = "verified", _("Đã thẩm tra")
    ACTIVE = "active", _("Đang áp dụng")
    SUPERSEDED = "superseded", _("Đã thay thế")
    ABOLISHED = "abolished", _("Đã bãi bỏ")


class EffectKind(models.TextChoices):
    """What an announcing decision does to a procedure."""

    NEW = "new", _("Mới ban hành")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    REPLACED = "replaced", _("Thay thế")
    ABOLISHED = "abolished", _("Bãi bỏ")


class SystemOfRecord(models.TextChoices):
    """Whose system decides the status of a procedure's dossiers; the other one only mirrors it."""

    LOCAL = "local", _("Hệ thống của tỉnh")
    MINISTRY = "ministry", _("Hệ thống của bộ, ngành")


class ApplicantKind(models.TextChoices):
    """Who may apply (catalogue field “đối tượng thực hiện”)."""

    CITIZEN = "citizen", _("Công dân Việt Nam")
    OVERSEAS = "overseas", _("Người Việt Nam định cư ở nước ngoài")
    FOREIGNER = "foreigner", _("Người nước ngoài")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    FDI_ENTERPRISE = "fdi", _("Doanh nghiệp có vốn đầu tư nước ngoài")
    HOUSEHOLD_BUSINESS = "household", _("Hộ kinh doanh")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    ORGANISATION = "organisation", _("Tổ chức (không gồm doanh nghiệp, hợp tác xã)")
    FOREIGN_ORGANISATION = "foreign_org", _("Tổ chức nước ngoài")
    OFFICIAL = "official", _("Cán bộ, công chức, viên chức")
    PARTY = "party", _("Đảng viên, tổ chức đảng")


class RequirementKind(models.TextChoices):
    """A paper that is handed in, one that is only shown and compared, or a note that is no paper."""

    SUBMITTED = "submitted", _("Giấy tờ phải nộp")
    SHOWN = "shown", _("Giấy tờ phải xuất trình")
    NOTE = "note", _("Ghi chú")


class FeeKind(models.TextChoices):
    """A fee (phí) pays for a service, a charge (lệ phí) is a fixed levy (Law on Fees and Charges 97/2015)."""

    FEE = "fee", _("Phí")
    CHARGE = "charge", _("Lệ phí")


class FeeBasis(models.TextChoices):
    """What a fee is counted by."""

    FREE = "free", _("Không thu")
    FIXED = "fixed", _("Một hồ sơ")
    PER_PAGE = "page", _("Mỗi trang")
    PER_COPY = "copy", _("Mỗi bản")
    PER_PERSON = "person", _("Mỗi người")
    PER_TRANSACTION = "transaction", _("Mỗi giao dịch")
    # The catalogue often prints "free" where the provincial council sets the amount: unknown, not zero.
    COUNCIL = "council", _("Theo nghị quyết của Hội đồng nhân dân tỉnh")


class StopReason(models.TextChoices):
    """Why the clock stands still; which of them a procedure allows is data of its version."""

    SUPPLEMENT = "supplement", _("Chờ bổ sung giấy tờ")
    DUTY = "duty", _("Chờ thực hiện nghĩa vụ tài chính")
    CONSULTATION = "consultation", _("Lấy ý kiến cơ quan khác")
    INSPECTION = "inspection", _("Kiểm tra, khảo sát thực địa")
    TRANSFER = "transfer", _("Chuyển hồ sơ giữa các cơ quan")
    EXPLANATION = "explanation", _("Chờ người nộp giải trình")
    HALTED = "halted", _("Cơ quan dừng xử lý")


class DossierState(models.TextChoices):
    """The ten states shared with the national portal (domain: onestop-and-portal.md, 3.3), in its order."""

    FILED = "filed", _("Mới đăng ký")
    RECEIVED = "received", _("Được tiếp nhận")
    REFUSED = "refused", _("Không được tiếp nhận")
    PROCESSING = "processing", _("Đang xử lý")
    SUPPLEMENT = "supplement", _("Yêu cầu bổ sung giấy tờ")
    DUTY = "duty", _("Yêu cầu thực hiện nghĩa vụ tài chính")
    WITHDRAWN = "withdrawn", _("Công dân yêu cầu rút hồ sơ")
    STOPPED = "stopped", _("Dừng xử lý")
    DONE = "done", _("Đã xử lý xong")
    RETURNED = "returned", _("Đã trả kết quả")


class ClockEventKind(models.TextChoices):
    """What changed a dossier's times."""

    RECEIVED = "received", _("Tiếp nhận")
    STOPPED = "stopped", _("Tạm dừng tính thời gian")
    RESUMED = "resumed", _("Tính tiếp thời gian")
    APOLOGY = "apology", _("Xin lỗi và hẹn lại")
    RESCHEDULED = "rescheduled", _("Cấp lại giấy hẹn do thay đổi lịch làm việc")
    REVERSIONED = "reversioned", _("Chuyển sang phiên bản thủ tục khác")
    FINISHED = "finished", _("Có kết quả")
    REOPENED = "reopened", _("Mở lại để sửa kết quả")
    CLOSED = "closed", _("Kết thúc không có kết quả")
    RETURNED = "returned", _("Trả kết quả")


class LegState(models.TextChoices):
    """A leg is one agency's part of a dossier."""

    PLANNED = "planned", _("Chưa đến lượt")
    SENT = "sent", _("Chờ tiếp nhận")
    RUNNING = "running", _("Đang xử lý")
    DONE = "done", _("Đã xong")
    CANCELLED = "cancelled", _("Không thực hiện")


class StepState(models.TextChoices):
    """A step is one person's part of a leg."""

    PLANNED = "planned", _("Chưa đến lượt")
    RUNNING = "running", _("Đang xử lý")
    DONE = "done", _("Đã xong")
    SKIPPED = "skipped", _("Bỏ qua")


class HandoverAnswer(models.TextChoices):
    """What the receiving agency did with a dossier handed over to it."""

    ACCEPTED = "accepted", _("Đã nhận")
    GIVEN_BACK = "given_back", _("Trả lại")


class LegAgency(models.TextChoices):
    """How a configured leg finds its agency when a dossier comes in."""

    RECEIVING = "receiving", _("Cơ quan tiếp nhận")
    DECIDING = "deciding", _("Cơ quan giải quyết")
    NAMED = "named", _("Cơ quan được chỉ định")


class PaperSource(models.TextChoices):
    """Where a paper of a dossier comes from."""

    COUNTER = "counter", _("Bản giấy nộp tại quầy")
    SCAN = "scan", _("Bản quét từ bản giấy")
    UPLOAD = "upload", _("Tệp người nộp tải lên")
    STORE = "store", _("Dùng lại từ kho dữ liệu")
    RESULT = "result", _("Kết quả giải quyết trước đó")
    DATABASE = "database", _("Tra cứu từ cơ sở dữ liệu kết nối")


class Delivery(models.TextChoices):
    """How the applicant wants the result."""

    COUNTER = "counter", _("Nhận tại quầy")
    ONLINE = "online", _("Nhận bản điện tử")
    POST = "post", _("Nhận qua bưu chính công ích")


class PaymentState(models.TextChoices):
    """The axis of money, apart from the state of the matter."""

    NONE = "none", _("Không thu")
    DUE = "due", _("Chưa nộp")
    PAID = "paid", _("Đã nộp")
    REFUND_DUE = "refund_due", _("Chờ hoàn trả")
    REFUNDED = "refunded", _("Đã hoàn trả")


class DeliveryState(models.TextChoices):
    """The axis of the result's way to its owner."""

    NOT_READY = "not_ready", _("Chưa có kết quả")
    AT_COUNTER = "at_counter", _("Chờ nhận tại quầy")
    POSTED = "posted", _("Đã giao bưu chính")
    DELIVERED = "delivered", _("Đã đến tay người nhận")
    SENT_BACK = "sent_back", _("Bưu chính chuyển hoàn")


class RefusalGround(models.TextChoices):
    """On what ground a received matter is refused in the end; the letter says it in words as well."""

    CONDITIONS = "conditions", _("Không đủ điều kiện theo quy định")
    UNTRUE = "untrue", _("Giấy tờ, thông tin không đúng sự thật")
    AUTHORITY = "authority", _("Không thuộc thẩm quyền giải quyết")
    DISPUTE = "dispute", _("Đang có tranh chấp, khiếu nại hoặc vụ án liên quan")
    PLANNING = "planning", _("Không phù hợp quy hoạch, kế hoạch")
    OTHER = "other", _("Căn cứ khác theo pháp luật chuyên ngành")


class CollectorCapacity(models.TextChoices):
    """Who takes the result, in relation to the dossier."""

    OWNER = "owner", _("Chủ hồ sơ")
    SUBMITTER = "submitter", _("Người nộp hồ sơ")
    AUTHORISED = "authorised", _("Người được ủy quyền nhận")


class FormKind(models.TextChoices):
    """What a standard form is for; its number and title are data of the set in force (domain: 3.2)."""

    RECEIPT = "receipt", _("Giấy tiếp nhận hồ sơ và hẹn trả kết quả")
    SUPPLEMENT = "supplement", _("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ")
    REFUSAL = "refusal", _("Phiếu từ chối tiếp nhận giải quyết hồ sơ")
    APOLOGY = "apology", _("Văn bản xin lỗi và hẹn lại ngày trả kết quả")
    STOP = "stop", _("Thông báo dừng giải quyết hồ sơ")
    CONTROL = "control", _("Phiếu kiểm soát quá trình giải quyết hồ sơ")
    REGISTER = "register", _("Sổ theo dõi hồ sơ")


class IntakeRefusalGround(models.TextChoices):
    """Why a filing may be refused at intake; the words of the case stand beside it (rule 12)."""

    COMPETENCE = "competence", _("Không thuộc thẩm quyền tiếp nhận, giải quyết")
    ELIGIBILITY = "eligibility", _("Không thuộc đối tượng, không đủ điều kiện theo quy định")
    PAPERS = "papers", _("Thiếu giấy tờ bắt buộc mà người nộp không bổ sung")
    FORGED = "forged", _("Giấy tờ có dấu hiệu giả mạo, bị tẩy xóa")
    SETTLED = "settled", _("Nội dung đang được hoặc đã được giải quyết")
    ABOLISHED = "abolished", _("Thủ tục đã hết hiệu lực")


class Timeliness(models.TextChoices):
    """How a dossier stands to the appointment that counts: judged by dates, in hours by the minute."""

    EARLY = "early", _("Trước hạn")
    ON_TIME = "on_time", _("Đúng hạn")
    IN_TIME = "in_time", _("Trong hạn")
    LATE = "late", _("Quá hạn")
    # In no ratio (rule 23).
    UNPROMISED = "unpromised", _("Không hẹn ngày trả")


class RatingStage(models.TextChoices):
    """When people are asked: with the receipt, the supplement request, the refusal, the result."""

    INTAKE = "intake", _("Tiếp nhận hồ sơ")
    SUPPLEMENT = "supplement", _("Yêu cầu bổ sung hồ sơ")
    REFUSAL = "refusal", _("Từ chối tiếp nhận")
    RESULT = "result", _("Trả kết quả")


class Satisfaction(models.TextChoices):
    """The four levels of the rating slip."""

    VERY_SATISFIED = "very_satisfied", _("Rất hài lòng")
    SATISFIED = "satisfied", _("Hài lòng")
    NORMAL = "normal", _("Bình thường")
    UNSATISFIED = "unsatisfied", _("Không hài lòng")


class CommentState(models.TextChoices):
    """Whether free words of a rating are shown."""

    WAITING = "waiting", _("Chờ kiểm duyệt")
    SHOWN = "shown", _("Được công bố")
    WITHHELD = "withheld", _("Không công bố")


class IndexGroup(models.TextChoices):
    """The five groups of the index of Decision 766/QĐ-TTg."""

    TRANSPARENCY = "transparency", _("Công khai, minh bạch")
    PROGRESS = "progress", _("Tiến độ, kết quả giải quyết")
    DIGITISATION = "digitisation", _("Số hóa hồ sơ")
    ONLINE = "online", _("Cung cấp dịch vụ trực tuyến")
    SATISFACTION = "satisfaction", _("Mức độ hài lòng")


class SyncState(models.TextChoices):
    """How far a status is told to the national portal."""

    PENDING = "pending", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    REJECTED = "rejected", _("Bị từ chối")


class DifferenceKind(models.TextChoices):
    """How the national portal's list of a day differs from what it was told."""

    MISSING = "missing", _("Cổng quốc gia không có hồ sơ")
    UNKNOWN = "unknown", _("Hệ thống của tỉnh không có hồ sơ")
    STATUS = "status", _("Trạng thái khác nhau")


class TicketState(models.TextChoices):
    """A turn in the queue."""

    WAITING = "waiting", _("Đang chờ")
    CALLED = "called", _("Đang gọi")
    SERVING = "serving", _("Đang phục vụ")
    FINISHED = "finished", _("Đã xong")
    ABSENT = "absent", _("Vắng mặt")


class TicketPriority(models.TextChoices):
    """Who is called before others."""

    NONE = "none", _("Không")
    ELDERLY = "elderly", _("Người cao tuổi")
    DISABLED = "disabled", _("Người khuyết tật")
    PREGNANT = "pregnant", _("Phụ nữ có thai, có con nhỏ")
    MERIT = "merit", _("Người có công")
    APPOINTMENT = "appointment", _("Đã hẹn giờ")


class TicketChannel(models.TextChoices):
    """Where a ticket was taken."""

    BOARD = "board", _("Màn hình tại sảnh")
    STAFF = "staff", _("Cán bộ cấp")
    ONLINE = "online", _("Trực tuyến")


class ExemptionGround(models.TextChoices):
    """Why somebody pays nothing; each needs its evidence (rule 34)."""

    MERIT = "merit", _("Gia đình có công với cách mạng")
    POOR = "poor", _("Hộ nghèo, cận nghèo")
    DISABLED = "disabled", _("Người khuyết tật")
    CHILD = "child", _("Trẻ em")
    ELDERLY = "elderly", _("Người cao tuổi")
    REMOTE = "remote", _("Đồng bào dân tộc thiểu số, vùng đặc biệt khó khăn")
    LAW = "law", _("Trường hợp khác theo quy định của pháp luật")


class PaymentMethod(models.TextChoices):
    """How money came in."""

    CASH = "cash", _("Tiền mặt")
    TRANSFER = "transfer", _("Chuyển khoản")
    ONLINE = "online", _("Thanh toán trực tuyến")


class PaymentKind(models.TextChoices):
    """What a gateway's payment turned out to be; money that settles nothing goes back."""

    OK = "ok", _("Khớp")
    LATE = "late", _("Khớp, sau hạn thanh toán")
    DUPLICATE = "duplicate", _("Nộp trùng hoặc không còn phải nộp")
    WRONG_AMOUNT = "wrong_amount", _("Sai số tiền")


class RefundGround(models.TextChoices):
    """Why money goes back."""

    WITHDRAWN = "withdrawn", _("Rút hồ sơ trước khi xử lý")
    REFUSED = "refused", _("Hồ sơ không được tiếp nhận")
    EXEMPT = "exempt", _("Được miễn sau khi đã nộp")
    DUPLICATE = "duplicate", _("Nộp trùng")
    WRONG_AMOUNT = "wrong_amount", _("Nộp sai số tiền")
    OTHER = "other", _("Lý do khác")


class RefundWay(models.TextChoices):
    """How it goes back."""

    CASH = "cash", _("Tiền mặt tại quầy")
    ACCOUNT = "account", _("Vào tài khoản")


class SettlementKind(models.TextChoices):
    """How the gateway's statement of a day differs from the payments that were booked."""

    NOT_BOOKED = "not_booked", _("Cổng thanh toán có, hệ thống chưa ghi nhận")
    NOT_STATED = "not_stated", _("Hệ thống đã ghi nhận, cổng thanh toán không có")
    AMOUNT = "amount", _("Số tiền khác nhau")
