"""Open data for programs: true to its document, without a key, kept by caches, nothing of a person."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import schemathesis

from onestop.actions.close_month import close_months
from onestop.models import Dossier
from tests.documents.rest.test_api_document import answers, served
from tests.factories.histories import World, written
from tests.factories.organizations import AgencyFactory

DOOR = "/api/open/v1"
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def closed_months() -> None:
    """Some dossiers of the first two months of 2025, both closed."""
    world = World.made()
    written(world.histories(60, 29), until=datetime(2025, 3, 1, tzinfo=ZONE))
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))


@pytest.mark.django_db(transaction=True)  # a real request closes its connection, and a transaction with it
def test_every_operation_keeps_its_promise_whatever_is_sent(settings):
    settings.OPEN_DATA_PER_ADDRESS = (10_000, 60)
    AgencyFactory(province=True)
    document = schemathesis.openapi.from_wsgi(f"{DOOR}/schema/", served)
    seen = {
        found.ok().label: answers(found.ok(), {"code": "agencies"}, {})
        for found in document.get_all_operations()
    }
    assert len(seen) == 3
    assert all(statuses[200] for statuses in seen.values()), seen
    assert seen[f"GET {DOOR}/datasets/{{code}}/rows/"][400], seen


@pytest.mark.django_db
def test_rows_by_month_and_page(client):
    closed_months()
    rows = client.get(f"{DOOR}/datasets/statistics-agencies/rows/").json()
    assert {row["month"] for row in rows["results"]} == {"2025-01", "2025-02"}
    one = client.get(f"{DOOR}/datasets/statistics-agencies/rows/", {"month": "2025-02", "size": "1"}).json()
    assert (len(one["results"]), one["next"], one["results"][0]["month"]) == (1, 2, "2025-02")
    assert client.get(f"{DOOR}/datasets/agencies/rows/", {"month": "2025-02"}).status_code == 400
    assert client.get(f"{DOOR}/datasets/agencies/rows/", {"page": "900"}).status_code == 404
    assert client.get(f"{DOOR}/datasets/persons/rows/").status_code == 404


@pytest.mark.rule("onestop", 55)
@pytest.mark.django_db
def test_no_small_number_and_no_dossier_in_any_set(client):
    closed_months()
    codes = [dataset["code"] for dataset in client.get(f"{DOOR}/datasets/").json()]
    assert len(codes) == 8
    for code in codes:
        answer = client.get(f"{DOOR}/datasets/{code}/rows/", {"size": "1000"})
        small = [
            (row, name)
            for row in answer.json()["results"]
            for name, value in row.items()
            if type(value) is int and 0 < value < 3
        ]
        assert small == []
        page = answer.content.decode()
        assert [
            one for one in Dossier.objects.exclude(code=None).values_list("code", flat=True) if one in page
        ] == []


@pytest.mark.django_db
def test_caches_keep_it_and_ask_whether_it_changed(client):
    first = client.get(f"{DOOR}/datasets/")
    assert "public" in first["Cache-Control"]
    assert "Set-Cookie" not in first
    again = client.get(f"{DOOR}/datasets/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db
def test_one_address_is_slowed_down(client, settings):
    settings.OPEN_DATA_PER_ADDRESS = (2, 60)
    address = {"REMOTE_ADDR": "203.0.113.55"}
    answers = [client.get(f"{DOOR}/datasets/", **address) for _time in range(4)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) <= 60
    assert client.get("/open-data/agencies.csv", **address).status_code == 429
