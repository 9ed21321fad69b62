"""Lists of letters: mine, waiting, late, by register; found by what an open letter says, else by code."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import Matter
from complaints.queries.letters import found, late, matters, mine, register, waiting
from egov.organizations.actor import Actor
from tests.factories.letters import LetterFactory, MatterFactory, ParticipantFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
S = MatterState


@pytest.fixture
def reader() -> Actor:
    return appointed(AgencyFactory(), DutyKind.INTAKE, DutyKind.HANDLING)


def of(reader: Actor, **traits: object) -> Matter:
    return MatterFactory(letter=LetterFactory(agency=reader.agency), **traits)


def test_what_is_mine_and_what_waits_for_somebody(reader):
    taken = of(reader, handler=reader.membership, state=S.PROCESSING)
    free = of(reader)
    of(reader, handler=reader.membership, state=S.FILED)
    of(reader, handler=appointed(reader.agency).membership)
    rows = matters(reader)
    assert list(mine(reader, rows)) == [taken]
    assert list(waiting(reader, rows)) == [free]


@pytest.mark.rule("complaints", 26)
def test_late_is_a_clock_that_runs_past_its_day_and_never_a_state(reader):
    today = date(2026, 8, 20)
    sorting = of(reader, process_due_on=date(2026, 8, 19))
    settling = of(
        reader,
        state=S.SETTLING,
        accepted_on=date(2026, 7, 1),
        process_due_on=date(2026, 7, 10),
        settle_due_on=date(2026, 8, 19),
    )
    of(reader, process_due_on=today)
    of(reader, state=S.FILED, process_due_on=date(2026, 8, 1))
    of(reader, state=S.SUSPENDED, accepted_on=date(2026, 7, 1), settle_due_on=date(2026, 8, 1))
    assert set(matters(reader).filter(late(today))) == {sorting, settling}


def test_an_open_letter_is_found_without_accents_by_anybody_on_it(reader):
    told = of(reader, summary="Đề nghị bồi thường cây trồng", subject="Quyết định số 12/QĐ-UBND")
    ParticipantFactory(letter=told.letter, name="Đỗ Thị Mỹ", personal_number="034185001234")
    of(reader, summary="Việc khác", subject="")
    for text in ("do thi my", "034185001234", "cay trong", "12/QĐ-UBND", told.letter.code.lower(), "MỸ đỗ"):
        assert list(found(matters(reader), text)) == [told], text
    assert found(matters(reader), "không ai").count() == 0
    assert found(matters(reader), " ").count() == 2


@pytest.mark.rule("complaints", 35)
def test_a_protected_letter_is_found_by_its_code_alone_whoever_asks():
    agency = AgencyFactory()
    keeper = appointed(agency, DutyKind.PROTECTED, DutyKind.INTAKE)
    told = MatterFactory(
        letter=LetterFactory(agency=agency, protected=True),
        kind=MatterKind.DENUNCIATION,
        summary="Nhận tiền khi cấp đất",
        subject="Trần Văn Bắc",
    )
    for text in ("tran van bac", "nhan tien", "cấp đất"):
        assert not found(matters(keeper), text).exists(), text
    assert list(found(matters(keeper), told.letter.code)) == [told]
    assert not found(matters(appointed(agency, DutyKind.INTAKE)), told.letter.code).exists()


def test_a_register_is_one_bodys_series_and_year_in_its_order(reader):
    second = LetterFactory(agency=reader.agency, number=2)
    first = LetterFactory(agency=reader.agency, number=1)
    for letter in (first, second, LetterFactory(agency=reader.agency, series="TT"), LetterFactory()):
        MatterFactory(letter=letter)
    assert list(register(reader, "D", 2026)) == [first, second]
    assert not register(reader, "D", 2025).exists()


def test_a_list_of_thirty_asks_as_often_as_a_list_of_one(reader):
    def asked(client: Client) -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get(reverse("complaints:letter_list")).status_code == 200
        return len(context)

    client = signed_in(reader)
    ParticipantFactory(letter=of(reader, handler=reader.membership).letter)
    asked(client)
    one = asked(client)
    for _number in range(29):
        ParticipantFactory(letter=of(reader, handler=reader.membership).letter)
    assert asked(client) == one
