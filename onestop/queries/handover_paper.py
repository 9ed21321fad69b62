"""A hand-over list as PDF/A, for both sides to sign; no numbered form of either circular (domain: 3.2)."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from egov.audit.record import record
from egov.organizations.actor import Actor
from egov.printing.typesetter import typeset
from onestop.enums import HandoverAnswer
from onestop.models import HandoverLine, HandoverList
from onestop.queries.slip_paper import printable
from onestop.queries.slips import facts, long_day, moment, sentence, short_moment

TITLE = "Danh sách bàn giao hồ sơ"
HEADINGS = ["STT", "Hồ sơ", "Chủ hồ sơ", "Thủ tục, công đoạn", "Giấy tờ kèm theo", "Hẹn trả", "Kết quả nhận"]
WIDTHS = [0.5, 2.4, 1.6, 2.5, 2.5, 1.3, 1.6]


def handover_pdf(actor: Actor, handover: HandoverList, lines: Sequence[HandoverLine]) -> bytes:
    """Set the list as it stands now: what was taken over or given back since is on it. The print is in the
    audit log, as it names owners. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    with override("vi"):
        content = _content(handover, lines)
    record(actor, "onestop.print_handover", handover, purpose="handover")
    return typeset("slip", printable(content)).pdf


def _content(handover: HandoverList, lines: Sequence[HandoverLine]) -> dict[str, Any]:
    sender, receiver = handover.sender_agency, handover.receiver_agency
    on = timezone.localdate(handover.sent_at)
    open_count = sum(not line.answer for line in lines)
    receivers = {line.receiver_caption for line in lines if line.receiver_caption}
    return {
        "label": "",
        "source": "",
        "title": TITLE,
        "number": f"{handover.number:02d}/DSBG",
        "paper": "a4",
        "agency": sender.name,
        "superior_agency": sender.superior_name,
        "place_and_date": f"{sender.unit.name}, {long_day(on)}",
        "code": "",
        "qr": "",
        "blocks": [
            facts(
                ("Bên giao", sender.name),
                ("Người giao", handover.sender_caption),
                ("Bên nhận", receiver.name),
                ("Giao lúc", moment(handover.sent_at)),
            ),
            {
                "kind": "table",
                "dense": True,
                "headings": HEADINGS,
                "widths": WIDTHS,
                "rows": [_row(index, line) for index, line in enumerate(lines, start=1)],
            },
            sentence(
                f"Tổng số: {len(lines)} hồ sơ"
                + (f"; {open_count} hồ sơ chưa nhận tại thời điểm in." if open_count else ".")
            ),
        ],
        "signatures": [
            {"title": "Bên giao", "name": handover.sender.user.full_name if handover.sender else ""},
            {"title": "Bên nhận", "name": receivers.pop() if len(receivers) == 1 else ""},
        ],
        "note": "Lập thành hai bản, mỗi bên giữ một bản.",
    }


def _row(index: int, line: HandoverLine) -> list[str]:
    dossier = line.leg.dossier
    return [
        str(index),
        str(dossier),
        dossier.owner.name,
        f"{dossier.version.name}: {line.leg.name}",
        "; ".join(_paper(paper) for paper in line.papers),
        short_moment(dossier.due_at) or "không hẹn",
        _answer(line),
    ]


def _paper(paper: dict[str, Any]) -> str:
    counts = [
        f"{paper[key]} {words}"
        for key, words in (("originals", "bản chính"), ("copies", "bản sao"))
        if paper.get(key)
    ]
    return f"{paper['name']} ({', '.join(counts)})" if counts else str(paper["name"])


def _answer(line: HandoverLine) -> str:
    if not line.answer:
        return ""
    words = f"{HandoverAnswer(line.answer).label}, {short_moment(line.answered_at)}"
    return f"{words}: {line.reason}" if line.reason else words
