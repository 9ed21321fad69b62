"""A visit in words: what its page says of who came, about what, and what was decided."""

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Visit, Visitor


def visit_facts(visit: Visit) -> list[tuple[str, object]]:
    """Pairs of label and value; of a protected visit nothing but its code and its course."""
    started = timezone.localtime(visit.started_at)
    ended = f"–{timezone.localtime(visit.ended_at):%H:%M}" if visit.ended_at else ""
    group = visit.field.name if visit.field else ""
    rows: list[tuple[str, object]] = [
        (_("Thời gian"), f"{started:%d/%m/%Y %H:%M}{ended}"),
        (_("Loại hình"), f"{visit.get_kind_display()}, {visit.get_form_display()}"),
        (_("Người tiếp"), f"{visit.host.user.full_name}, {visit.host.position}"),
        (_("Người ghi"), visit.officer.user.full_name),
        (_("Loại vụ việc"), visit.get_matter_kind_display() if visit.matter_kind else ""),
        (_("Lĩnh vực"), group),
        (_("Số người"), visit.people),
        (_("Đã đối chiếu giấy tờ"), _("Có, không ghi vào sổ") if visit.identity_seen else ""),
        (_("Căn cứ không có giấy tờ"), visit.unidentified_because),
        (_("Đoàn đông người"), visit.group_note),
        (_("Cơ quan đã giải quyết"), visit.settled_by),
        (_("Kết quả đã có"), visit.get_earlier_result_display() if visit.earlier_result != "none" else ""),
        (_("Cùng vụ việc với"), visit.root.code if visit.root else ""),
        (_("Hướng xử lý"), visit.get_outcome_display() if visit.outcome else ""),
        (_("Nội dung trả lời"), visit.outcome_words),
        (_("Cơ quan đến"), visit.directed_to),
        (_("Số văn bản"), visit.paper_number),
        (_("Đơn"), visit.letter.code if visit.letter else ""),
        (_("Trả lời trước ngày"), f"{visit.answer_due_on:%d/%m/%Y}" if visit.answer_due_on else ""),
        (_("Lý do đính chính"), visit.correction_reason),
    ]
    return rows


def visitor_words(visitor: Visitor) -> str:
    """How somebody is reached and known, on one line."""
    known = (visitor.personal_number or visitor.identity_paper, visitor.address, visitor.phone)
    return ", ".join(one for one in known if one)
