"""What a settlement has on record, as its page tells it: found, said, decided, published, carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import deadlines
from complaints.enums import MatterKind
from complaints.models import Matter, Outcome, Verification
from complaints.queries import settlement as query

Facts = list[tuple[str, object]]
# Title, facts, and the address of its file, if it has one.
Row = tuple[str, Facts, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Some rows of what was done."""

    heading: str
    rows: list[Row]


def course(matter: Matter, known: deadlines.Counting | None) -> Iterator[Group]:
    """Each kind of thing on record, in the order of the law; groups may be empty."""
    yield Group(_("Khiếu nại lần hai"), _second(matter))
    yield Group(_("Xác minh"), [row for one in matter.verifications.all() for row in _verification(one)])
    yield Group(_("Đối thoại"), [_dialogue(one) for one in matter.dialogues.all()])
    standing = query.standing_outcome(matter)
    yield Group(_("Dự thảo, kết quả"), [_outcome(standing, known)] if standing else [])
    yield Group(_("Công khai"), [_publication(one) for one in query.publications(matter)])
    yield Group(_("Thi hành"), [_item(one) for one in matter.execution_items.all()])
    yield Group(_("Biện pháp khẩn cấp"), [_measure(one) for one in matter.measures.all()])
    yield Group(_("Rút đơn"), [_withdrawal(one) for one in matter.withdrawals.all()])
    yield Group(_("Các quyết định"), [_order(one) for one in matter.orders.all()])


def _second(matter: Matter) -> list[Row]:
    filing = getattr(matter, "second_filing", None)
    if filing is None or matter.previous is None:
        return []
    facts: Facts = [
        (_("Được gửi đến hết ngày"), day_words(filing.filed_until)),
        (_("Gửi ngày"), day_words(filing.filed_on)),
        (_("Đúng hạn"), _("gửi muộn") if filing.is_late else _("đúng hạn")),
        (_("Lý do chính đáng"), filing.good_reason),
    ]
    return [(matter.previous.letter.code, facts, "")]


def _verification(one: Verification) -> list[Row]:
    finding = one.finding
    facts: Facts = [
        (_("Phụ trách"), one.leader.user.full_name),
        (_("Thành viên"), ", ".join(member.user.full_name for member in one.members.all())),
        (_("Nội dung"), one.content),
        (_("Xong trước hết ngày"), day_words(one.due_on)),
        (_("Kế hoạch"), one.plan),
        (_("Kết quả"), finding.findings if finding else ""),
        (_("Kiến nghị"), finding.recommendation if finding else ""),
    ]
    pieces = [
        (
            f"{piece.get_kind_display()}: {piece.name}",
            [(_("Ngày"), day_words(piece.taken_on)), (_("Nội dung"), piece.words)],
            reverse("complaints:evidence_file", args=[piece.pk]) if piece.file_id else "",
        )
        for piece in one.evidence.all()
    ]
    return [(str(one.order), facts, ""), *pieces]


def _dialogue(one: Any) -> Row:
    facts: Facts = [
        (_("Địa điểm"), one.place),
        (_("Nội dung"), one.content),
        (_("Chủ trì"), one.chaired_by.user.full_name if one.chaired_by else ""),
        (_("Người khiếu nại"), _came(one.complainant_came)),
        (_("Biên bản"), one.minutes or _("chưa lập")),
    ]
    return f"{timezone.localtime(one.meets_at):%H:%M %d/%m/%Y}", facts, ""


def _came(came: bool | None) -> str:
    if came is None:
        return ""
    return _("có mặt") if came else _("vắng mặt")


def _outcome(one: Outcome, known: deadlines.Counting | None) -> Row:
    is_complaint = one.matter.kind == MatterKind.COMPLAINT
    facts: Facts = [
        (_("Hình thức"), one.get_form_display()),
        (_("Nhận định"), one.findings),
        (_("Nội dung"), one.ruling),
        (_("Số, ngày"), f"{one.notation} – {day_words(one.dated_on)}" if one.notation else ""),
        (_("Trình ký"), _("đang chờ ký, ban hành") if one.document_id and not one.notation else ""),
        (_("Có hiệu lực từ sau ngày"), day_words(deadlines.effective_on(one, known)) if is_complaint else ""),
        (_("Công khai trước hết ngày"), day_words(deadlines.publish_due(one, known)) if is_complaint else ""),
    ]
    return one.get_result_display(), facts, ""


def _publication(one: Any) -> Row:
    facts: Facts = [
        (_("Hình thức"), one.get_form_display()),
        (_("Nơi công khai"), one.place),
        (_("Thời gian"), f"{day_words(one.starts_on)} – {day_words(one.ends_on)}"),
        (_("Nội dung công khai"), one.text),
        (_("Duyệt"), _("đã duyệt") if one.approved_at else _("chờ người khác duyệt")),
        (_("Minh chứng"), one.proof),
    ]
    return one.title, facts, ""


def _item(one: Any) -> Row:
    facts: Facts = [
        (_("Loại"), one.get_kind_display()),
        (_("Người, cơ quan thi hành"), one.by_whom),
        (_("Đã thi hành"), f"{_amount(one.done_amount)} / {_amount(one.amount)}"),
        (_("Hạn"), day_words(one.due_on)),
        (_("Xong ngày"), day_words(one.done_on)),
    ]
    return one.what, facts, ""


def _measure(one: Any) -> Row:
    lifted = _("đã hủy bỏ") if one.lifted_by_id else ""
    return (
        one.what,
        [(_("Đến hết ngày"), day_words(one.until)), (_("Quyết định"), one.order), ("", lifted)],
        "",
    )


def _withdrawal(one: Any) -> Row:
    facts: Facts = [
        (_("Phần nội dung"), one.content),
        (_("Nhận ngày"), day_words(one.received_on)),
        (_("Đình chỉ"), one.order or ""),
        (_("Vẫn giải quyết vì"), one.goes_on_because),
        (_("Bị ép buộc"), one.forced_because),
        (_("Giải quyết lại từ"), day_words(one.reopened_on)),
    ]
    return _("Rút toàn bộ") if one.is_whole else _("Rút một phần"), facts, ""


def _order(one: Any) -> Row:
    words = f"{one.notation}: {one.get_kind_display()}"
    facts: Facts = [
        (_("Ngày"), day_words(one.decided_on)),
        (_("Người ký"), one.signer),
        (_("Lý do, nội dung"), one.reason),
    ]
    return words, facts, reverse("complaints:order_print", args=[one.pk])


def day_words(day: date | None) -> str:
    """``05/03/2026``; empty where there is none."""
    return f"{day:%d/%m/%Y}" if day else ""


def _amount(amount: Any) -> str:
    whole, _dot, part = f"{amount:,.2f}".partition(".")
    return whole.replace(",", ".") + ("" if part == "00" else f",{part}")
