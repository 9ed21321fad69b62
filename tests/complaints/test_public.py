"""What comes in by the portal's door: whoever of the body is named is shut out before anybody has read it."""

import pytest
from django.utils import timezone

from complaints.enums import DutyKind, MatterState
from complaints.models import Letter, Matter, Transfer
from complaints.public import MatterKind, StandingWord, TypedLetter, send_letter, standing
from egov.organizations.actor import SignedOut
from egov.organizations.models import Agency
from tests.factories.letters import appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import SealedOffice, make_sealed_office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust", "own_file_store")]


@pytest.fixture
def office() -> SealedOffice:
    """A body that opens letters and keeps a seal, as the one above it does."""
    above = AgencyFactory(province=True)
    make_sealed_office(above, at=timezone.now())
    agency = AgencyFactory(parent=above)
    appointed(agency, DutyKind.INTAKE)
    return make_sealed_office(agency, at=timezone.now())


def sent(to: Agency, *, about: str, kind: MatterKind = MatterKind.DENUNCIATION) -> Letter:
    typed = TypedLetter(
        kind=kind,
        body_code=to.code,
        subject=about,
        summary="Nhận tiền khi xét duyệt hồ sơ",
        name="Đỗ Thị Ngọc Lan",
        address="Ngõ 47 phố Lê Quý Đôn",
    )
    answer = send_letter(SignedOut(address="127.0.0.1"), typed, at=timezone.now())
    letter = Letter.objects.get(code=answer.code)
    assert letter.secret == answer.secret
    return letter


@pytest.mark.rule("complaints", 35)
def test_whoever_is_named_never_sees_it(office):
    """He keeps the protected register himself: nobody has to be quicker than him."""
    denounced = appointed(
        office.agency, DutyKind.PROTECTED, DutyKind.HANDLING, user__full_name="Hoàng Đình Quảng"
    )
    letter = sent(office.agency, about="ông HOÀNG ĐÌNH QUẢNG, chuyên viên địa chính")
    assert letter.matters.get().subject_membership == denounced.membership
    assert not Matter.objects.visible_to(denounced).exists()
    assert Matter.objects.visible_to(office.keeper).get().letter == letter


@pytest.mark.rule("complaints", 17)
def test_what_is_about_the_head_leaves_for_the_body_above(office):
    letter = sent(office.agency, about=f"{office.head.user.full_name}, Chủ tịch")
    assert letter.matters.get().state == MatterState.TRANSFERRED
    assert Transfer.objects.get().sender == office.agency
    assert not Matter.objects.visible_to(office.head).exists()
    found = standing(letter.code, letter.secret)
    assert found is not None
    assert found.word == StandingWord.PROCESSING


def test_words_that_name_nobody_of_the_body_shut_nobody_out(office):
    for about in ("Cán bộ địa chính xã", "Quyết định 12/QĐ-UBND"):
        matter = sent(office.agency, about=about, kind=MatterKind.COMPLAINT).matters.get()
        assert (matter.subject, matter.subject_agency, matter.subject_membership) == (about, None, None)
