"""Pages of procedures: the list and its filters, one in full, the checklist, the day on which it is due."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.utils import timezone

from egov.files.store import put
from egov.organizations.enums import Level
from egov.workdays.limit import Limit, LimitUnit
from onestop import public
from onestop.models import LifeEvent
from portal.actions.refresh_index import refresh_index
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import (
    CaseFactory,
    ProcedureFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    SectorFactory,
    activated,
)
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def birth():
    version = ProcedureVersionFactory(
        name="Đăng ký khai sinh", draft=True, case__limit=Limit(3, LimitUnit.WORKING_DAYS)
    )
    case = version.cases.get()
    RequirementFactory(case=case, order=90, name="Giấy báo sinh", originals=1, copies=2)
    CaseFactory(version=version, order=2, name="Khai sinh cho trẻ bị bỏ rơi")
    return activated(version)


def address(version, rest=""):
    return f"/services/{version.procedure.local_code}/{rest}"


def test_the_list_is_narrowed_by_what_was_chosen(client, birth):
    other = ProcedureVersionFactory(
        name="Cấp giấy phép xây dựng",
        procedure=ProcedureFactory(provincial=True, sector=SectorFactory(code="XD", name="Xây dựng")),
    )
    everything = client.get("/services/").content.decode()
    assert address(birth) in everything
    assert address(other) in everything
    for query in (
        {"q": "khai sinh"},
        {"sector": "G15-HT"},
        {"level": Level.COMMUNE},
        {"agency": birth.procedure.agency.code},
    ):
        page = client.get("/services/", query).content.decode()
        assert address(birth) in page, query
        assert address(other) not in page, query


def test_a_communes_committee_decides_what_is_of_its_level(client, birth):
    commune = AgencyFactory()
    page = client.get("/services/", {"agency": commune.code}).content.decode()
    assert address(birth) in page
    assert commune.name in page


@pytest.mark.parametrize(
    "query",
    [
        {"page": "0"},
        {"page": "99999999999"},
        {"page": "x"},
        {"sector": "\0"},
        {"agency": "\0"},
        {"q": "\0" * 5_000},
        {"level": "x" * 9_000},
    ],
)
def test_what_no_choice_offers_is_no_fault(client, birth, query):
    assert client.get("/services/", query).status_code == 200


def test_a_procedure_is_told_by_case(client, birth):
    page = client.get(address(birth)).content.decode()
    assert "Giấy báo sinh" in page
    assert "2 bản sao" in page
    assert "3 ngày làm việc" in page
    assert "Phiên bản 1, áp dụng từ ngày 01/01/2021" in page
    second = birth.cases.get(order=2)
    other = client.get(address(birth), {"case": second.pk}).content.decode()
    assert "Giấy báo sinh" not in other
    assert f'href="?case={second.pk}" aria-current="true"' in other


class TestOneCodeAtTwoAgencies:
    """The same code in the lists of two departments: each has its page, nobody is led to the wrong one."""

    @pytest.fixture
    def two(self):
        """Of the same name as well, so that only the agency tells them apart."""
        first = ProcedureVersionFactory(
            name="Cấp chứng chỉ hành nghề", procedure=ProcedureFactory(provincial=True)
        )
        code = first.procedure.national_code
        other = ProcedureFactory(provincial=True, national_code=code, agency=AgencyFactory(province=True))
        return first, ProcedureVersionFactory(name="Cấp chứng chỉ hành nghề", procedure=other)

    def door(self, version):
        return f"/services/{version.procedure.local_code}@{version.procedure.agency.code}/"

    def test_the_list_and_the_search_lead_to_each(self, client, two):
        refresh_index(timezone.localdate())
        for page in (client.get("/services/"), client.get("/find/", {"q": "cap chung chi hanh nghe"})):
            assert all(self.door(version) in page.content.decode() for version in two)

    def test_each_page_is_of_its_agency(self, client, two):
        for version in two:
            page = client.get(self.door(version))
            assert page.status_code == 200
            assert page.context["detail"].entry.agency == version.procedure.agency.name
            for part in ("checklist/", "due/"):
                assert client.get(f"{self.door(version)}{part}").status_code == 200

    def test_the_code_alone_asks_which(self, client, two):
        answer = client.get(address(two[0]))
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/services/?q={two[0].procedure.local_code}",
        )
        page = client.get(answer["Location"]).content.decode()
        assert all(self.door(version) in page for version in two)
        asked = client.get(f"/apply/{two[0].procedure.local_code}/", follow=True)
        assert all(self.door(version) in asked.content.decode() for version in two)

    @pytest.mark.parametrize("behind", ["@", "@x", "@%00", "@@", "@" + "x" * 5_000])
    def test_an_agency_that_does_not_offer_it_is_not_found(self, client, two, behind):
        assert client.get(f"/services/{two[0].procedure.local_code}{behind}/", follow=True).status_code in {
            200,
            404,
        }

    def test_it_is_filed_with_the_agency_that_was_chosen(self, client, two):
        for version in two:
            offer = public.filing_offer(self.door(version).split("/")[2], timezone.localdate())
            assert [code for code, _name in offer.agencies] == [version.procedure.agency.code]
            assert offer.code == self.door(version).split("/")[2]


def test_the_national_code_alone_leads_to_the_page(client, birth):
    answer = client.get(f"/services/{birth.procedure.national_code}/")
    assert answer.status_code == 301
    assert answer["Location"] == address(birth)


@pytest.mark.parametrize("code", ["1.999999", "x", "%00", "1.999999/checklist", "1.999999/due"])
def test_an_unknown_procedure_is_not_found(client, birth, code):
    assert client.get(f"/services/{code}/").status_code == 404


def test_the_checklist_is_a_pdf_a_with_every_paper(client, birth):
    answer = client.get(address(birth, "checklist/"), {"channel": "counter"})
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    assert "Giấy báo sinh" in text
    assert "1 bản chính, 2 bản sao" in text
    assert "Dịch vụ bưu chính" not in text
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert b"pdfaid:part" in pdf.Root.Metadata.read_bytes()


def test_the_day_is_explained_day_by_day(client, birth):
    """Handed in on Monday 15 September 2025 at 8:00, three working days: due on Thursday at 8:00."""
    case = birth.cases.first()
    query = {"case": case.pk, "channel": "counter", "day": "2025-09-15", "clock": "08:00"}
    page = client.get(address(birth, "due/"), query).content.decode()
    assert "08:00 ngày 18/09/2025" in page
    for day in ("15/09/2025", "16/09/2025", "17/09/2025", "18/09/2025"):
        assert day in page
    friday = client.get(address(birth, "due/"), {**query, "day": "2025-09-19"}).content.decode()
    assert "Không tính" in friday
    assert "24/09/2025" in friday


@pytest.mark.parametrize(
    "wrong",
    [
        {"case": "0"},
        {"case": "x"},
        {"channel": "pigeon"},
        {"day": "2025-13-45"},
        {"day": "9999-12-31"},
        {"day": "0001-01-01"},
        {"clock": "99:99"},
        {"day": "\0"},
    ],
)
def test_a_question_that_makes_no_sense_is_told_in_words(client, birth, wrong):
    query = {"case": birth.cases.first().pk, "channel": "counter", "day": "2025-09-15", "clock": "08:00"}
    answer = client.get(address(birth, "due/"), query | wrong)
    assert answer.status_code == 200
    assert 'role="alert"' in answer.content.decode()


def test_a_blank_form_can_be_fetched(client):
    version = ProcedureVersionFactory(name="Đăng ký kết hôn", draft=True)
    content = b"PK\x03\x04 to khai"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    stored = put(content, media_type=media_type)
    line = RequirementFactory(
        case=version.cases.get(), order=90, name="Tờ khai", form=stored, form_name="Tờ khai đăng ký kết hôn"
    )
    activated(version)
    page = client.get(address(version)).content.decode()
    assert address(version, f"forms/{line.pk}/") in page
    answer = client.get(address(version, f"forms/{line.pk}/"))
    assert answer.content == content
    assert "attachment" in answer["Content-Disposition"]
    other = ProcedureVersionFactory()
    assert client.get(address(other, f"forms/{line.pk}/")).status_code == 404


def test_a_life_event_leads_to_its_procedures_and_they_to_each_other(client, birth):
    other = ProcedureVersionFactory(name="Cấp thẻ bảo hiểm y tế cho trẻ em")
    event = LifeEvent.objects.create(code="birth", name="Sinh con", order=1)
    event.procedures.set([birth.procedure, other.procedure])
    moving = LifeEvent.objects.create(code="moving", name="Chuyển chỗ ở", order=2)
    moving.procedures.set([other.procedure])
    page = client.get("/services/life/birth/").content.decode()
    assert 'href="/services/life/moving/"' in page
    assert address(birth) in page
    assert address(other) in page
    assert address(other) in client.get(address(birth)).content.decode()
    assert client.get("/services/life/nothing/").status_code == 404


def test_a_procedure_that_is_abolished_is_not_offered(client):
    version = ProcedureVersionFactory(abolished=True)
    assert version.effective_to == date(2025, 1, 1)
    assert client.get(address(version)).status_code == 404
