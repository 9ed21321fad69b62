"""What the paper of a result says, from what is on record: a form of its own for each kind (rule 30).

Papers are official and always Vietnamese. A conclusion names nobody who denounces: the letter stands there by
its code alone.
"""

from django.utils import timezone
from django.utils.translation import override

from complaints.enums import ParticipantRole, Stage
from complaints.models import Matter, Outcome
from complaints.models.outcome import OutcomeForm

# The kind of official paper (documents' table) that each form is issued as.
PAPER_KIND = {OutcomeForm.DECISION: "QĐ", OutcomeForm.CONCLUSION: "TB", OutcomeForm.ANSWER: "CV"}
MOST_NAMED = 3
LAST_ARTICLE = (
    "Điều 3. Người khiếu nại, người bị khiếu nại và các cơ quan, cá nhân có liên quan chịu trách nhiệm "
    "thi hành Quyết định này."
)


def outcome_abstract(outcome: Outcome) -> str:
    """What the paper is about, in one line; a protected letter by its code."""
    code = outcome.matter.letter.code
    if outcome.form == OutcomeForm.CONCLUSION:
        return f"Kết luận nội dung tố cáo (đơn mã {code})"
    if outcome.form == OutcomeForm.ANSWER:
        return f"Trả lời đơn kiến nghị, phản ánh (đơn mã {code})"
    words = "lần hai" if outcome.matter.stage == Stage.SECOND else "lần đầu"
    return f"Về việc giải quyết khiếu nại {words} (đơn mã {code})"


def outcome_body(outcome: Outcome) -> str:
    """The paper's text, in the lines that the form of Decree 30 is set from."""
    with override("vi"):
        match outcome.form:
            case OutcomeForm.CONCLUSION:
                return "\n\n".join(_conclusion(outcome))
            case OutcomeForm.ANSWER:
                return "\n\n".join(_answer(outcome))
            case _:
                return "\n\n".join(_decision(outcome))


def _decision(outcome: Outcome) -> list[str]:
    matter = outcome.matter
    lines = [
        "Căn cứ Luật Khiếu nại số 02/2011/QH13 và các luật sửa đổi, bổ sung;",
        "Căn cứ Nghị định số 124/2020/NĐ-CP;",
        f"Xét đơn khiếu nại của {_complainants(matter)}, mã đơn {matter.letter.code};",
        f"**Nội dung khiếu nại.** {matter.summary}",
    ]
    if matter.request:
        lines.append(f"**Yêu cầu của người khiếu nại.** {matter.request}")
    if matter.stage == Stage.SECOND and (first := _first_outcome(matter)) is not None:
        lines.append(
            f"**Kết quả giải quyết lần đầu.** Quyết định số {first.notation} ngày {first.dated_on:%d/%m/%Y}: "
            f"{first.get_result_display()}."
        )
    lines += _verification(matter)
    lines += _dialogues(matter)
    lines += [
        f"**Nhận định, kết luận.** {outcome.findings} {outcome.get_result_display()}.",
        f"Điều 1. {outcome.ruling}",
        f"Điều 2. {_next_way(matter)}",
        LAST_ARTICLE,
    ]
    return lines


def _conclusion(outcome: Outcome) -> list[str]:
    matter = outcome.matter
    return [
        "Căn cứ Luật Tố cáo số 25/2018/QH14 và các luật sửa đổi, bổ sung;",
        "Căn cứ Nghị định số 31/2019/NĐ-CP;",
        f"**1. Nội dung tố cáo** (đơn mã {matter.letter.code}). {matter.summary}",
        *_verification(matter),
        f"**2. Nhận định.** {outcome.findings}",
        f"**3. Kết luận.** {outcome.get_result_display()}.",
        f"**4. Biện pháp xử lý, kiến nghị.** {outcome.ruling}",
    ]


def _answer(outcome: Outcome) -> list[str]:
    return [
        f"Cơ quan đã nhận đơn mã {outcome.matter.letter.code} và xem xét như sau.",
        outcome.findings,
        outcome.ruling,
    ]


def _complainants(matter: Matter) -> str:
    """The first few by name and how many more there are."""
    people = [
        one.name
        for one in matter.letter.participants.all()
        if one.role in (ParticipantRole.PRINCIPAL, ParticipantRole.REPRESENTATIVE) and not one.withdrawn_on
    ]
    named = ", ".join(f"ông (bà) {name}" for name in people[:MOST_NAMED])
    more = max(matter.letter.people, len(people)) - min(len(people), MOST_NAMED)
    return f"{named} và {more} người khác" if named and more > 0 else named or "người khiếu nại"


def _first_outcome(matter: Matter) -> Outcome | None:
    return matter.previous.outcomes.filter(issued_at__isnull=False).last() if matter.previous else None


def _verification(matter: Matter) -> list[str]:
    last = matter.verifications.select_related("report", "order").last()
    finding = last.finding if last else None
    if last is None or finding is None:
        return []
    return [f"**Kết quả xác minh** (Quyết định số {last.order.notation}). {finding.findings}"]


def _dialogues(matter: Matter) -> list[str]:
    lines = []
    for one in matter.dialogues.filter(minuted_at__isnull=False):
        came = "" if one.complainant_came else " Người khiếu nại được thông báo nhưng không tham dự."
        on = timezone.localdate(one.meets_at)
        lines.append(f"**Kết quả đối thoại ngày {on:%d/%m/%Y}.**{came} {one.minutes}")
    return lines


def _next_way(matter: Matter) -> str:
    if matter.stage == Stage.SECOND:
        return (
            "Nếu không đồng ý với Quyết định này, người khiếu nại có quyền khởi kiện vụ án hành chính tại "
            "Tòa án theo quy định của pháp luật."
        )
    return (
        "Nếu không đồng ý với Quyết định này, người khiếu nại có quyền khiếu nại lần hai đến người có thẩm "
        "quyền hoặc khởi kiện vụ án hành chính tại Tòa án trong thời hạn luật định."
    )
