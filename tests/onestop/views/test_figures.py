"""Pages of figures: who sees whose, what they say of an unfinished period, files that are safe to open."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from django.urls import reverse

from egov.organizations.models import Agency, Placement
from onestop.actions.close_month import close_months
from onestop.models import ClosedMonth
from onestop.seeding.figures import load_figures
from tests.factories.histories import World, written
from tests.factories.organizations import MembershipFactory, actor_for

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PAGES = ("overview", "report", "holders", "time", "index", "satisfaction")
MAY = {"first": "2025-05-01", "last": "2025-05-31"}
GROUPS = ("agency", "sector", "procedure", "month")
NOW = datetime(2025, 9, 15, 8, 0, tzinfo=ZONE)
# Three of the twelve begin and end the report's own transaction, which inside a test's is none.
MOST_QUERIES = 12 - 3

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def world(db: None) -> World:
    made = World.made()
    load_figures()
    written(made.histories(80, 9), until=NOW)
    return made


def at_work(world: World, place: int | None = None, **role: bool):
    """Somebody of the province's committee, or of one of the agencies below it."""
    agency = world.versions[0].procedure.agency if place is None else world.agencies[place]
    return actor_for(MembershipFactory(agency=agency, **role))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_a_leader_with_its_cut_off(world: World, sign_in, page: str):
    response = sign_in(at_work(world, leader=True)).get(reverse(f"onestop:figures_{page}"))
    assert response.status_code == 200
    assert "08:00" in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["specialist", "registry", "agency_admin"])
def test_no_page_opens_for_others(world: World, sign_in, page: str, role: str):
    response = sign_in(at_work(world, **{role: True})).get(reverse(f"onestop:figures_{page}"))
    assert response.status_code == 403


def test_a_counter_sees_its_own_agency_only_and_a_leader_those_below(world: World, sign_in):
    address = reverse("onestop:figures_report")
    own, other = world.agencies[0], world.agencies[1]
    page = sign_in(at_work(world, 0, counter=True)).get(address, MAY).content.decode()
    assert own.name in page
    assert other.name not in page
    page = sign_in(at_work(world, leader=True)).get(address, MAY).content.decode()
    assert own.name in page
    assert other.name in page


def test_another_agency_cannot_be_asked_for(world: World, sign_in):
    """Neither by a counter nor by a leader beside it: the filter offers it to nobody else."""
    client = sign_in(at_work(world, 0, leader=True))
    other = world.agencies[1]
    page = client.get(reverse("onestop:figures_report"), MAY | {"agency": other.pk}).content.decode()
    assert other.name not in page


def test_a_past_period_names_no_cut_off(world: World, sign_in):
    page = sign_in(at_work(world, leader=True)).get(reverse("onestop:figures_report"), MAY).content.decode()
    assert "Kỳ chưa kết thúc" not in page
    assert "01/05/2025" in page


@pytest.mark.parametrize("group", GROUPS)
def test_rows_of_every_kind(world: World, sign_in, group: str):
    response = sign_in(at_work(world, leader=True)).get(
        reverse("onestop:figures_report"), {"first": "2025-03-01", "last": "2025-06-30", "group": group}
    )
    table = response.context["table"]
    assert table.rows
    if group == "month":
        assert [row[0] for row in table.rows] == ["03/2025", "04/2025", "05/2025", "06/2025"]
    else:
        assert sum(row[5] for row in table.rows) == table.total[5]


@pytest.mark.parametrize("wrong", ["nonsense", "2025-13-45", "-1", "999999999999999999999"])
def test_wrong_values_in_the_address_narrow_nothing(world: World, sign_in, wrong: str):
    client = sign_in(at_work(world, leader=True))
    asked = dict.fromkeys(("first", "last", "agency", "sector", "procedure", "group", "as"), wrong)
    assert client.get(reverse("onestop:figures_report"), asked).status_code == 200


@pytest.mark.parametrize("page", PAGES[1:])
def test_each_table_comes_as_csv_and_xlsx(world: World, sign_in, page: str):
    client = sign_in(at_work(world, leader=True))
    address = reverse(f"onestop:figures_{page}")
    table = client.get(address, MAY).context["table"]
    text = b"".join(client.get(address, MAY | {"as": "csv"}).streaming_content)
    assert text.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(text.decode("utf-8-sig"))))
    assert [column.label for column in table.columns] in lines
    book = openpyxl.load_workbook(
        BytesIO(b"".join(client.get(address, MAY | {"as": "xlsx"}).streaming_content))
    )
    values = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert [column.label for column in table.columns] in values
    assert len(values) == len(lines)


def test_a_name_is_no_formula(world: World, sign_in):
    for agency in world.agencies:
        agency.name = f"=HYPERLINK({agency.pk})"
        agency.save(update_fields=["name"])
    client = sign_in(at_work(world, leader=True))
    address = reverse("onestop:figures_report")
    text = b"".join(client.get(address, MAY | {"as": "csv"}).streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(StringIO(text)))
    assert any(line[0].startswith("'=HYPERLINK") for line in lines)
    assert not any(cell.startswith("=") for line in lines for cell in line)
    book = openpyxl.load_workbook(
        BytesIO(b"".join(client.get(address, MAY | {"as": "xlsx"}).streaming_content))
    )
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n"}


@pytest.mark.parametrize("are_closed", [True, False])
@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_the_database_a_set_number_of_times(
    world: World, sign_in, django_assert_max_num_queries, page: str, are_closed: bool
):
    if are_closed:
        close_months(NOW)
        assert ClosedMonth.objects.count() == 8
    client = sign_in(at_work(world, leader=True))
    address = reverse(f"onestop:figures_{page}")
    client.get(address)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(address)


@pytest.mark.parametrize("group", GROUPS)
def test_closed_months_are_read_together(world: World, sign_in, django_assert_max_num_queries, group: str):
    close_months(NOW)
    client = sign_in(at_work(world, leader=True))
    address = reverse("onestop:figures_report")
    asked = {"first": "2025-01-01", "last": "2025-08-31", "group": group}
    client.get(address, asked)
    with django_assert_max_num_queries(MOST_QUERIES + (group == "month")):
        page = client.get(address, asked)
    assert page.context["table"].rows


def test_an_agency_that_was_merged_away_can_be_asked_for_its_own_days(world: World, sign_in):
    gone = world.agencies[0]
    ended = date(2025, 7, 1)
    Placement.objects.filter(agency=gone).update(valid_to=ended)
    Agency.objects.filter(pk=gone.pk).update(valid_to=ended)
    client = sign_in(at_work(world, leader=True))
    page = client.get(reverse("onestop:figures_report"), MAY | {"agency": gone.pk})
    assert page.context["scope"].top == gone
    assert {row[0] for row in page.context["table"].rows} == {gone.name}
    now = client.get(reverse("onestop:figures_report"), {"agency": gone.pk})
    assert now.context["scope"].top != gone
