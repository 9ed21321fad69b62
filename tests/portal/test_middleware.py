"""Who of the public is in front of the page: read from a cookie of its own while a sign-in lasts."""

import datetime

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from egov.audit.models import AuditEvent
from portal.actions import citizen_session
from portal.middleware import CitizenMiddleware, signed_in
from portal.models import Citizen, CitizenSession
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.support.signed_in import signed_in as signed_in_official

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def who(client: Client) -> Citizen | None:
    request = RequestFactory().get("/", REMOTE_ADDR="203.0.113.7")
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    found: list[Citizen | None] = []

    def view(request: object) -> HttpResponse:
        found.append(signed_in(request))
        return HttpResponse()

    CitizenMiddleware(view)(request)
    return found[0]


def test_a_visitor_is_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert who(Client()) is None


def test_a_citizen_who_has_signed_in_is_known_with_the_address_of_the_request(django_assert_num_queries):
    citizen = CitizenFactory()
    client = signed_in_citizen(Client(), citizen)
    with django_assert_num_queries(1):
        found = who(client)
    assert found == citizen
    assert found.address == "203.0.113.7"


def test_a_key_that_nobody_was_given_opens_nothing():
    client = signed_in_citizen(Client(), CitizenFactory())
    client.cookies[settings.CITIZEN_COOKIE_NAME] = CitizenSession.objects.get().key_sha256
    assert who(client) is None


def test_each_sign_in_has_a_key_of_its_own():
    citizen = CitizenFactory()
    keys = {citizen_session.begin(citizen, at=MONDAY_MORNING) for _ in range(3)}
    assert len(keys) == 3
    assert not CitizenSession.objects.filter(key_sha256__in=keys).exists()


def test_half_an_hour_without_use_ends_it(clock):
    client = signed_in_citizen(Client(), CitizenFactory())
    clock.shift(datetime.timedelta(minutes=29))
    assert who(client)
    clock.shift(datetime.timedelta(minutes=29))
    assert who(client)
    clock.shift(datetime.timedelta(minutes=31))
    assert who(client) is None


def test_eight_hours_end_it_however_much_it_is_used(clock):
    client = signed_in_citizen(Client(), CitizenFactory())
    for _ in range(23):
        clock.shift(datetime.timedelta(minutes=20))
        assert who(client)
    clock.shift(datetime.timedelta(minutes=21))
    assert who(client) is None


def test_signing_out_ends_it_for_whoever_copied_the_key():
    client = signed_in_citizen(Client(), CitizenFactory())
    key = client.cookies[settings.CITIZEN_COOKIE_NAME].value
    citizen_session.end(key, network_address="203.0.113.7")
    assert who(client) is None
    assert list(AuditEvent.objects.values_list("action", flat=True)) == [
        "portal.signed_in",
        "portal.signed_out",
    ]


def test_an_official_and_a_citizen_are_apart_in_one_browser(cast: Cast):
    client = signed_in_citizen(signed_in_official(cast.an), CitizenFactory())
    key = client.cookies[settings.CITIZEN_COOKIE_NAME].value
    assert client.get("/today/").status_code == 200
    client.post("/sign-out/")
    assert who(client)
    citizen_session.end(key, network_address="")
    client = signed_in_citizen(signed_in_official(cast.an), CitizenFactory())
    client.cookies[settings.CITIZEN_COOKIE_NAME] = ""
    assert client.get("/today/").status_code == 200


def test_an_official_is_no_citizen(cast: Cast):
    assert who(signed_in_official(cast.an)) is None


def test_an_official_without_a_position_reads_what_everybody_reads(cast: Cast):
    client = signed_in_official(cast.an)
    cast.an.membership.delete()
    assert client.get("/today/").status_code == 403
    assert client.get("/citizen/sign-in/").status_code == 200
