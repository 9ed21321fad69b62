"""The published late list: agencies and numbers of closed months, nobody and no dossier."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from onestop.actions.close_month import close_months
from onestop.models import Dossier
from onestop.public import late_month
from onestop.queries.statistics.disclosure import FEWEST
from tests.factories.histories import World, written

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Some hundred dossiers of the first two months of 2025, both closed."""
    world = World.made()
    written(world.histories(120, 29), until=datetime(2025, 3, 1, tzinfo=ZONE))
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    return world


@pytest.mark.rule("onestop", 55)
def test_agencies_alone_and_no_small_cell(world: World):
    month = late_month(date(2025, 2, 1))
    assert month is not None
    assert {row.agency for row in month.rows} <= {agency.name for agency in world.agencies}
    assert month.rows
    cells = [cell for row in month.rows for cell in (row.solved, row.late, row.apologised, row.late_now)]
    assert [cell for cell in cells if cell is not None and 0 < cell < FEWEST] == []


def test_the_page_names_no_dossier_and_is_kept_by_caches(client, world: World):
    answer = client.get("/late/")
    page = answer.content.decode()
    assert "Tháng 02/2025" in page
    codes = [
        code for code in Dossier.objects.exclude(code=None).values_list("code", flat=True) if code in page
    ]
    assert codes == []
    assert not re.search(r"\d{9,}", page.partition("<main")[2])
    assert "public" in answer["Cache-Control"]


def test_an_earlier_month_and_one_that_is_none(client, world: World):
    assert "Tháng 01/2025" in client.get("/late/", {"month": "2025-01"}).content.decode()
    for text in ("2025-13", "\0", "x" * 10_000):
        assert "Tháng 02/2025" in client.get("/late/", {"month": text}).content.decode()


def test_before_the_first_closed_month_it_says_so(client):
    assert "Chưa có tháng nào được chốt số liệu" in client.get("/late/").content.decode()
