"""What is printed above a signature and in the date line."""

from datetime import date

import pytest
from pypdfium2 import PdfDocument

from documents.queries.paper import place_name, set_paper, signature_lines
from egov.organizations.enums import AgencyKind, Branch, Capacity
from tests.factories.documents import DocumentFactory
from tests.factories.organizations import AgencyFactory, MembershipFactory, UnitFactory

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 15)
C = Capacity


def test_a_collective_signs_through_its_head():
    chair = MembershipFactory(leader=True)
    assert signature_lines(chair, C.TM, chair.agency, on=DAY) == ("TM. ỦY BAN NHÂN DÂN", "Chủ tịch")


def test_a_one_chief_agency_has_its_heads_title_alone():
    director = MembershipFactory(leader=True, agency=AgencyFactory(department=True), position="Giám đốc")
    deputy = MembershipFactory(deputy=True, agency=director.agency, position="Phó Giám đốc")
    head_of_office = MembershipFactory(office_head=True, agency=director.agency)
    assert signature_lines(director, C.OWN, director.agency, on=DAY) == ("Giám đốc",)
    assert signature_lines(deputy, C.KT, director.agency, on=DAY) == ("KT. Giám đốc", "Phó Giám đốc")
    for capacity in (C.TL, C.TUQ):
        lines = signature_lines(head_of_office, capacity, director.agency, on=DAY)
        assert lines == (f"{capacity} Giám đốc", "Chánh Văn phòng")


def test_an_acting_head_says_so_and_is_the_head_for_deputies():
    acting = MembershipFactory(leader=True, position="Quyền Chủ tịch")
    deputy = MembershipFactory(deputy=True, agency=acting.agency)
    assert signature_lines(acting, C.Q, acting.agency, on=DAY) == ("TM. ỦY BAN NHÂN DÂN", "Q. Chủ tịch")
    assert signature_lines(deputy, C.KT, acting.agency, on=DAY)[1] == "KT. Chủ tịch"


def test_a_party_committee_writes_its_own_form():
    committee = AgencyFactory(kind=AgencyKind.PARTY_COMMITTEE, branch=Branch.PARTY, abbreviation="ĐU")
    deputy = MembershipFactory(deputy=True, agency=committee, position="Phó Bí thư")
    assert signature_lines(deputy, C.KT, committee, on=DAY) == ("T/M BAN THƯỜNG VỤ", "Phó Bí thư")
    document = DocumentFactory(drafter=MembershipFactory(agency=committee), signer=deputy, capacity=C.KT)
    pdf = PdfDocument(set_paper(document, on=DAY).pdf)
    try:
        text = pdf[0].get_textpage().get_text_bounded()
    finally:
        pdf.close()
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "-QĐ/ĐU" in text


@pytest.mark.parametrize(
    ("kind", "name", "place"),
    [
        ("tỉnh", "Tỉnh Thái Bình", "Thái Bình"),
        ("thị trấn", "Thị trấn Quỳnh Côi", "Quỳnh Côi"),
        ("Tỉnh", "Thái Bình", "Thái Bình"),
        ("Xã", "Xã Thụy Xuân", "Thụy Xuân"),
        ("Phường", "Phường 1", "Phường 1"),
    ],
)
def test_the_place_is_the_bare_name(kind: str, name: str, place: str):
    assert place_name(AgencyFactory(unit=UnitFactory(kind=kind, name=name))) == place


def test_a_draft_without_a_signer_has_a_preview():
    assert set_paper(DocumentFactory(), on=DAY).pdf.startswith(b"%PDF")
