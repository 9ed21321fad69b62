"""What has become of a dossier: steps in plain words, stops and new days, never an official's words."""

from datetime import timedelta

import pytest

from onestop.actions.receive import receive
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.models import Dossier
from onestop.queries.course import course_of, with_course
from tests.conftest import MONDAY_MORNING
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory

NOW = MONDAY_MORNING
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    return receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW)


def course(dossier: Dossier):
    return course_of(with_course(Dossier.objects.all()).get(pk=dossier.pk))


def wait_for_papers(unit: Unit, dossier: Dossier, clock) -> None:
    wanted = dossier.version.cases.get().requirements.first()
    clock.shift(timedelta(hours=1))
    content = SupplementContent(
        papers=[Asked(wanted.pk, "Bản rõ hơn")],
        reason="Chị Hoa nói tờ khai mờ",
        deadline_on=NOW.date() + timedelta(days=9),
    )
    request_supplement(unit.counter, dossier, content, at=NOW + timedelta(hours=1))


def test_from_receipt_on_each_day_is_told(dossier):
    told = course(dossier)
    assert [event.words for event in told.events] == [
        "Hồ sơ đã được tiếp nhận; thời gian giải quyết bắt đầu được tính."
    ]
    assert (told.limit, [line.counted for line in told.days]) == (
        "3 ngày làm việc",
        [False, True, True, True],
    )
    assert told.paused_since is None


def test_a_stop_is_told_with_its_reason_and_none_of_the_officials_words(unit, dossier, clock):
    wait_for_papers(unit, dossier, clock)
    told = course(dossier)
    assert "cần bổ sung giấy tờ" in told.events[-1].words
    assert (told.paused_since, told.paused_for) == (NOW + timedelta(hours=1), "Chờ bổ sung giấy tờ")
    assert "chị Hoa" not in str(told).lower()


def test_it_costs_the_same_however_much_happened(unit, dossier, clock, django_assert_max_num_queries):
    wait_for_papers(unit, dossier, clock)
    with django_assert_max_num_queries(12):
        course(dossier)
