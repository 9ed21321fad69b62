"""The page of the one search: what it says of a hit, and that no text breaks it."""

import pytest
from django.utils import timezone

from portal.actions.refresh_index import refresh_index
from portal.enums import FindableKind
from portal.models import index_entry
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def indexed():
    version = ProcedureVersionFactory(name="Đăng ký khai sinh", keywords="giấy khai sinh")
    index_entry(kind=FindableKind.NEWS, key="1", title="Khai sinh liên thông", url="/news/1/", language="vi")
    refresh_index(timezone.localdate())
    return version


def test_a_hit_says_what_it_is_and_leads_there(client, indexed):
    page = client.get("/find/", {"q": "khai sinh"}).content.decode()
    assert f'href="/services/{indexed.procedure.local_code}/"' in page
    assert "Thủ tục hành chính" in page
    assert 'href="/news/1/"' in page
    narrowed = client.get("/find/", {"q": "khai sinh", "kind": "news"}).content.decode()
    assert 'href="/news/1/"' in narrowed
    assert f'href="/services/{indexed.procedure.local_code}/"' not in narrowed


def test_in_english_a_procedure_leads_to_its_english_page(client, indexed):
    page = client.get("/en/find/", {"q": "khai sinh"}).content.decode()
    assert f'href="/en/services/{indexed.procedure.local_code}/"' in page
    assert "/news/1/" not in page


def test_the_code_of_a_dossier_leads_to_its_lookup_and_says_no_more(client, indexed):
    page = client.get("/find/", {"q": "000.00.00.H54-260302-0001"}).content.decode()
    assert 'href="/lookup/?code=000.00.00.H54-260302-0001"' in page


def test_htmx_gets_the_hits_alone(client, indexed):
    answer = client.get("/find/", {"q": "khai sinh"}, headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": ""},
        {"q": "\0\x01\x1b"},
        {"q": "x" * 10_000},
        {"q": "khai sinh " * 1_000},
        {"q": "Đăng ký khai sinh"},
        {"q": "'; --", "kind": "no such kind"},
        {"q": "\ud7ff\uffff"},
    ],
)
def test_any_text_has_a_page(client, indexed, query):
    answer = client.get("/find/", query)
    assert answer.status_code == 200
    if len(query.get("q", "")) > 200:
        assert "200 ký tự đầu" in answer.content.decode()


def test_the_lookup_has_the_code_that_was_searched(client):
    page = client.get("/lookup/", {"code": "000.00.00.H54-260302-0001"}).content.decode()
    assert 'value="000.00.00.H54-260302-0001"' in page
