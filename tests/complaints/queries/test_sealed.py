"""Nobody learns a name by asking; the keeper of the protected register learns that there may be a match."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from complaints.actions.seal_person import SealedPerson, seal_person
from complaints.enums import DutyKind
from complaints.queries.sealed import possible_matches, speaks_of_sealed
from egov.workflow.refusal import NotPermitted
from tests.factories.letters import MONDAY_MORNING, LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import LAN, make_sealed_office

pytestmark = [pytest.mark.django_db, pytest.mark.rule("complaints", 35)]


@pytest.fixture
def office():
    return make_sealed_office(AgencyFactory())


@pytest.fixture
def letter(office):
    letter = LetterFactory(agency=office.agency, protected=True)
    MatterFactory(letter=letter, kind="denunciation")
    seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    return letter


def test_the_keeper_finds_by_name_number_or_telephone_across_accents_and_spaces(office, letter):
    for asked in (
        {"name": LAN.name},
        {"name": "  DO  thi ngoc LAN "},
        {"personal_number": "034 190 004 711"},
        {"phone": "0912.004.711"},
        {"name": "Ai khác", "phone": LAN.phone},
    ):
        assert list(possible_matches(office.keeper, **asked)) == [letter]
    assert not possible_matches(office.keeper, name="Đỗ Thị Ngọc").exists()
    assert not possible_matches(office.keeper).exists()


def test_nobody_else_does_nor_learns_that_there_is_none(office, letter):
    for one in (
        appointed(office.agency, DutyKind.INTAKE),
        appointed(office.agency, DutyKind.HANDLING),
        office.head,
        office.custodian,
        office.inspector,
    ):
        for name in (LAN.name, "Không có ai"):
            with pytest.raises(NotPermitted):
                possible_matches(one, name=name)
    assert not possible_matches(appointed(AgencyFactory(), DutyKind.PROTECTED), name=LAN.name).exists()


def test_a_hit_and_a_miss_ask_the_database_the_same(office, letter):
    asked = []
    for name in (LAN.name, "Không có ai"):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            list(possible_matches(office.keeper, name=name))
        asked.append(len(caught))
    assert asked[0] == asked[1]


def test_a_keeper_whom_the_letter_is_about_finds_nothing(office, letter):
    letter.matters.update(subject_membership=office.keeper.membership)
    assert not possible_matches(office.keeper, name=LAN.name).exists()


def test_two_bodies_keep_traces_that_do_not_meet(office, letter):
    other = make_sealed_office(AgencyFactory())
    second = MatterFactory(
        letter=LetterFactory(agency=other.agency, protected=True), kind="denunciation"
    ).letter
    seal_person(other.keeper, second, LAN, at=MONDAY_MORNING)
    ours = {bytes(one) for one in letter.sealed_traces.values_list("value", flat=True)}
    assert not ours & {bytes(one) for one in second.sealed_traces.values_list("value", flat=True)}


@pytest.mark.rule("complaints", 39)
def test_a_text_that_says_the_name_or_number_is_noticed(office, letter):
    for text in (
        f"Làm việc với ông bà {LAN.name} ngày 3/8",
        "theo lời do thi ngoc lan.",
        f"CCCD: {LAN.personal_number}",
        "gọi 0912 004 711 buổi tối",
    ):
        assert speaks_of_sealed(letter, text)
    for text in ("", "Ngọc Lan", "Xác minh tại trạm bơm số 4711", "0912004712"):
        assert not speaks_of_sealed(letter, text)
    seal_person(office.keeper, letter, SealedPerson(name="Vũ Văn Tỵ"), at=MONDAY_MORNING)
    assert speaks_of_sealed(letter, "gặp VŨ VĂN TỴ")
