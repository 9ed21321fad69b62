"""Letters that may be the same case: found across accents and spellings, and never a protected one."""

from datetime import timedelta

import pytest

from complaints.enums import DutyKind, MatterKind
from complaints.models import Letter
from complaints.queries.duplicates import as_heard, candidates, family, likeness
from egov.organizations.actor import Actor
from tests.factories.letters import (
    MONDAY_MORNING,
    LetterFactory,
    MatterFactory,
    ParticipantFactory,
    appointed,
)
from tests.factories.organizations import AgencyFactory

pytestmark = pytest.mark.django_db
TEXT = "Ủy ban xã thu hồi 300 m2 đất ruộng của gia đình tôi mà không bồi thường cây trồng"


@pytest.fixture
def reader() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE, DutyKind.PROTECTED)


def written(reader: Actor, name: str, *, days: int = 0, text: str = "", **person: object) -> Letter:
    letter = LetterFactory(agency=reader.agency, received_at=MONDAY_MORNING + timedelta(days=days))
    MatterFactory(
        letter=letter, summary=text or f"Việc {letter.number}", subject=f"Quyết định {letter.number}"
    )
    ParticipantFactory(letter=letter, name=name, **{"address": "", **person})
    return letter


def found(reader: Actor, letter: Letter) -> dict[int, str]:
    return {one.letter.pk: "; ".join(one.reasons) for one in candidates(reader, letter)}


def test_a_name_is_the_same_in_any_accents_and_spelling(reader):
    written(reader, "Lê Văn Khác")
    first = written(reader, "Nguyễn Thị Thúy Lý")
    for spelling in ("NGUYEN THI THUY LY", "Nguyễn Thị Thuý Lí", "nguyễn  thị thúy lý"):
        later = written(reader, spelling, days=1)
        assert found(reader, later)[first.pk].startswith("Trùng họ tên"), spelling
    assert as_heard("Đỗ Mỹ") == as_heard("do mi")


def test_numbers_weigh_more_than_names_and_reasons_are_said(reader):
    by_name = written(reader, "Vũ Thị Lan")
    by_number = written(reader, "Vũ T. Lan", personal_number="034185001234")
    by_phone = written(reader, "Bà Lan", phone="0912345678")
    later = written(reader, "Vũ Thị Lan", days=2, personal_number="034185001234", phone="0912345678")
    ranked = candidates(reader, later)
    assert [one.letter for one in ranked] == [by_number, by_phone, by_name]
    assert [one.reasons for one in ranked] == [
        ("Trùng số định danh",),
        ("Trùng số điện thoại",),
        ("Trùng họ tên",),
    ]


def test_the_same_words_or_the_same_subject_are_found_whoever_writes(reader):
    alike = written(reader, "Người Khác", text=TEXT)
    written(reader, "Người Nữa", text="Đề nghị làm đường vào thôn")
    later = written(reader, "Vũ Thị Lan", days=3, text=f"{TEXT.upper()} năm 2026")
    assert list(found(reader, later)) == [alike.pk]
    later.matters.update(subject=alike.matters.get().subject)
    assert "Cùng đối tượng" in found(reader, Letter.objects.get(pk=later.pk))[alike.pk]
    assert likeness(TEXT, TEXT) == 1
    assert likeness(TEXT, "") == 0


def test_later_letters_and_those_of_others_are_no_candidates(reader):
    letter = written(reader, "Vũ Thị Lan")
    written(reader, "Vũ Thị Lan", days=1)
    written(appointed(AgencyFactory(), DutyKind.INTAKE), "Vũ Thị Lan", days=-1)
    written(reader, "Vũ Thị Lan", days=-800)
    assert found(reader, letter) == {}


@pytest.mark.rule("complaints", 35)
def test_a_protected_letter_is_never_proposed_and_proposes_nothing(reader):
    told = MatterFactory(
        letter=LetterFactory(agency=reader.agency, protected=True),
        kind=MatterKind.DENUNCIATION,
        summary=TEXT,
        subject="Quyết định 7",
    )
    later = written(reader, "Vũ Thị Lan", days=1, text=TEXT)
    later.matters.update(subject="Quyết định 7")
    assert found(reader, later) == {}
    assert candidates(reader, told.letter) == []


def test_one_person_in_forty_letters_gives_the_likeliest_ten_by_few_questions(
    reader, django_assert_max_num_queries
):
    for number in range(40):
        written(reader, "Vũ Thị Lan", personal_number="034185001234", text=f"Việc {number}")
    later = written(reader, "Vũ Thị Lan", days=1, personal_number="034185001234", text=TEXT)
    with django_assert_max_num_queries(14):
        assert len(candidates(reader, later)) == 10


def test_a_family_is_the_first_letter_and_all_that_follow_it(reader):
    first, second, third = (written(reader, "Vũ Thị Lan", days=day) for day in range(3))
    Letter.objects.filter(pk__in=[second.pk, third.pk]).update(root=first)
    for one in (first, second, third):
        assert list(family(Letter.objects.get(pk=one.pk))) == [first, second, third]
