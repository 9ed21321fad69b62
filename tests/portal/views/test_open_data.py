"""Statistics and open data as pages and files: for everybody, kept by caches, safe to open."""

import csv
import io
import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from onestop.actions.close_month import close_months
from onestop.models import Dossier
from portal.queries.open_data import DATASETS
from tests.factories.histories import World, written
from tests.factories.organizations import AgencyFactory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    """Some hundred dossiers of the first two months of 2025, both closed."""
    world = World.made()
    written(world.histories(120, 29), until=datetime(2025, 3, 1, tzinfo=ZONE))
    close_months(datetime(2025, 3, 2, tzinfo=ZONE))
    return world


def test_statistics_of_the_newest_month_and_of_an_earlier_one(client, world):
    answer = client.get("/statistics/")
    page = answer.content.decode()
    assert "Tháng 02/2025, toàn tỉnh" in page
    assert page.count("<svg") >= 4
    assert "public" in answer["Cache-Control"]
    assert [
        code for code in Dossier.objects.exclude(code=None).values_list("code", flat=True) if code in page
    ] == []
    assert "Tháng 01/2025, toàn tỉnh" in client.get("/statistics/", {"month": "2025-01"}).content.decode()
    for text in ("2025-13", "\0", "x" * 10_000):
        assert "Tháng 02/2025" in client.get("/statistics/", {"month": text}).content.decode()


def test_as_many_statements_for_a_year_as_for_a_month(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/statistics/")


def test_before_the_first_closed_month_it_says_so(client):
    assert "Chưa có tháng nào được chốt số liệu" in client.get("/statistics/").content.decode()


def test_every_set_has_its_page_and_both_files_say_the_same(client, world):
    assert client.get("/open-data/").status_code == 200
    for code, dataset in DATASETS.items():
        page = client.get(f"/open-data/{code}/").content.decode()
        assert all(f"<code>{name}</code>" in page for name in dataset.names)
        text = client.get(f"/open-data/{code}.csv")
        records = json.loads(client.get(f"/open-data/{code}.json").content)
        lines = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"), newline="")))
        assert text.content.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in text.content
        assert len(lines) == len(records)
        if lines:
            assert list(lines[0]) == dataset.names == list(records[0])


def test_a_file_is_kept_by_caches_and_not_sent_twice(client):
    AgencyFactory(province=True, name="=cmd()")
    first = client.get("/open-data/agencies.csv")
    assert "public" in first["Cache-Control"]
    assert "'=cmd()" in first.content.decode()
    again = client.get("/open-data/agencies.csv", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_what_there_is_not(client):
    assert client.get("/open-data/persons/").status_code == 404
    assert client.get("/open-data/persons.csv").status_code == 404
    assert client.get("/open-data/agencies.json", {"month": "2025-01"}).status_code == 400
    assert client.get("/open-data/statistics-agencies.csv", {"month": "2025-\0"}).status_code == 400
