"""The page of a dossier: what it offers to whom, each step through its door, and who has read it."""

import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from egov.audit.models import AuditEvent
from egov.files.store import put
from egov.organizations.actor import Actor
from onestop.actions.forward import forward, take_up
from onestop.actions.take_over import give_back
from onestop.enums import DossierState, PaperSource, StopReason
from onestop.models import Dossier, Paper
from tests.factories.documents import pdf_of
from tests.factories.dossiers import DossierFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, linked_version, make_desk, running_step, taken_in, vn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_file_store")]
MONDAY, TUESDAY = vn(2025, 9, 15), vn(2025, 9, 16)
SignIn = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def now(clock: object) -> None:
    """Monday morning."""


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    stops = [StopReason.CONSULTATION, StopReason.INSPECTION]
    return taken_in(ProcedureVersionFactory(allowed_stops=stops), desk, at=MONDAY)


def page(client: Client, dossier: Dossier) -> str:
    response = client.get(reverse("onestop:dossier_detail", args=[dossier.pk]))
    assert response.status_code == 200
    return response.content.decode()


def step(client: Client, dossier: Dossier, name: str, **typed: object):
    address = reverse("onestop:dossier_step", args=[dossier.pk, name])
    return client.post(address, typed, follow=True)


def test_the_whole_way_of_a_dossier_through_its_page(desk: Desk, dossier: Dossier, sign_in: SignIn):
    counter, specialist, leader = (sign_in(one) for one in (desk.counter, desk.specialist, desk.leader))
    first = running_step(dossier)
    member = desk.specialist.membership.pk
    answer = step(counter, dossier, "forward", step=first.pk, to=2, holder=member, note="Đủ giấy tờ")
    assert "Đã chuyển sang bước" in answer.content.decode()
    line = dossier.case.requirements.first()
    asked = {
        f"paper_{line.pk}": "on",
        f"demand_{line.pk}": "Có chữ ký",
        "reason": "Thiếu chữ ký",
        "deadline_on": "30/09/2025",
    }
    assert (
        "tạm dừng tính thời gian" in step(specialist, dossier, "request_supplement", **asked).content.decode()
    )
    assert "Có chữ ký" in page(counter, dossier)
    scan = BytesIO(pdf_of("Tờ khai").read())
    scan.name = "to-khai.pdf"
    brought = {f"originals_{line.pk}": "1", f"file_{line.pk}": scan}
    assert "tính tiếp từ bây giờ" in step(counter, dossier, "receive_supplement", **brought).content.decode()
    assert dossier.papers.get(requirement=line).file_name == "to-khai.pdf"
    step(specialist, dossier, "forward", step=running_step(dossier).pk, to=3, note="Trình ký")
    step(leader, dossier, "take_up", step=running_step(dossier).pk)
    apologized = step(leader, dossier, "apologize", reason="Mất điện", days="2")
    assert "hẹn lại" in apologized.content.decode()
    text = page(leader, dossier)
    assert "Mất điện" in text
    assert "Thời gian hẹn thêm" in text
    step(leader, dossier, "forward", step=running_step(dossier).pk, to=4)
    dossier.refresh_from_db()
    assert (running_step(dossier).order, dossier.state) == (4, DossierState.PROCESSING)


def test_other_agencies_on_the_page(desk: Desk, sign_in: SignIn):
    other = make_desk("Công an xã Thụy Xuân")
    dossier = taken_in(linked_version((1, desk.agency, ()), (2, other.agency, (1,))), desk, at=MONDAY)
    take_up(desk.specialist, dossier, at=MONDAY)
    specialist, door = sign_in(desk.specialist), sign_in(other.counter)
    step(specialist, dossier, "finish_leg", step=running_step(dossier).pk, note="Xong")
    assert "chưa nhận công đoạn" in page(specialist, dossier)
    leg = dossier.legs.get(agency=other.agency)
    assert "Nhận hồ sơ" in page(door, dossier)
    refused = step(door, dossier, "give_back", leg=leg.pk, reason="")
    assert refused.status_code == 422
    back = step(door, dossier, "give_back", leg=leg.pk, reason="Thiếu trích lục")
    assert "Đã trả lại" in back.content.decode()
    assert "bị trả lại: Thiếu trích lục" in re.sub(r"\s+", " ", page(specialist, dossier))


def test_asking_another_agency_and_its_answer(desk: Desk, dossier: Dossier, sign_in: SignIn):
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    other, specialist = make_desk("Sở Xây dựng"), sign_in(desk.specialist)
    question = {"question": "Có phù hợp quy hoạch?", "due_on": "17/09/2025", "pauses": "on"}
    nobody = step(specialist, dossier, "consult", agency="không có", **question)
    assert "Không có cơ quan nào" in nobody.content.decode()
    make_desk("Sở Nội vụ")
    many = step(specialist, dossier, "consult", agency="so", **question)
    assert "Nhiều cơ quan khớp" in many.content.decode()
    step(specialist, dossier, "consult", agency="so xay dung", **question)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.STOPPED
    asked = sign_in(other.leader)
    assert "Trả lời ý kiến" in page(asked, dossier)
    step(asked, dossier, "answer_consultation", opinion="remarks", answer="Lùi 2 m")
    assert "Lùi 2 m" in page(specialist, dossier)


def test_duty_stop_halt_and_withdrawal_through_the_page(desk: Desk, dossier: Dossier, sign_in: SignIn):
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    specialist, counter, leader = (sign_in(one) for one in (desk.specialist, desk.counter, desk.leader))
    step(specialist, dossier, "stop", reason="inspection", words="Đo thực địa")
    step(specialist, dossier, "resume", reason="Đo xong")
    step(specialist, dossier, "send_duty", tax_office="Chi cục Thuế")
    step(counter, dossier, "note_duty", number="12/TB", issued_on="15/09/2025", amount="1000000")
    step(counter, dossier, "prove_duty", receipt_number="BL1", paid_on="15/09/2025")
    step(leader, dossier, "halt", reason="Tranh chấp")
    step(leader, dossier, "resume", reason="Hòa giải xong")
    text = page(counter, dossier)
    for words in ("12/TB", "BL1", "Đo thực địa", "Tranh chấp", "Hòa giải xong"):
        assert words in text
    step(counter, dossier, "withdraw", reason="Không cần nữa")
    dossier.refresh_from_db()
    assert dossier.state == DossierState.WITHDRAWN


def test_what_is_refused_is_said_beside_what_was_typed(desk: Desk, dossier: Dossier, sign_in: SignIn):
    leader = sign_in(desk.leader)
    answer = step(leader, dossier, "apologize", reason="Quá tải vì mưa bão", days="99")
    assert answer.status_code == 422
    assert "Quá tải vì mưa bão" in answer.content.decode()
    assert step(leader, dossier, "no-such-step").status_code == 404


def test_a_step_that_somebody_else_took_first_is_told(desk: Desk, dossier: Dossier, sign_in: SignIn):
    first = running_step(dossier)
    forward(desk.counter, dossier, to=2, at=MONDAY)
    late = step(sign_in(desk.counter), dossier, "forward", step=first.pk, to=2)
    assert late.status_code == 422


@pytest.mark.rule("onestop", 42)
def test_every_view_of_a_dossier_and_of_a_paper_is_on_record(desk: Desk, dossier: Dossier, sign_in: SignIn):
    file = put(BytesIO(pdf_of("Giấy chứng sinh").read()), media_type="application/pdf")
    paper = Paper.objects.create(
        dossier=dossier, name="Giấy chứng sinh", source=PaperSource.SCAN, file=file, added_at=MONDAY
    )
    client = sign_in(desk.counter)
    page(client, dossier)
    read = AuditEvent.objects.get(action="onestop.read", subject_id=str(dossier.pk))
    assert (read.user_id, read.details) == (desk.counter.user_id, {"purpose": "Tiếp nhận", "role": "counter"})
    response = client.get(reverse("onestop:dossier_paper", args=[dossier.pk, paper.pk]))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    kept = AuditEvent.objects.get(action="onestop.read_paper")
    assert kept.details["paper"] == "Giấy chứng sinh"


@pytest.mark.rule("onestop", 43)
@pytest.mark.rule("onestop", 32)
def test_a_stranger_finds_no_page_no_paper_and_no_step(desk: Desk, dossier: Dossier, sign_in: SignIn):
    stranger = sign_in(make_desk("Công an xã").counter)
    for address in (
        reverse("onestop:dossier_detail", args=[dossier.pk]),
        reverse("onestop:dossier_paper", args=[dossier.pk, 1]),
    ):
        assert stranger.get(address).status_code == 404
    assert step(stranger, dossier, "forward", to=2).status_code == 404


def test_the_page_never_shows_a_whole_number(desk: Desk, dossier: Dossier, sign_in: SignIn):
    text = page(sign_in(desk.counter), dossier)
    assert dossier.owner.personal_number not in text
    assert "034******234" in text


def test_the_page_costs_the_same_for_long_and_short_dossiers(
    desk: Desk, dossier: Dossier, sign_in: SignIn, django_assert_max_num_queries
):
    others = [make_desk(f"Cơ quan {number}") for number in range(5)]
    legs = [(1, desk.agency, ()), *((n + 2, one.agency, (n + 1,)) for n, one in enumerate(others))]
    long = taken_in(linked_version(*legs), desk, at=MONDAY)
    there = taken_in(ProcedureVersionFactory(), desk, at=MONDAY, deciding=others[0].agency)
    give_back(others[0].counter, there, reason="Mờ", at=MONDAY)
    client = sign_in(desk.counter)
    page(client, dossier)
    for one in (dossier, long, there):
        with django_assert_max_num_queries(12):
            page(client, one)


def test_a_filing_that_nobody_has_received_has_a_page_without_a_clock(desk: Desk, sign_in: SignIn):
    filing = DossierFactory(
        version=ProcedureVersionFactory(),
        agency=desk.agency,
        state=DossierState.FILED,
        code=None,
        filing_number="ĐK-1",
        promised_at=None,
        legal_due_at=None,
        times=False,
    )
    text = page(sign_in(desk.counter), filing)
    assert "ĐK-1" in text
    assert "chưa được đưa vào xử lý" in text
    assert "Vì sao là ngày này" not in text
