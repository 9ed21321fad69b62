"""Why a letter cannot be accepted yet: one reason for each missing condition, in words with its law."""

import pytest

from complaints.enums import MatterKind, ParticipantRole, SenderKind
from complaints.models import Attachment, Matter
from complaints.queries.eligibility import Lacking, reasons_against
from tests.factories.letters import MONDAY_MORNING, LetterFactory, MatterFactory, ParticipantFactory

pytestmark = pytest.mark.django_db
K, R, L = MatterKind, ParticipantRole, Lacking
TODAY = MONDAY_MORNING.date()


def matter(kind: MatterKind = K.COMPLAINT, **letter: object) -> Matter:
    protected = kind == K.DENUNCIATION
    made = MatterFactory(
        kind=kind, letter=LetterFactory(**{"written_on": TODAY, "protected": protected} | letter)
    )
    if not protected and made.letter.is_named:
        ParticipantFactory(letter=made.letter)
    return made


def lacking(one: Matter) -> list[Lacking]:
    return [reason.lacking for reason in reasons_against(Matter.objects.get(pk=one.pk))]


def add_paper(one: Matter, kind: Attachment.Kind) -> None:
    Attachment.objects.create(letter=one.letter, kind=kind, name="Giấy", added_at=MONDAY_MORNING)


def test_a_whole_letter_lacks_nothing():
    for kind in MatterKind:
        assert lacking(matter(kind)) == []


@pytest.mark.rule("complaints", 1)
def test_a_complaint_without_signature_shows_it_in_the_list():
    unsigned = matter(is_signed=False)
    assert lacking(unsigned) == [L.SIGNATURE]
    assert "chữ ký hoặc điểm chỉ" in str(reasons_against(unsigned)[0])
    assert "Thông tư 05/2021" in str(reasons_against(unsigned)[0])
    assert lacking(matter(K.DENUNCIATION, is_signed=False)) == [L.SIGNATURE]
    # A suggestion needs a clear content, nothing more.
    assert lacking(matter(K.SUGGESTION, is_signed=False, is_named=False, written_on=None)) == []


@pytest.mark.rule("complaints", 3)
@pytest.mark.parametrize("kind", [K.COMPLAINT, K.DENUNCIATION, K.SUGGESTION])
def test_a_foreign_letter_needs_a_notarised_translation(kind):
    assert lacking(matter(kind, is_vietnamese=False)) == [L.LANGUAGE]
    assert lacking(matter(kind, is_vietnamese=False, has_translation=True)) == []


@pytest.mark.parametrize(
    ("ticks", "reason"),
    [
        ({"is_readable": False}, L.LEGIBILITY),
        ({"to_several": True}, L.ADDRESSEE),
        ({"written_on": None}, L.DATE),
        ({"is_named": False}, L.NAME),
    ],
)
def test_each_missing_condition_is_named(ticks, reason):
    assert lacking(matter(**ticks)) == [reason]


def test_somebody_or_something_is_complained_of():
    one = matter()
    Matter.objects.filter(pk=one.pk).update(subject="")
    assert lacking(one) == [L.SUBJECT]
    Matter.objects.filter(pk=one.pk).update(subject_agency=one.agency)
    assert lacking(one) == []


def of_group(people: int, typed: int) -> Matter:
    one = matter(sender_kind=SenderKind.GROUP, people=people)
    for number in range(typed - 1):
        ParticipantFactory(letter=one.letter, name=f"Người {number}")
    return one


@pytest.mark.rule("complaints", 12)
def test_a_group_needs_all_signatures_a_representative_and_the_paper_that_names_them():
    one = of_group(20, typed=3)
    assert lacking(one) == [L.SIGNATURES, L.REPRESENTATIVE, L.REPRESENTATION]
    add_paper(one, Attachment.Kind.SIGNATURES)
    assert lacking(one) == [L.REPRESENTATIVE, L.REPRESENTATION]
    first = one.letter.participants.first()
    one.letter.participants.filter(pk=first.pk).update(role=R.REPRESENTATIVE)
    assert lacking(one) == [L.REPRESENTATION]
    add_paper(one, Attachment.Kind.REPRESENTATION)
    assert lacking(one) == []
    one.letter.participants.exclude(pk=first.pk).update(has_signed=False)
    assert lacking(one) == [L.SIGNATURES]
    assert "2 người chưa ký" in str(reasons_against(Matter.objects.get(pk=one.pk))[0])


@pytest.mark.rule("complaints", 12)
def test_fewer_than_five_each_stand_for_themselves():
    assert lacking(of_group(4, typed=4)) == []
    assert lacking(of_group(5, typed=5)) == [L.REPRESENTATIVE, L.REPRESENTATION]


@pytest.mark.rule("complaints", 13)
def test_who_withdrew_no_longer_holds_the_others_up():
    one = of_group(2, typed=2)
    one.letter.participants.filter(name="Người 0").update(has_signed=False)
    assert lacking(one) == [L.SIGNATURES]
    one.letter.participants.filter(name="Người 0").update(withdrawn_on=TODAY)
    type(one.letter).objects.filter(pk=one.letter.pk).update(people=1)
    assert lacking(one) == []


@pytest.mark.rule("complaints", 10)
def test_an_authorisation_that_nobody_certified_is_flagged():
    one = matter()
    acting = ParticipantFactory(letter=one.letter, role=R.AUTHORISED, name="Hà", authorisation="Số 5")
    assert lacking(one) == [L.AUTHORISATION]
    type(acting).objects.filter(pk=acting.pk).update(is_certified=True)
    assert lacking(one) == []


@pytest.mark.rule("complaints", 35)
def test_no_reason_names_anybody():
    one = of_group(20, typed=3)
    one.letter.participants.update(has_signed=False)
    said = " ".join(map(str, reasons_against(Matter.objects.get(pk=one.pk))))
    assert "Lan" not in said
    assert "Người 0" not in said
