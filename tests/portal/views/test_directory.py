"""Pages of agencies: found without accents, hours and people in charge, communes where they are."""

import pytest

from egov.organizations.enums import Level
from egov.organizations.models import AdministrativeUnit
from tests.factories.organizations import AgencyFactory, MembershipFactory, UnitFactory
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def district():
    return UnitFactory(code="338", name="Huyện Quỳnh Phụ", kind="huyện", level=Level.DISTRICT)


@pytest.fixture
def commune(district):
    unit = UnitFactory(name="Xã An Khê", kind="xã", parent=district, latitude=20.7, longitude=106.4)
    return AgencyFactory(name="Ủy ban nhân dân xã An Khê", unit=unit)


def test_an_agency_is_found_without_accents(client, commune):
    other = AgencyFactory()
    page = client.get("/directory/", {"q": "uy ban an khe"}).content.decode()
    assert f"/directory/{commune.pk}/" in page
    assert f"/directory/{other.pk}/" not in page


@pytest.mark.parametrize(
    "query", [{"q": "\0"}, {"q": "x" * 10_000}, {"level": "x"}, {"branch": "\0"}, {"after": "x"}]
)
def test_any_question_has_an_answer(client, commune, query):
    assert client.get("/directory/", query).status_code == 200


def test_an_agency_tells_its_hours_its_leaders_and_what_it_decides(client, commune):
    leader = MembershipFactory(agency=commune, leader=True)
    clerk = MembershipFactory(agency=commune, registry=True)
    procedure = ProcedureVersionFactory(name="Đăng ký khai sinh")
    page = client.get(f"/directory/{commune.pk}/").content.decode()
    assert "Thứ Hai" in page
    assert leader.user.full_name in page
    # Only who is in charge is published; what people sign in with never is.
    assert clerk.user.full_name not in page
    assert leader.user.username not in page.replace(leader.user.email, "")
    assert procedure.name in page


def test_an_agency_of_the_past_names_its_end(client):
    closed = AgencyFactory(closed=True)
    page = client.get(f"/directory/{closed.pk}/").content.decode()
    assert "01/07/2025" in page


@pytest.mark.parametrize("pk", ["0", "999999999999999999999999"])
def test_an_unknown_agency_is_not_found(client, pk):
    assert client.get(f"/directory/{pk}/").status_code == 404


def test_the_map_shows_each_commune_where_it_is(client, commune, district):
    south = UnitFactory(name="Xã An Tràng", kind="xã", parent=district, latitude=20.5, longitude=106.2)
    other = AgencyFactory(unit=south)
    page = client.get("/directory/map/")
    drawn = {spot.agency: spot for spot in page.context["map"].spots}
    assert drawn[commune].y < drawn[other].y
    assert drawn[commune].x > drawn[other].x
    assert f'href="/directory/{commune.pk}/"' in page.content.decode()


def test_the_map_of_a_district_names_its_communes_alone(client, commune, district):
    elsewhere = AgencyFactory()
    page = client.get("/directory/map/", {"district": "338"}).content.decode()
    assert "An Khê" in page
    assert f"/directory/{elsewhere.pk}/" not in page


def test_a_commune_without_coordinates_is_in_the_list(client, commune):
    AdministrativeUnit.objects.filter(pk=commune.unit_id).update(latitude=None)
    page = client.get("/directory/map/")
    assert page.context["map"].unplaced == (commune,)
    assert f'href="/directory/{commune.pk}/"' in page.content.decode()
