"""The catalogue in lists: by page, by what is filed most, and when something handed in would be due."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from onestop.actions.close_month import close_months
from onestop.enums import Channel
from onestop.models import MonthFigure
from onestop.queries.published_lists import (
    NoSuchWay,
    choices,
    explained_due,
    most_used,
    newest_month,
    page,
)
from tests.factories.histories import World, written
from tests.factories.procedures import ProcedureVersionFactory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2025, 9, 15)
pytestmark = pytest.mark.django_db


def test_a_page_holds_so_many_and_knows_how_many_there_are():
    for number in range(5):
        ProcedureVersionFactory(name=f"Thủ tục {number}")
    second = page(TODAY, start=2, count=2)
    assert [entry.name for entry in second.entries] == ["Thủ tục 2", "Thủ tục 3"]
    assert second.total == 5


def test_choices_lead_to_something():
    ProcedureVersionFactory()
    ProcedureVersionFactory(abolished=True)
    offered = choices(TODAY)
    for code, _name in offered.sectors:
        assert page(TODAY, start=0, count=1, sector=code).total
    for code, _name in offered.agencies:
        assert page(TODAY, start=0, count=1, agency=code).total


def test_what_is_filed_most_comes_first_and_the_month_is_told():
    assert newest_month() is None
    assert most_used(TODAY, 3) == ()
    world = World.made()
    written(world.histories(120, 29), until=datetime(2025, 3, 1, tzinfo=ZONE))
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    counted = {}
    for row in MonthFigure.objects.select_related("procedure"):
        received = row.received_online + row.received_counter + row.received_post
        code = row.procedure.local_code
        counted[code] = counted.get(code, 0) + received
    used = most_used(TODAY, 3)
    assert used
    assert [counted[entry.code] for entry in used] == sorted(
        (counted[entry.code] for entry in used), reverse=True
    )
    month = newest_month()
    assert month is not None
    assert month.first_day == date(2025, 2, 1)
    assert month.in_time is None or 0 <= month.in_time <= 100


def test_a_way_that_there_is_not_is_refused():
    version = ProcedureVersionFactory()
    code, case = version.procedure.local_code, version.cases.get()
    at = datetime(2025, 9, 15, 8, 0, tzinfo=ZONE)
    assert explained_due(code, case.pk, Channel.COUNTER, at, agency_code="", on=TODAY).due_at
    for wrong in ((case.pk + 1, Channel.COUNTER), (case.pk, "pigeon")):
        with pytest.raises(NoSuchWay):
            explained_due(code, *wrong, at, agency_code="", on=TODAY)
