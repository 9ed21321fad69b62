"""Lists cost the same at 1 and at 30 rows, and never more than 12 queries (docs: measures, row 12)."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.deliveries import Desk, arrived, make_desk, registered
from tests.factories.documents import DocumentFactory

MOST_QUERIES = 12
ADDRESSES = [
    "/today/",
    "/documents/incoming/",
    "/documents/incoming/?queue=arrived",
    "/documents/incoming/?queue=registered&q=danh+muc&due=none",
    "/documents/outgoing/",
    "/documents/outgoing/?queue=drafts&state=draft&urgency=0",
    "/documents/to-sign/",
    "/search/?q=van+ban",
    "/documents/registers/incoming/",
    "/documents/registers/outgoing/",
    "/documents/registers/follow-up/",
]


@pytest.fixture
def desk(cast) -> Desk:
    return make_desk(cast.an)


def one_of_each(desk: Desk, at: datetime) -> None:
    arrived(desk.registry.agency, at=at)
    registered(desk, at=at)
    DocumentFactory(drafter=desk.registry.membership)


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(seen)


def test_a_list_costs_the_same_at_one_and_at_thirty_rows(desk, sign_in):
    client, at = sign_in(desk.registry), timezone.now()
    one_of_each(desk, at)
    at_one = {address: cost(client, address) for address in ADDRESSES}
    for _ in range(29):
        one_of_each(desk, at)
    assert {address: cost(client, address) for address in ADDRESSES} == at_one
    assert max(at_one.values()) <= MOST_QUERIES, at_one
