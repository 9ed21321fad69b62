"""The page of reports: for whom, what its files hold, and that they hold nobody."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from complaints.enums import DutyKind, MatterKind
from tests.complaints.queries.test_figures import entered
from tests.factories.entries import content, entry
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import make_sealed_office
from tests.support.pdf_text import text_of
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
ASKED = {"year": "2026", "period": "q3"}


@pytest.fixture
def clerk():
    agency = AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    make_sealed_office(agency)
    clerk = appointed(agency, DutyKind.INTAKE)
    entered(clerk, date(2026, 8, 3))
    entered(clerk, date(2026, 8, 4), entry(content(kind=MatterKind.DENUNCIATION, subject="Trần Văn Đối")))
    return clerk


@pytest.mark.rule("complaints", 50)
def test_the_page_states_its_cut_off_and_counts(clerk):
    page = signed_in(clerk).get(reverse("complaints:letter_figures"), ASKED).content.decode()
    assert "từ ngày 15/06/2026 đến hết ngày 14/09/2026 (ngày chốt số liệu)" in page
    assert "Kết quả xử lý, giải quyết theo loại nội dung" in page


@pytest.mark.rule("complaints", 36)
@pytest.mark.parametrize("table", ["reception", "letters", "processing", "fields", "results", "execution"])
def test_no_file_holds_anybody(clerk, table):
    client, address = signed_in(clerk), reverse("complaints:letter_figures")
    told = []
    for kind in ("csv", "xlsx", "pdf"):
        answer = client.get(address, ASKED | {"as": kind, "table": table})
        assert answer.status_code == 200
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if kind == "csv":
            told.append(body.decode("utf-8-sig"))
        elif kind == "xlsx":
            sheet = load_workbook(BytesIO(body)).active
            told.append(" ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row))
        else:
            told.append(text_of(body))
    for text in told:
        assert "xã Thụy Xuân" in text
        for private in ("Vũ Thị Lan", "Tân An", "Trần Văn Đối", "mức bồi thường"):
            assert private not in text


def test_outsiders_see_no_figures(clerk):
    for actor in (appointed(clerk.agency), actor_for(MembershipFactory(agency_admin=True))):
        assert signed_in(actor).get(reverse("complaints:letter_figures")).status_code == 403


@pytest.mark.parametrize("asked", [{"year": "x", "period": "y"}, {"year": "1", "as": "exe", "table": "no"}])
def test_a_wrong_question_asks_for_this_quarter(clerk, asked):
    assert signed_in(clerk).get(reverse("complaints:letter_figures"), asked).status_code == 200
