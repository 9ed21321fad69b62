"""What a check of a signed file found, as facts; its sentences are made when someone reads them (rule 35).

Every check has its own line: a reader sees which one failed, never one green tick for all.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.signing.x509_facts import Holder

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Status(models.TextChoices):
    """Rule 34: what cannot be determined is never called valid."""

    VALID = "valid", gettext_lazy("Hợp lệ")
    INVALID = "invalid", gettext_lazy("Không hợp lệ")
    NOT_DETERMINED = "not_determined", gettext_lazy("Chưa xác định được")


class Question(models.TextChoices):
    """What is asked of each signature, and of the file as a whole."""

    INTACT = "intact", gettext_lazy("Nội dung đã ký còn nguyên vẹn")
    ADDITIONS = "additions", gettext_lazy("Phần thêm vào sau chữ ký")
    ALGORITHM = "algorithm", gettext_lazy("Thuật toán và độ dài khóa")
    PATH = "path", gettext_lazy("Chuỗi chứng thư số đến gốc tin cậy")
    PERIOD = "period", gettext_lazy("Thời hạn của chứng thư số tại thời điểm ký")
    REVOCATION = "revocation", gettext_lazy("Tình trạng thu hồi tại thời điểm ký")
    TIMESTAMP = "timestamp", gettext_lazy("Dấu thời gian")
    ROLES = "roles", gettext_lazy("Vai trò của các chữ ký")


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one question."""

    question: Question
    status: Status
    reason: str = ""  # a key of REASONS
    moment: datetime | None = None
    detail: str = ""

    @property
    def label(self) -> str:
        return str(self.question.label)

    @property
    def sentence(self) -> str:
        """The answer in words."""
        text = str(REASONS[self.reason]) if self.reason else str(self.status.label)
        return text % {"moment": told(self.moment), "detail": self.detail}


REASONS = {
    "intact": gettext_lazy("Nội dung không thay đổi từ khi ký."),
    "altered": gettext_lazy("Nội dung đã bị thay đổi sau khi ký."),
    "unreadable": gettext_lazy("Không đọc được chữ ký."),
    "nothing_added": gettext_lazy("Không có gì được thêm vào sau chữ ký này."),
    "allowed_added": gettext_lazy(
        "Sau chữ ký này chỉ có phần được phép thêm: số, ngày, chữ ký khác hoặc chứng cứ."
    ),
    "forbidden_added": gettext_lazy("Sau chữ ký này, tệp đã bị thêm hoặc sửa phần không được phép."),
    "strong": gettext_lazy("Thuật toán và độ dài khóa đạt yêu cầu (%(detail)s)."),
    "weak_hash": gettext_lazy("Dùng hàm băm %(detail)s không còn an toàn."),
    "weak_key": gettext_lazy("Khóa ký quá ngắn (%(detail)s)."),
    "trusted": gettext_lazy("Chứng thư số do cơ quan chứng thực tin cậy cấp: %(detail)s."),
    "unknown_root": gettext_lazy("Chứng thư số không do cơ quan chứng thực tin cậy cấp."),
    "wrong_purpose": gettext_lazy("Chứng thư số không được cấp để ký số văn bản."),
    "weak_path": gettext_lazy("Chuỗi chứng thư số dùng thuật toán không còn an toàn."),
    "broken_path": gettext_lazy("Chuỗi chứng thư số không hợp lệ."),
    "authority_revoked": gettext_lazy("Chứng thư số của nơi cấp đã bị thu hồi."),
    "not_looked_at": gettext_lazy("Không xét vì điều kiện về chứng thư số ở trên không đạt."),
    "in_force": gettext_lazy("Chứng thư số còn hiệu lực lúc %(moment)s."),
    "expired": gettext_lazy("Chứng thư số đã hết hạn từ %(moment)s, trước thời điểm ký."),
    "not_yet": gettext_lazy("Chứng thư số chỉ có hiệu lực từ %(moment)s, sau thời điểm ký."),
    "not_revoked": gettext_lazy("Chứng thư số không bị thu hồi tại thời điểm ký."),
    "revoked_later": gettext_lazy(
        "Chứng thư số bị thu hồi lúc %(moment)s, sau thời điểm ký; chữ ký vẫn có giá trị."
    ),
    "revoked": gettext_lazy("Chứng thư số đã bị thu hồi lúc %(moment)s, trước thời điểm ký."),
    "no_answer": gettext_lazy(
        "Chưa có danh sách thu hồi còn hiệu lực nên chưa xác định được tình trạng thu hồi."
    ),
    "stamped": gettext_lazy("Có dấu thời gian tin cậy lúc %(moment)s."),
    "not_stamped": gettext_lazy("Không có dấu thời gian; xét theo thời điểm nhận %(moment)s."),
    "bad_stamp": gettext_lazy("Dấu thời gian không hợp lệ."),
    "unsure_stamp": gettext_lazy("Chưa xác định được giá trị của dấu thời gian."),
    "person_then_agency": gettext_lazy("Chữ ký đầu là của cá nhân, chữ ký cuối là của cơ quan."),
    "person_only": gettext_lazy("Mới có chữ ký của cá nhân, chưa có chữ ký của cơ quan."),
    "agency_on_attachment": gettext_lazy("Phụ lục được ký bằng chữ ký số của cơ quan."),
    "agency_only": gettext_lazy("Chỉ có chữ ký của cơ quan, không có chữ ký của người có thẩm quyền."),
    "wrong_order": gettext_lazy("Chữ ký cuối không phải là chữ ký của cơ quan."),
    "unsure_roles": gettext_lazy("Chứng thư số không cho biết là của cá nhân hay của cơ quan."),
    "unsigned": gettext_lazy("Tệp không có chữ ký số."),
}


@dataclass(frozen=True, slots=True)
class SignatureResult:
    """One signature: whose, when, and the answer to every question."""

    field: str
    holder: Holder
    signer: str  # as the certificate names it
    organization: str
    agency_code: str  # identification code in an agency's certificate; empty for a person without one
    fingerprint: str
    signed_at: datetime
    has_timestamp: bool
    claimed_at: datetime | None  # what the signer's own clock said
    checks: tuple[Check, ...]

    @property
    def status(self) -> Status:
        return worst(check.status for check in self.checks)

    @property
    def intact(self) -> bool:
        """Whether content and additions are in order, whatever is known of the certificate."""
        return all(
            check.status == Status.VALID
            for check in self.checks
            if check.question in (Question.INTACT, Question.ADDITIONS)
        )

    @property
    def sentence(self) -> str:
        """Rule 35 in one sentence: signer, time, integrity."""
        words = {
            "signer": self.signer,
            "moment": told(self.signed_at if self.has_timestamp else self.claimed_at),
        }
        if self.status == Status.VALID:
            return (
                _("Chữ ký hợp lệ của %(signer)s lúc %(moment)s; nội dung không thay đổi từ khi ký.") % words
            )
        reasons = " ".join(check.sentence for check in self.checks if check.status == self.status)
        words["reasons"] = reasons
        if self.status == Status.INVALID:
            return _("Chữ ký KHÔNG hợp lệ của %(signer)s lúc %(moment)s. %(reasons)s") % words
        return _("Chưa xác định được giá trị chữ ký của %(signer)s lúc %(moment)s. %(reasons)s") % words


@dataclass(frozen=True, slots=True)
class Verification:
    """The whole file: its signatures in order, and what is asked of all together."""

    sha256: str
    checked_at: datetime
    signatures: tuple[SignatureResult, ...]
    checks: tuple[Check, ...]
    evidence: tuple[str, ...] = ()  # SHA-256 of the revocation lists that were used

    @property
    def status(self) -> Status:
        """Valid only when there are signatures and each holds, with the roles in order."""
        statuses = [signature.status for signature in self.signatures] + [
            check.status for check in self.checks
        ]
        return worst(statuses)

    @property
    def is_valid(self) -> bool:
        return self.status == Status.VALID

    @property
    def personal(self) -> SignatureResult | None:
        """The first signature, when it is a person's."""
        first = self.signatures[0] if self.signatures else None
        return first if first and first.holder == Holder.PERSON else None

    @property
    def agency(self) -> SignatureResult | None:
        """The last signature, when it is an agency's; compare ``agency_code`` with the sender's code."""
        last = self.signatures[-1] if self.signatures else None
        return last if last and last.holder == Holder.AGENCY else None

    @property
    def sentences(self) -> list[str]:
        """One sentence for each signature, then for the file."""
        return [signature.sentence for signature in self.signatures] + [
            check.sentence for check in self.checks
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain values for keeping; :meth:`from_json` reads them back."""
        return _plain(self)  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """Read what :meth:`as_json` wrote."""
        return cls(
            sha256=kept["sha256"],
            checked_at=datetime.fromisoformat(kept["checked_at"]),
            signatures=tuple(
                SignatureResult(
                    **{
                        **row,
                        "holder": Holder(row["holder"]),
                        "signed_at": datetime.fromisoformat(row["signed_at"]),
                        "claimed_at": _moment(row["claimed_at"]),
                        "checks": tuple(_check(check) for check in row["checks"]),
                    }
                )
                for row in kept["signatures"]
            ),
            checks=tuple(_check(check) for check in kept["checks"]),
            evidence=tuple(kept["evidence"]),
        )


def worst(statuses: Any) -> Status:
    """Invalid outweighs not determined, which outweighs valid; nothing at all is not determined."""
    found = set(statuses)
    if Status.INVALID in found:
        return Status.INVALID
    if Status.NOT_DETERMINED in found or not found:
        return Status.NOT_DETERMINED
    return Status.VALID


def told(moment: datetime | None) -> str:
    """A moment as people in Viet Nam write it."""
    return moment.astimezone(VIETNAM).strftime("%H:%M:%S %d/%m/%Y") if moment else _("(không rõ thời điểm)")


def _check(row: dict[str, Any]) -> Check:
    return Check(
        Question(row["question"]), Status(row["status"]), row["reason"], _moment(row["moment"]), row["detail"]
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    """Not by ``dataclasses.asdict``: it copies the translated label of every answer, 0.1 s for one file."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Status | Question | Holder) else value
