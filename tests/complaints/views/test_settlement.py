"""The settlement on a letter's page: each step through its own form, and what the page then shows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.actions.case_facts import note_fact
from complaints.actions.execute import Task, add_execution_item
from complaints.actions.extend import extend
from complaints.actions.measure import order_measure
from complaints.actions.suspend import resume, suspend
from complaints.actions.verify import Piece, add_evidence
from complaints.enums import MatterKind, MatterState
from complaints.models import Evidence, Matter
from complaints.models.execution import ExecutionKind
from complaints.models.fact import FactKind
from complaints.models.order import SuspensionGround
from complaints.models.verification import EvidenceKind
from egov.audit.models import AuditEvent
from egov.organizations.actor import Actor
from egov.workdays.load_holidays import load_holidays
from tests.factories.documents import pdf_of
from tests.factories.settlements import (
    Bench,
    accepted,
    make_bench,
    processed,
    settled,
    verified,
    vn,
)
from tests.support.pdf_text import text_of
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def bench(clock) -> Bench:
    clock.move_to(vn(2026, 8, 17))
    load_holidays([2026])
    return make_bench()


def take(actor: Actor, matter: Matter, step: str, **typed: object) -> str:
    """Send the form of a step, signed in on that day; the page that follows."""
    url = reverse("complaints:settlement_step", args=[matter.pk, step])
    return signed_in(actor).post(url, typed, follow=True).content.decode()


def page(client: Client, matter: Matter) -> str:
    return client.get(reverse("complaints:matter_detail", args=[matter.pk])).content.decode()


def day(after: int) -> str:
    return f"{timezone.localdate() + timedelta(days=after):%d/%m/%Y}"


def test_a_complaint_goes_from_acceptance_to_its_draft_through_the_page(bench: Bench, clock):
    matter = processed(bench)
    leader, handler = bench.leader, bench.handler
    assert "Đã thụ lý. Hạn giải quyết: 16/09/2026" in take(leader, matter, "accept")
    verifier = bench.handler.membership.pk
    assigned = {"content": "Đo đạc", "leader": verifier, "members": [verifier], "due_on": day(10)}
    assert "Đã giao xác minh theo quyết định 2/QĐ-GQĐT" in take(
        leader, matter, "assign_verification", **assigned
    )
    assert "Đã ghi kế hoạch" in take(handler, matter, "plan_verification", plan="Đo lại thửa đất")
    piece = {"kind": "minutes", "name": "Biên bản đo", "taken_on": day(0)}
    file = SimpleUploadedFile("bien-ban.pdf", pdf_of("Biên bản đo").read(), content_type="application/pdf")
    assert "Đã thêm vào hồ sơ" in take(handler, matter, "add_evidence", **piece, file=file)
    text = take(
        handler, matter, "report_verification", findings="Thiếu 20 m²", recommendation="Bù", differs="on"
    )
    assert "Thông báo đối thoại" in text
    called = {"day": day(1), "clock": "14:00", "place": "Phòng họp", "content": "Diện tích"}
    assert "14:00 18/08/2026" in take(handler, matter, "call_dialogue", **called)
    clock.move_to(vn(2026, 8, 19))
    minutes = {
        "row": matter.dialogues.get().pk,
        "chaired_by": bench.leader.membership.pk,
        "complainant_came": "on",
        "is_signed": "on",
        "minutes": "Hai bên thống nhất.",
    }
    assert "Đã lập biên bản" in take(handler, matter, "minute_dialogue", **minutes)
    words = {"result": "partly", "findings": "Có cơ sở một phần", "ruling": "Bồi thường thêm"}
    text = take(handler, matter, "draft_outcome", **words)
    for shown in ("Đã soạn dự thảo", "Trình ký", "Khiếu nại đúng một phần", "Vì sao là ngày này"):
        assert shown in text


def test_a_refusal_comes_back_into_the_form_as_it_was_typed(bench: Bench):
    matter = accepted(bench)
    text = take(
        bench.leader,
        matter,
        "assign_verification",
        content="Xác minh nguồn gốc",
        leader=bench.handler.membership.pk,
        due_on="30/12/2026",
    )
    assert "Hạn xác minh phải từ hôm nay" in text
    assert "Xác minh nguồn gốc" in text
    assert Matter.objects.get(pk=matter.pk).verifications.count() == 0


def test_steps_aside_move_the_term(bench: Bench):
    matter = accepted(bench)
    leader, handler = bench.leader, bench.handler
    text = take(handler, matter, "note_fact", kind="foreign", evidence="Hộ chiếu của người liên quan")
    assert "24/09/2026" in text
    assert "Hộ chiếu của người liên quan" in text
    assert "Đã bỏ tình tiết" in take(handler, matter, "drop_fact", kind="foreign", reason="Ghi nhầm")
    assert "còn lại 23 ngày" in take(leader, matter, "suspend", ground="related", reason="Chờ bản án")
    assert "Đã tiếp tục giải quyết" in take(leader, matter, "resume", reason="Đã có bản án")
    measure = {"what": "Tạm dừng cưỡng chế", "until": day(5), "reason": "Khó khắc phục"}
    assert "Đã áp dụng" in take(leader, matter, "order_measure", **measure)
    assert "Đã hủy bỏ" in take(leader, matter, "lift_measure", reason="Hết lý do")
    gone = {"is_whole": "whole", "received_on": day(0), "is_signed": "on"}
    assert "Đã đình chỉ theo quyết định" in take(handler, matter, "withdraw", **gone)
    assert "Đã giải quyết lại" in take(leader, matter, "reopen", reason="Bị đe dọa")
    denounced = accepted(bench, kind=MatterKind.DENUNCIATION)
    take(handler, denounced, "note_fact", kind="several_places", evidence="Hai xã")
    assert "Đã gia hạn 30 ngày" in take(leader, denounced, "extend", reason="Nhiều nơi")


def test_a_settled_matter_is_published_carried_out_and_closed(bench: Bench, clock):
    matter = settled(bench).matter
    leader, handler = bench.leader, bench.handler
    clock.move_to(vn(2026, 9, 1))
    words = {
        "form": "posting",
        "place": "Trụ sở UBND xã",
        "starts_on": day(0),
        "ends_on": day(15),
        "title": "Kết quả giải quyết khiếu nại",
        "text": "Bồi thường thêm 20 m².",
    }
    assert "chờ người khác duyệt" in take(handler, matter, "prepare_publication", **words)
    row = matter.outcomes.get().publications.get().pk
    assert "Đã duyệt công khai" in take(leader, matter, "approve_publication", row=row)
    item = {
        "kind": "money_citizen",
        "what": "Chi trả bồi thường",
        "by_whom": "Kho bạc",
        "amount": "1.250.000",
        "due_on": day(30),
    }
    assert "Đã ghi việc" in take(handler, matter, "add_item", **item)
    part = {"row": matter.execution_items.get().pk, "done_on": day(0), "proof": "Ủy nhiệm chi"}
    assert "250.000 / 1.250.000" in take(handler, matter, "note_execution", **part, amount="250.000")
    assert "Ghi số, ví dụ" in take(handler, matter, "note_execution", **part, amount="một triệu")
    assert "đã thi hành xong" in take(handler, matter, "note_execution", **part, amount="1.000.000")
    clock.move_to(vn(2026, 9, 17))
    assert "Đã ghi minh chứng" in take(handler, matter, "prove_publication", row=row, proof="Biên bản 2")
    assert "Đã lưu hồ sơ" in take(handler, matter, "archive")
    assert Matter.objects.get(pk=matter.pk).state == MatterState.ARCHIVED


@pytest.mark.rule("complaints", 27)
def test_a_late_second_complaint_is_flagged_with_the_possible_good_reason(bench: Bench, clock):
    first = settled(bench).matter
    clock.move_to(vn(2026, 10, 2))
    matter = processed(bench, received=vn(2026, 10, 1))
    handler = bench.handler
    text = take(handler, matter, "note_second_filing", code=first.letter.code)
    assert "gửi sau thời hạn 30/09/2026" in text
    assert "gửi muộn" in text
    assert "Không có khiếu nại lần đầu" in take(handler, matter, "note_second_filing", code="D-0")


def test_who_only_reads_is_offered_nothing_and_a_stranger_finds_nothing(bench: Bench):
    matter = verified(bench)
    text = page(signed_in(bench.colleague), matter)
    assert "Quá trình giải quyết" in text
    assert f"settlement/{matter.pk}/" not in text
    stranger = signed_in(bench.outsider)
    for name in ("withdraw", "nonsense"):
        url = reverse("complaints:settlement_step", args=[matter.pk, name])
        assert stranger.post(url).status_code == 404
    assert signed_in(bench.leader).post(url).status_code == 404
    assert stranger.get(url).status_code == 405


@pytest.mark.rule("complaints", 17)
def test_whom_a_denunciation_is_about_sees_no_step_of_it(bench: Bench):
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    Matter.objects.filter(pk=matter.pk).update(subject_membership=bench.deputy.membership)
    url = reverse("complaints:settlement_step", args=[matter.pk, "withdraw"])
    assert signed_in(bench.deputy).post(url).status_code == 404


def test_evidence_opens_for_who_may_read_the_matter_and_that_is_on_record(bench: Bench):
    matter = accepted(bench)
    take(
        bench.leader,
        matter,
        "assign_verification",
        content="Đo",
        leader=bench.handler.membership.pk,
        due_on=day(3),
    )
    piece = Piece(
        kind=EvidenceKind.DOCUMENT,
        name="Bản đồ",
        taken_on=timezone.localdate(),
        file=pdf_of("Bản đồ"),
        filename="ban-do.pdf",
    )
    kept = add_evidence(bench.handler, matter, piece, at=timezone.now())
    url = reverse("complaints:evidence_file", args=[kept.pk])
    assert url in page(signed_in(bench.leader), matter)
    opened = signed_in(bench.leader).get(url)
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    assert AuditEvent.objects.get(action="complaints.read_evidence").details["code"] == matter.letter.code
    assert signed_in(bench.outsider).get(url).status_code == 404
    assert Evidence.objects.count() == 1


def test_the_page_asks_no_more_of_the_database_for_more_on_record(bench: Bench):
    def asked(items: int) -> int:
        matter = settled(bench).matter
        for number in range(items):
            task = Task(
                kind=ExecutionKind.OTHER,
                what=f"Việc {number}",
                by_whom="UBND xã",
                amount=Decimal(1),
                due_on=timezone.localdate(),
            )
            add_execution_item(bench.handler, matter, task, at=timezone.now())
        client = signed_in(bench.leader)
        page(client, matter)
        with CaptureQueriesContext(connection) as queries:
            page(client, matter)
        return len(queries)

    assert asked(1) == asked(12)


@pytest.mark.rule("complaints", 24)
def test_each_decision_on_the_way_prints_with_its_number(bench: Bench):
    matter = accepted(bench, kind=MatterKind.DENUNCIATION)
    note_fact(bench.handler, matter, kind=FactKind.FOREIGN, evidence="Hộ chiếu", at=timezone.now())
    matter.refresh_from_db()
    extend(bench.leader, matter, reason="Chờ ủy thác tư pháp", at=timezone.now())
    suspend(bench.leader, matter, ground=SuspensionGround.OPINION, reason="Chờ giám định", at=timezone.now())
    resume(bench.leader, matter, reason="Đã giám định", at=timezone.now())
    printed = [_text_of(bench, order.pk) for order in matter.orders.all()]
    assert ["THỤ LÝ" in printed[0], "GIA HẠN" in printed[1], "TẠM ĐÌNH CHỈ" in printed[2]] == [True] * 3
    for text, order in zip(printed, matter.orders.all(), strict=True):
        assert order.notation in text
        assert matter.letter.code in text
        assert order.reason not in text, "words typed about a protected letter stay in its file"
        assert matter.summary not in text
    opened = AuditEvent.objects.filter(action="complaints.read_order")
    assert {one.details["code"] for one in opened} == {matter.letter.code}
    url = reverse("complaints:order_print", args=[matter.orders.all()[0].pk])
    assert signed_in(bench.outsider).get(url).status_code == 404


def test_an_open_letters_decision_prints_whom_and_what_it_is_about(bench: Bench):
    matter = verified(bench)
    order_measure(
        bench.leader,
        matter,
        what="Tạm dừng cưỡng chế",
        reason="Khó khắc phục",
        until=timezone.localdate(),
        at=timezone.now(),
    )
    accept_text, verify_text, measure_text = (_text_of(bench, one.pk) for one in matter.orders.all())
    assert "Vũ Thị Lan" in accept_text
    assert "09/09/2026" in accept_text
    assert bench.handler.user.full_name in verify_text
    assert "Tạm dừng cưỡng chế" in measure_text


def _text_of(bench: Bench, order_id: int) -> str:
    printed = signed_in(bench.leader).get(reverse("complaints:order_print", args=[order_id]))
    return " ".join(text_of(b"".join(printed.streaming_content)).split())
