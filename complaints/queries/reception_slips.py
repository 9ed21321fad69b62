"""What reception prints on a sheet: notice of refusal, slip of papers, slip of appointment, minutes.

Papers are official and always Vietnamese. A protected visitor stands on them by code.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from complaints.enums import AppointmentState, ReceptionForm, SessionEventKind
from complaints.models import Appointment, ReceptionRefusal, SessionEvent, Visit, Visitor
from egov.organizations.models import Agency, Membership
from egov.printing.slips import (
    Block,
    facts,
    long_day,
    long_moment,
    paper_pdf,
    paragraphs,
    sentence,
    table,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands on top of a paper: its name, its number, whose it is, its day."""

    title: str
    number: str
    code: str
    at: datetime


UNNAMED = "Người tố cáo (danh tính được bảo vệ)"


def refusal_notice(refusal: ReceptionRefusal) -> bytes:
    """The notice that nobody is received (rule 9), as PDF/A."""
    visit = refusal.visit
    with override("vi"):
        blocks = [
            facts(
                ("Kính gửi", who_came(visit)),
                ("Địa chỉ", _address(visit)),
                ("Đến lúc", long_moment(visit.started_at)),
                ("Nội dung", visit.summary),
            ),
            sentence(
                "Căn cứ Điều 9 Luật Tiếp công dân số 42/2013/QH13, cơ quan thông báo từ chối tiếp công dân "
                f"trong trường hợp sau (điểm {refusal.ground}): {refusal.get_ground_display()}."
            ),
            facts(
                ("Lý do", refusal.reason),
                ("Cơ quan đã giải quyết", visit.settled_by),
                ("Người quyết định", _signer(refusal.decider)),
            ),
            sentence(
                "Việc từ chối tiếp không làm mất hiệu lực của đơn mà cơ quan đã tiếp nhận. Nếu không đồng ý, "
                "Ông/Bà có quyền khiếu nại theo quy định của pháp luật."
            ),
        ]
        return paper_pdf(
            _paper(
                visit.agency,
                Heading("Thông báo từ chối tiếp công dân", str(refusal), visit.code, refusal.decided_at),
                blocks,
                ("Người quyết định", refusal.decider.user.full_name),
            )
        )


def papers_slip_content(visit: Visit) -> dict[str, Any]:
    """What the slip of papers taken at the desk (giấy biên nhận) says."""
    rows = [
        [
            str(index),
            paper.name,
            str(paper.copies),
            "bản chính" if paper.is_original else "bản sao",
            "chỉ xuất trình" if paper.is_shown_only else "nộp",
        ]
        for index, paper in enumerate(visit.papers.all(), start=1)
    ]
    blocks = [
        facts(
            ("Họ tên", who_came(visit)),
            ("Địa chỉ", _address(visit)),
            ("Nhận lúc", long_moment(visit.started_at)),
            ("Người nhận", _signer(visit.officer)),
        ),
        sentence("Cơ quan đã nhận các giấy tờ sau:"),
        table(("STT", "Tên giấy tờ", "Số bản", "Loại", "Hình thức"), (0.6, 4, 0.8, 1, 1.2), rows),
    ]
    return _paper(
        visit.agency,
        Heading("Giấy biên nhận", f"{visit.number:02d}/BN-TCD", visit.code, visit.started_at),
        blocks,
        ("Người nộp", ""),
        ("Người nhận", visit.officer.user.full_name),
    )


def appointment_slip_content(appointment: Appointment) -> dict[str, Any]:
    """What the slip of an appointment (phiếu hẹn) says, dated when it was agreed to."""
    day = appointment.day
    assert day is not None and appointment.time is not None  # noqa: S101, PT018  (agreed ones have both)
    blocks = [
        facts(
            ("Mời", appointment.name or UNNAMED),
            ("Mã đơn", appointment.letter.code if appointment.letter and appointment.is_protected else ""),
            ("Đến gặp", _signer(day.host)),
            ("Vào lúc", f"{appointment.time:%H} giờ {appointment.time:%M} phút, {long_day(day.day)}"),
            ("Tại", day.place),
            ("Nội dung", appointment.content),
            ("Ghi chú", appointment.answer),
        ),
        sentence(
            "Khi đến, đề nghị mang theo phiếu này và giấy tờ tùy thân. "
            "Nếu lịch tiếp thay đổi, cơ quan sẽ báo lại."
        ),
    ]
    agreed = appointment.changes.filter(after=AppointmentState.AGREED).last()
    at = agreed.at if agreed else appointment.asked_at
    return _paper(appointment.agency, Heading("Phiếu hẹn tiếp công dân", str(appointment), "", at), blocks)


def minutes_paper(visit: Visit, text: str, events: Sequence[SessionEvent], at: datetime) -> bytes:
    """The minutes of a reception (biên bản), as PDF/A; a dropped connection stands in them (rule 54)."""
    session = getattr(visit, "session", None)
    line: list[Block] = []
    if session is not None:
        consent = "đồng ý" if session.consents_to_recording else "không đồng ý"
        line = [
            facts(
                ("Hình thức", str(ReceptionForm.ONLINE.label)),
                ("Phòng họp, điểm cầu", session.room),
                ("Đối chiếu danh tính", session.identity_checked_how),
                ("Ghi âm, ghi hình", f"người dân {consent}"),
            ),
            table(
                ("Lúc", "Đường truyền", "Ghi chú"),
                (1.2, 2, 4),
                [
                    [
                        f"{timezone.localtime(one.at):%H:%M}",
                        str(SessionEventKind(one.kind).label),
                        one.note,
                    ]
                    for one in events
                ],
            ),
        ]
    blocks = [
        facts(
            ("Bắt đầu", long_moment(visit.started_at)),
            ("Người tiếp", _signer(visit.host)),
            ("Người ghi biên bản", _signer(visit.officer)),
            ("Người đến", who_came(visit)),
            ("Số người", str(visit.people)),
            ("Nội dung", visit.summary),
        ),
        *line,
        sentence("Diễn biến, ý kiến và kết luận:"),
        *paragraphs(text),
        sentence(f"Biên bản lập xong lúc {long_moment(at)}, đã đọc lại cho người dân nghe."),
    ]
    return paper_pdf(
        _paper(
            visit.agency,
            Heading("Biên bản tiếp công dân", f"{visit.number:02d}/BB-TCD", visit.code, at),
            blocks,
            ("Người dân", ""),
            ("Người tiếp", visit.host.user.full_name),
        )
    )


def who_came(visit: Visit) -> str:
    """Names of those who spoke, or the code under which a denouncer stands."""
    if visit.is_protected:
        return UNNAMED + (f", mã đơn {visit.letter.code}" if visit.letter else "")
    return "; ".join(one.name for one in _people(visit)) or "Người không xác định được danh tính"


def _people(visit: Visit) -> list[Visitor]:
    return list(visit.visitors.all())


def _address(visit: Visit) -> str:
    return next((one.address for one in _people(visit) if one.address), "")


def _signer(member: Membership) -> str:
    return f"{member.user.full_name}, {member.position}"


def _paper(
    agency: Agency, heading: Heading, blocks: list[Block], *signatures: tuple[str, str]
) -> dict[str, Any]:
    return {
        "title": heading.title,
        "number": heading.number,
        "code": heading.code,
        "agency": agency.name,
        "superior_agency": agency.superior_name,
        "place_and_date": f"{agency.unit.name}, {long_day(timezone.localdate(heading.at))}",
        "blocks": blocks,
        "signatures": [{"title": role, "name": name} for role, name in signatures],
    }
