"""Pages of a long list: nothing twice, nothing left out, the place kept while rows come in."""

import pytest
from django.test import RequestFactory

from documents.models import Delivery
from egov.web.pager import Page, page_of
from tests.conftest import MONDAY_MORNING
from tests.factories.deliveries import arrived
from tests.factories.organizations import AgencyFactory

ORDERS = [("-arrived_at", "-pk"), ("due_on", "arrived_at", "pk"), ("document__urgency", "pk"), ("pk",)]


@pytest.fixture
def agency(db, clock):
    """An agency with seven arrivals: some with a deadline, two with the same, some without."""
    agency = AgencyFactory(province=True)
    for day in (3, None, 1, 1, None, 2, None):
        delivery = arrived(agency, at=MONDAY_MORNING)
        if day:
            Delivery.objects.filter(pk=delivery.pk).update(due_on=MONDAY_MORNING.date().replace(day=day))
        clock.shift(60)
    return agency


def page(address: str, order: tuple[str, ...], size: int = 3) -> Page:
    rows = Delivery.objects.select_related("document")
    return page_of(RequestFactory().get("/list/" + address), rows, order=order, size=size)


def walk(order: tuple[str, ...], direction: str, start: str = "") -> tuple[list[int], str]:
    """Keys met while going one way, and the last address."""
    seen, address = [], start
    while True:
        here = page(address, order)
        keys = [row.pk for row in here.rows]
        seen = seen + keys if direction == "next_url" else keys + seen
        if not getattr(here, direction):
            return seen, address
        address = getattr(here, direction)


@pytest.mark.parametrize("order", ORDERS)
def test_every_row_is_met_once_there_and_back(agency, order):
    whole = [row.pk for row in page("", order, size=100).rows]
    there, last = walk(order, "next_url")
    assert there == whole
    back, _first = walk(order, "previous_url", last)
    assert back == whole


def test_undated_rows_come_last(agency):
    dates = [row.due_on for row in page("", ("due_on", "pk"), size=100).rows]
    assert [day.day if day else None for day in dates] == [1, 1, 2, 3, None, None, None]


def test_a_row_that_comes_in_meanwhile_shifts_nothing(agency):
    first = page("", ("-arrived_at", "-pk"))
    expected = [row.pk for row in page(first.next_url, ("-arrived_at", "-pk")).rows]
    arrived(agency, at=MONDAY_MORNING.replace(hour=20))
    assert [row.pk for row in page(first.next_url, ("-arrived_at", "-pk")).rows] == expected


def test_filters_stay_in_the_addresses(agency):
    address = page("?state=arrived&q=x", ("pk",)).next_url
    assert "state=arrived" in address
    assert "q=x" in address


@pytest.mark.parametrize("address", ["?after=nonsense", "?after=", "?before=a:b:c"])
def test_an_altered_place_is_the_first_page(agency, address):
    assert page(address, ("pk",)).first


def test_a_place_of_another_list_is_the_first_page(agency):
    other = page("", ("-arrived_at", "-pk")).next_url
    assert page(other, ("pk",)).first


def test_what_fits_on_one_page_has_no_ways(agency):
    assert page("", ("pk",), size=100).single
