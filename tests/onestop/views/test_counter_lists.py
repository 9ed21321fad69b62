"""Online filings and the register: the same cost at 1 and at 30 rows; answered on the page."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egov.audit.models import AuditEvent
from egov.files.store import put
from onestop.actions.file_online import file_online
from onestop.actions.receive import receive
from onestop.enums import Channel, DossierState, FormKind, PaperSource
from onestop.models import Dossier, ProcedureVersion
from onestop.rules import Citizen
from tests.conftest import MONDAY_MORNING
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import EM, filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.support.pdf_text import text_of as printed_text

NOW = MONDAY_MORNING
MOST_QUERIES = 12
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory()


@pytest.fixture
def client(unit: Unit, sign_in: Callable[..., Client]) -> Client:
    return sign_in(unit.counter)


def file_one(
    unit: Unit, version: ProcedureVersion, number: str = OWNER_NUMBER, at: datetime = NOW
) -> Dossier:
    complete = filing(version, unit.agency, owner=replace(EM, personal_number=number, sex="", born_on=None))
    scan = put(b"%PDF-1.4 scan", media_type="application/pdf")
    papers = tuple(replace(one, source=PaperSource.UPLOAD, file=scan) for one in complete.papers)
    citizen = Citizen(personal_number=number, name="Vũ Thị Em", identity_level=2)
    return file_online(citizen, replace(complete, channel=Channel.ONLINE, papers=papers), at=at)


def receive_one(unit: Unit, version: ProcedureVersion, number: str, at: datetime = NOW) -> Dossier:
    owner = replace(EM, personal_number=number, sex="", born_on=None)
    return receive(unit.counter, filing(version, unit.agency, owner=owner), at=at)


def text_of(response) -> str:
    return response.content.decode()


def test_lists_cost_the_same_at_one_and_at_thirty_rows(client: Client, unit: Unit, version: ProcedureVersion):
    addresses = ["/counter/", "/counter/?q=dang", "/counter/online/", "/counter/register/"]

    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200, address
        return len(seen)

    file_one(unit, version, "034190000000")
    receive_one(unit, version, "034190100000")
    client.post(f"/counter/begin/{version.pk}/")
    at_one = {address: cost(address) for address in addresses}
    for number in range(1, 30):
        file_one(unit, version, f"0341900{number:05d}")
        receive_one(unit, version, f"0341901{number:05d}")
        client.post(f"/counter/begin/{version.pk}/")
    assert {address: cost(address) for address in addresses} == at_one
    assert max(at_one.values()) <= MOST_QUERIES, at_one


def test_the_first_to_be_answered_is_on_top_with_its_hour(
    client: Client, unit: Unit, version: ProcedureVersion
):
    late = file_one(unit, version, "034190000001", at=NOW - timedelta(days=6))
    fresh = file_one(unit, version, "034190000002", at=NOW)
    page = text_of(client.get("/counter/online/"))
    assert page.index(str(late)) < page.index(str(fresh))
    assert page.count("quá hạn trả lời") == 1
    # 08:00 and eight working hours, without the noon break: 17:00 is after seven, one is left for tomorrow.
    assert "08:00 16/09/2025" in page


def test_accepted_on_its_page(client: Client, unit: Unit, version: ProcedureVersion):
    dossier = file_one(unit, version)
    assert "Giấy chứng sinh" in text_of(client.get(f"/counter/online/{dossier.pk}/"))
    response = client.post(f"/counter/online/{dossier.pk}/accept/")
    assert response["Location"] == f"/counter/received/{dossier.pk}/"
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RECEIVED
    assert dossier.code in text_of(client.get(response["Location"]))


@pytest.mark.rule("onestop", 14)
def test_a_duplicate_is_seen_before_and_confirmed(client: Client, unit: Unit, version: ProcedureVersion):
    receive_one(unit, version, OWNER_NUMBER)
    dossier = file_one(unit, version)
    assert "đang có hồ sơ chưa xong" in text_of(client.get(f"/counter/online/{dossier.pk}/"))
    assert client.post(f"/counter/online/{dossier.pk}/accept/").status_code == 409
    client.post(f"/counter/online/{dossier.pk}/accept/", {"duplicate_confirmed": "on"})
    dossier.refresh_from_db()
    assert dossier.code


@pytest.mark.rule("onestop", 12)
def test_refused_on_its_page_only_with_words(client: Client, unit: Unit, version: ProcedureVersion):
    dossier = file_one(unit, version)
    short = client.post(f"/counter/online/{dossier.pk}/refuse/", {"ground": "papers", "reason": "thiếu"})
    assert short.status_code == 422
    assert "bằng lời" in text_of(short)
    client.post(
        f"/counter/online/{dossier.pk}/refuse/",
        {"ground": "papers", "reason": "Thiếu giấy chứng sinh của bệnh viện"},
    )
    dossier.refresh_from_db()
    assert dossier.state == DossierState.REFUSED
    assert [one.kind for one in dossier.forms.all()] == [FormKind.REFUSAL]


def test_papers_are_asked_for_on_its_page(client: Client, unit: Unit, version: ProcedureVersion):
    dossier = file_one(unit, version)
    first = version.cases.first().requirements.first()
    empty = client.post(f"/counter/online/{dossier.pk}/supplement/", {"reason": "Bản chụp mờ"})
    assert empty.status_code == 422
    response = client.post(
        f"/counter/online/{dossier.pk}/supplement/",
        {"papers": [str(first.pk)], "reason": "Bản chụp bị mờ, không đọc được", "deadline_on": "01/10/2025"},
    )
    assert response.status_code == 302, text_of(response)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.SUPPLEMENT
    assert [one.kind for one in dossier.forms.all()] == [FormKind.SUPPLEMENT]
    assert "Đã yêu cầu bổ sung" in text_of(client.get(response["Location"]))


@pytest.mark.rule("onestop", 42)
def test_a_paper_is_read_with_a_trace(client: Client, unit: Unit, version: ProcedureVersion):
    dossier = file_one(unit, version)
    paper = dossier.papers.first()
    shown = client.get(f"/counter/online/{dossier.pk}/papers/{paper.pk}/")
    assert b"".join(shown.streaming_content).startswith(b"%PDF-")
    event = AuditEvent.objects.get(action="onestop.read_paper")
    assert event.subject_id == str(dossier.pk)
    client.get(f"/counter/online/{dossier.pk}/")
    assert AuditEvent.objects.filter(action="onestop.read").exists()


def test_another_agency_finds_nothing(unit: Unit, version: ProcedureVersion, sign_in: Callable[..., Client]):
    dossier = file_one(unit, version)
    stranger = sign_in(make_unit().counter)
    for path in ("", "accept/", "refuse/", "supplement/", f"papers/{dossier.papers.first().pk}/"):
        url = f"/counter/online/{dossier.pk}/{path}"
        assert stranger.get(url).status_code in {404, 405}
        assert stranger.post(url).status_code in {404, 405}
    assert stranger.get(f"/counter/received/{dossier.pk}/").status_code == 404
    dossier.refresh_from_db()
    assert dossier.state == DossierState.FILED


def test_the_register_has_the_columns_of_the_form_by_month(
    client: Client, unit: Unit, version: ProcedureVersion
):
    dossier = receive_one(unit, version, OWNER_NUMBER)
    last_month = datetime(2025, 8, 29, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    earlier = receive_one(unit, version, "034190000003", at=last_month)
    page = text_of(client.get("/counter/register/"))
    assert dossier.code in page
    assert earlier.code not in page
    assert earlier.code in text_of(client.get("/counter/register/?month=2025-08"))
    pdf = client.get("/counter/register/print/").content
    text = printed_text(pdf)
    for words in ("SỔ THEO DÕI HỒ SƠ", "Mẫu số 07", "Ký nhận", "Người tiếp nhận", "Vũ Thị Em", "01/09/2025"):
        assert words in text, words
    assert dossier.code.split("-")[2] in text
    # In August the form of the earlier circular held.
    assert "Mẫu số 06" in printed_text(client.get("/counter/register/print/?month=2025-08").content)


@pytest.mark.parametrize("month", ["", "x", "2025-13", "1999-01", "2999-01", "2025-09-01"])
def test_a_month_that_is_none_is_this_one(client: Client, month: str):
    response = client.get("/counter/register/", {"month": month})
    assert response.status_code == 200
    assert "09/2025" in text_of(response)


def test_a_specialist_has_no_register(unit: Unit, sign_in: Callable[..., Client]):
    assert sign_in(unit.specialist).get("/counter/register/").status_code == 403
    assert sign_in(unit.leader).get("/counter/register/").status_code == 200


def test_a_filing_that_has_to_be_paid_first_says_so_and_waits(client: Client, unit: Unit):
    dossier = file_one(unit, ProcedureVersionFactory(online_payment_required=True))
    assert "Chưa nộp phí, lệ phí: chưa tiếp nhận được" in text_of(client.get("/counter/online/"))
    page = text_of(client.get(f"/counter/online/{dossier.pk}/"))
    assert "Còn phải nộp 50.000 đ; chỉ tiếp nhận khi đã nộp hoặc được miễn." in page
    refused = client.post(f"/counter/online/{dossier.pk}/accept/")
    assert refused.status_code == 409
    assert "bắt buộc thanh toán trực tuyến" in text_of(refused)
    back = client.post(f"/fees/dossiers/{dossier.pk}/collect/", {"method": "cash", "from": "filing"})
    assert back["Location"] == f"/counter/online/{dossier.pk}/"
    assert "Chờ người nộp thanh toán" not in text_of(client.get(f"/counter/online/{dossier.pk}/"))
    client.post(f"/counter/online/{dossier.pk}/accept/")
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RECEIVED
