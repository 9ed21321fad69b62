"""Pages of results: recorded, handed over by scanner, mended; the register; one visit for all five steps."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.models import Document
from egov.audit.models import AuditEvent
from egov.organizations.actor import Actor
from onestop.actions.finish import finish
from onestop.actions.record_result import record_result
from onestop.actions.return_result import Collector, return_result
from onestop.enums import Delivery, DossierState
from onestop.models import Collection, Dossier, RequestedPaper, Result, ResultEntry
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import KindFactory, pdf_of
from tests.factories.dossiers import OWNER_NUMBER, PartyFactory, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[Actor], Client]
CARD = f"{OWNER_NUMBER}|152345678|Vũ Thị Em|01021990|Nữ|Thôn Bắc, Thụy Xuân|01012022"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def done(unit: Unit, *, file: bool = False, **fields: object) -> Dossier:
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, **fields)
    with_file = {"file": pdf_of("Giấy khai sinh"), "file_name": "ks.pdf"} if file else {}
    content = unit.content(dossier, at=NOW, signed=False, **with_file)
    record_result(unit.leader, dossier, content, at=NOW)
    return finish(unit.counter, dossier, at=NOW)


def url(name: str, *args: object) -> str:
    return reverse(f"onestop:{name}", args=args)


def test_a_result_is_numbered_and_recorded_on_one_page(unit: Unit, sign_in: SignIn):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, at_step=2, holder=unit.specialist)
    kind = dossier.version.result_kinds.get()
    client = sign_in(unit.specialist)
    page = url("result_record", dossier.pk)
    assert client.get(page).status_code == 200
    client.post(url("result_number", dossier.pk), {"kind": kind.pk})
    assert "01/2025" in client.get(page).content.decode()
    typed = {
        "kind": kind.pk,
        "number": "01/2025",
        "issued_on": "15/09/2025",
        "file": pdf_of("Giấy khai sinh"),
        "signer_name": "Bùi Văn Lãnh",
    }
    typed["file"].name = "khai sinh.pdf"
    assert client.post(page, typed).status_code == 302
    assert Result.objects.get().file_name == "khai sinh.pdf"


def test_a_refused_result_comes_back_with_what_was_typed(unit: Unit, sign_in: SignIn):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, at_step=2, holder=unit.specialist)
    kind = dossier.version.result_kinds.get()
    typed = {"kind": kind.pk, "number": "99/2025", "issued_on": "15/09/2025", "signer_name": "Bùi Văn Lãnh"}
    response = sign_in(unit.specialist).post(url("result_record", dossier.pk), typed)
    assert response.status_code == 422
    text = response.content.decode()
    assert "không có trong sổ kết quả" in text
    assert 'value="Bùi Văn Lãnh"' in text
    assert sign_in(unit.specialist).post(url("result_number", dossier.pk), {"kind": "x"}).status_code == 302
    assert not ResultEntry.objects.exists()


def test_an_official_paper_is_asked_for_on_a_page(sign_in: SignIn):
    province = AgencyFactory(province=True)
    unit = make_unit(AgencyFactory(parent=province))
    KindFactory(letter=True)
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, at_step=2, holder=unit.specialist)
    client = sign_in(unit.specialist)
    page = url("result_paper", dossier.pk)
    assert province.code in client.get(page).content.decode()
    typed = {
        "kind": dossier.version.result_kinds.get().pk,
        "document_kind": "CV",
        "abstract": "Trả lời hồ sơ",
        "body": "Nội dung trả lời.",
        "signer": unit.leader.membership.pk,
        "capacity": "TM.",
        "recipients": "H00.00",
    }
    assert client.post(page, typed).status_code == 422
    assert client.post(page, typed | {"recipients": province.code}).status_code == 302
    requested = RequestedPaper.objects.get()
    assert Document.objects.get(pk=requested.document_id).state == "submitted"
    client.post(url("result_paper_take", dossier.pk, requested.pk))
    assert not Result.objects.exists()


def test_scanning_slip_and_card_hands_over(unit: Unit, sign_in: SignIn):
    """Two scans, which end with Enter, and nothing typed."""
    dossier = done(unit)
    client = sign_in(unit.counter)
    scanned = client.get(url("result_list"), {"scan": f"https://dvc.example/?ma={dossier.code.lower()}"})
    assert scanned["Location"] == url("result_return", dossier.pk)
    page = client.get(scanned["Location"]).content.decode()
    assert re.search(r'<input[^>]*name="number"[^>]*autofocus', page)
    form = {"number": CARD, "who": "submitter"}
    client.post(url("result_hand_over", dossier.pk), form)
    receipt = Collection.objects.get()
    assert (receipt.name, receipt.capacity) == ("Vũ Thị Em", "owner")
    pdf = client.get(url("result_receipt", dossier.pk))
    assert pdf.content.startswith(b"%PDF")


def test_an_unknown_slip_is_told_in_words(unit: Unit, sign_in: SignIn):
    stranger = make_unit(AgencyFactory())
    theirs = done(stranger)
    for scanned in ("abc", "000.00.00.H54-250915-9999", theirs.code):
        response = sign_in(unit.counter).get(url("result_list"), {"scan": scanned})
        assert response.status_code == 200
        assert "Không có hồ sơ nào khớp" in response.content.decode()


def test_without_a_scanner_the_official_compares_the_card(unit: Unit, sign_in: SignIn):
    dossier = done(unit)
    client = sign_in(unit.counter)
    address = url("result_hand_over", dossier.pk)
    refused = client.post(address, {"who": "submitter"})
    assert (refused.status_code, Collection.objects.count()) == (422, 0)
    assert client.post(address, {"who": "submitter", "compared": "on"}).status_code == 302
    assert Collection.objects.get().capacity == "owner"


def test_post_goes_out_comes_back_and_is_proved(unit: Unit, sign_in: SignIn):
    dossier = done(unit, delivery=Delivery.POST, delivery_address="Thôn Bắc, xã Thụy Xuân")
    client = sign_in(unit.counter)
    post = {"waybill": "EB1VN", "posted_on": "15/09/2025", "address": "Thôn Bắc"}
    assert client.post(url("result_post", dossier.pk), post | {"waybill": ""}).status_code == 422
    client.post(url("result_post", dossier.pk), post)
    assert "EB1VN" in client.get(url("result_return", dossier.pk)).content.decode()
    back = {"on": "15/09/2025", "reason": "Không có người nhận"}
    client.post(url("result_sent_back", dossier.pk), back)
    client.post(url("result_post", dossier.pk), post | {"waybill": "EB2VN"})
    proof = pdf_of("Báo phát")
    proof.name = "bao-phat.pdf"
    facts = {"delivered_on": "15/09/2025", "received_by": "Vũ Thị Em"}
    assert client.post(url("result_delivered", dossier.pk), facts).status_code == 422
    client.post(url("result_delivered", dossier.pk), facts | {"proof": proof})
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RETURNED


def test_electronic_results_are_given_by_a_button(unit: Unit, sign_in: SignIn):
    dossier = done(unit, file=True, delivery=Delivery.ONLINE)
    client = sign_in(unit.counter)
    assert "Trả bản điện tử" in client.get(url("result_return", dossier.pk)).content.decode()
    client.post(url("result_send_online", dossier.pk))
    assert Collection.objects.get().way == Delivery.ONLINE


@pytest.mark.rule("onestop", 42)
def test_a_result_file_is_read_on_record_and_by_nobody_else(unit: Unit, sign_in: SignIn, cast):
    dossier = done(unit, file=True)
    result = dossier.results.get()
    address = url("result_file", dossier.pk, result.pk)
    response = sign_in(unit.counter).get(address)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    read = AuditEvent.objects.get(action="onestop.read_file")
    assert (read.user_id, read.details["purpose"]) == (unit.counter.user_id, "result")
    for other in (cast.dung, unit.specialist):
        assert sign_in(other).get(address).status_code == 404
    assert sign_in(unit.counter).get(url("result_file", dossier.pk, 0)).status_code == 404


def test_steps_of_the_panel_do_what_they_say(unit: Unit, sign_in: SignIn):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter)
    record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    sign_in(unit.counter).post(url("dossier_finish", dossier.pk))
    dossier.refresh_from_db()
    assert dossier.state == DossierState.DONE
    leader = sign_in(unit.leader)
    leader.post(url("dossier_reopen", dossier.pk), {"reason": "", "result": ["x"]})
    dossier.refresh_from_db()
    assert dossier.state == DossierState.DONE
    leader.post(url("dossier_reopen", dossier.pk), {"reason": "Sai năm sinh"})
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING
    result = done(unit).results.get()
    leader.post(url("result_revoke", result.dossier_id, result.pk), {"reason": "QĐ 5"})
    result.refresh_from_db()
    assert result.validity == "revoked"


def test_the_register_shows_every_number(unit: Unit, sign_in: SignIn):
    done(unit)
    open_one = processing(ProcedureVersionFactory(), counter=unit.counter)
    unit.content(open_one, at=NOW, signed=False)
    text = sign_in(unit.counter).get(url("result_register"), {"year": "2025"}).content.decode()
    assert text.index("02/2025") < text.index("01/2025")
    assert "Số chưa dùng" in text
    assert sign_in(unit.counter).get(url("result_register"), {"year": "abc"}).status_code == 200
    assert sign_in(unit.specialist).get(url("result_register")).status_code == 403


@pytest.mark.parametrize("page", ["result_list", "result_register"])
def test_a_longer_list_asks_no_more(unit: Unit, sign_in: SignIn, page: str):
    client = sign_in(unit.counter)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(url(page), {"year": "2025"}).status_code == 200
        return len(asked)

    done(unit)
    queries()
    one = queries()
    for _ in range(5):
        done(unit, submitter=PartyFactory(name="Người nộp"))
    assert queries() == one <= 12


def test_the_list_is_the_counters_own_and_is_searched_without_accents(unit: Unit, sign_in: SignIn, cast):
    dossier = done(unit)
    assert dossier.code in sign_in(unit.counter).get(url("result_list"), {"q": "vu thi em"}).content.decode()
    for other in (unit.specialist, cast.dung):
        assert dossier.code not in sign_in(other).get(url("result_list")).content.decode()
    nothing = sign_in(unit.counter).get(
        url("result_list"), {"q": "khong co", "place": "posted", "delivery": "x"}
    )
    assert "Không có hồ sơ nào khớp" in nothing.content.decode()


def test_one_visit_each_step_by_its_person(unit: Unit, sign_in: SignIn, clock):
    """Received, appraised, approved, sealed, given back: nobody takes another's step, and times are true."""
    version = ProcedureVersionFactory(on_the_spot=True)
    dossier = processing(version, counter=unit.counter, at_step=1)
    page, forward = url("spot_detail", dossier.pk), url("spot_forward", dossier.pk)
    assert "chờ chuyên viên" in sign_in(unit.counter).get(page).content.decode()
    back = url("spot_return", dossier.pk)
    for who, order in ((unit.counter, 2), (unit.specialist, 3), (unit.leader, 4)):
        for other in {unit.specialist, unit.leader} - {who}:
            sign_in(other).post(forward, {"to": order})
        assert sign_in(unit.counter).post(back, {"who": "submitter", "compared": "on"}).status_code in (
            403,
            422,
        )
        clock.shift(timedelta(minutes=4))
        sign_in(who).post(forward, {"to": order})
    clock.shift(timedelta(minutes=4))
    record_result(
        unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW + timedelta(minutes=16)
    )
    clock.shift(timedelta(minutes=1))
    assert sign_in(unit.counter).post(back, {"number": CARD, "who": "submitter"}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RETURNED
    assert dossier.finished_at == dossier.returned_at == NOW + timedelta(minutes=17)
    ended = dossier.legs.get().steps.values_list("ended_at", flat=True)
    assert [(at - NOW).seconds // 60 for at in ended] == [4, 8, 12, 17]
    text = sign_in(unit.counter).get(page).content.decode()
    assert "Đặng Văn Chuyên" in text
    assert "Bùi Văn Lãnh" in text


def test_one_visit_is_only_for_procedures_that_allow_it(unit: Unit, sign_in: SignIn):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter)
    record_result(unit.leader, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    client = sign_in(unit.counter)
    assert client.get(url("spot_detail", dossier.pk)).status_code == 409
    assert client.post(url("spot_return", dossier.pk), {"number": CARD}).status_code == 409


def test_what_was_returned_is_corrected_from_its_page(unit: Unit, sign_in: SignIn):
    dossier = done(unit)
    return_result(unit.counter, dossier, Collector(name="Vũ Thị Em", number=OWNER_NUMBER), at=NOW)
    sign_in(unit.counter).post(url("dossier_correct", dossier.pk), {"reason": " "})
    assert not dossier.corrections.exists()


def test_the_dossiers_page_shows_results_and_the_steps_that_are_the_readers(unit: Unit, sign_in: SignIn):
    dossier = done(unit, file=True)
    page = url("dossier_detail", dossier.pk)
    counter = sign_in(unit.counter).get(page).content.decode()
    assert "Giấy khai sinh" in counter
    assert url("result_return", dossier.pk) in counter
    assert url("dossier_reopen", dossier.pk) not in counter
    leader = sign_in(unit.leader).get(page).content.decode()
    assert url("dossier_reopen", dossier.pk) in leader
    assert url("result_return", dossier.pk) not in leader
