"""A decision on the way as its paper: found for who may read its matter, worded from what is on record.

Papers are official and always Vietnamese. Of a protected letter they hold code and days alone: what a leader
typed about it stays in its own file.
"""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from complaints.models import Matter, Order
from complaints.models.order import OrderKind
from complaints.queries.letter_page import LetterNotFound
from complaints.queries.paper_words import (
    Block,
    day,
    facts,
    paragraphs,
    senders,
    sentence,
)
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.printing.slips import long_day

TITLES = {
    OrderKind.ACCEPT: "THÔNG BÁO VỀ VIỆC THỤ LÝ GIẢI QUYẾT ĐƠN",
    OrderKind.VERIFY: "QUYẾT ĐỊNH VỀ VIỆC XÁC MINH NỘI DUNG ĐƠN",
    OrderKind.EXTEND: "QUYẾT ĐỊNH GIA HẠN THỜI HẠN GIẢI QUYẾT",
    OrderKind.SUSPEND: "QUYẾT ĐỊNH TẠM ĐÌNH CHỈ GIẢI QUYẾT",
    OrderKind.RESUME: "QUYẾT ĐỊNH TIẾP TỤC GIẢI QUYẾT",
    OrderKind.STOP: "QUYẾT ĐỊNH ĐÌNH CHỈ GIẢI QUYẾT",
    OrderKind.REOPEN: "QUYẾT ĐỊNH GIẢI QUYẾT LẠI",
    OrderKind.MEASURE: "QUYẾT ĐỊNH ÁP DỤNG BIỆN PHÁP KHẨN CẤP",
    OrderKind.LIFT: "QUYẾT ĐỊNH HỦY BỎ BIỆN PHÁP KHẨN CẤP",
}


def read_order(actor: Actor | SignedOut, order_id: int) -> Order:
    """The decision. Raises LetterNotFound; the read is recorded, by the letter's code alone."""
    order = (
        Order.objects.filter(pk=order_id, matter__in=Matter.objects.visible_to(actor))
        .select_related("matter__letter", "agency__unit", "decided_by__user")
        .first()
    )
    if order is None:
        raise LetterNotFound
    record(actor, "complaints.read_order", order, code=order.matter.letter.code)
    return order


def order_content(order: Order) -> dict[str, Any]:
    """What its paper says."""
    with override("vi"):
        return {
            "title": TITLES[OrderKind(order.kind)],
            "number": order.notation,
            "agency": order.agency.name,
            "superior_agency": order.agency.superior_name,
            "place_and_date": f"{order.agency.unit.name}, {long_day(order.decided_on)}",
            "code": f"Đơn số {order.matter.letter.code}",
            "blocks": list(_blocks(order)),
            "signatures": [{"title": order.decided_by.position, "name": order.decided_by.user.full_name}],
        }


def _blocks(order: Order) -> Iterator[Block]:
    matter = order.matter
    letter = matter.letter
    rows = [
        ("Loại đơn", str(matter.get_kind_display())),
        ("Ngày nhận đơn", day(timezone.localdate(letter.received_at))),
    ]
    if not letter.is_protected:
        rows += [("Người gửi", senders(matter)), ("Nội dung", matter.summary)]
    yield facts(*rows)
    yield facts(*_terms(order))
    if not letter.is_protected:
        yield from paragraphs(order.reason)
    yield sentence("Các cơ quan, cá nhân có liên quan chịu trách nhiệm thi hành.")


def _terms(order: Order) -> list[tuple[str, str]]:
    """What the decision does to days and people."""
    if order.kind == OrderKind.ACCEPT:
        first = order.matter.clock_changes.filter(ends_on__isnull=False).first()
        return [("Thời hạn giải quyết", f"đến hết ngày {day(first.due_on)}" if first else "")]
    if order.kind == OrderKind.VERIFY:
        task = order.verification
        team = ", ".join(one.user.full_name for one in task.members.select_related("user"))
        return [
            ("Người phụ trách", task.leader.user.full_name),
            ("Thành viên", team),
            ("Hoàn thành trước hết ngày", day(task.due_on)),
        ]
    if order.kind == OrderKind.EXTEND:
        longer = order.extension
        return [
            ("Gia hạn", f"{longer.days} ngày"),
            ("Thời hạn cũ, mới", f"{day(longer.ended_on)} – {day(longer.ends_on)}"),
        ]
    if order.kind == OrderKind.SUSPEND:
        pause = order.suspension
        return [
            ("Căn cứ", str(pause.get_ground_display())),
            ("Từ ngày", day(pause.started_on)),
            ("Số ngày còn lại", str(pause.remaining_days)),
        ]
    return _measure(order)


def _measure(order: Order) -> list[tuple[str, str]]:
    if order.kind != OrderKind.MEASURE:
        return [("Từ ngày", day(order.decided_on))]
    measure = order.measure
    return [("Biện pháp", measure.what), ("Đến hết ngày", day(measure.until))]
