"""Systems of agencies, each with its key, and what has arrived for one of them."""

import secrets
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from documents.actions.deliver import deliver_hop
from documents.actions.draft_files import add_attachment
from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.actions.submit import submit
from documents.models import Delivery
from egov.organizations.actions.issue_machine_key import issue_machine_key
from egov.organizations.actor import Actor
from egov.organizations.models import MachineKey
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.documents import PIN, Office, pdf_of
from tests.factories.organizations import MembershipFactory, actor_for

DOOR = "/api/v1"


@dataclass(frozen=True)
class System:
    """Another agency's own system, as its requests look from here."""

    actor: Actor
    key: MachineKey
    token: str
    client: Client

    def get(self, path: str, **query: str) -> HttpResponse:
        return self.client.get(DOOR + path, query)

    def post(self, path: str, sent: object = None) -> HttpResponse:
        return self.client.post(DOOR + path, sent or {}, content_type="application/json")


def system_of(actor: Actor) -> System:
    """Issue a key to the actor's position."""
    admin = actor_for(MembershipFactory(agency=actor.agency, agency_admin=True))
    key = issue_machine_key(admin, actor.membership, name="iOffice", at=MONDAY_MORNING)
    return System(actor, key, key.token, client_with(key.token))


def client_with(token: str | None, **more: Any) -> Client:
    """Requests with this key, from an address whose wrong keys nobody else has counted."""
    # The counters are in a real Valkey, which outlives a test whose clock stands still.
    address = f"2001:db8::{secrets.token_hex(2)}:{secrets.token_hex(2)}:{secrets.token_hex(2)}"
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return Client(headers=headers, REMOTE_ADDR=address, **more)


@pytest.fixture
def chi_system(cast: Cast) -> System:
    """The system of Chi's commune."""
    return system_of(cast.chi)


@pytest.fixture
def dung_system(cast: Cast) -> System:
    """The system of an agency that is no recipient."""
    return system_of(cast.dung)


@pytest.fixture
def delivery(office: Office) -> Delivery:
    """A genuine document with an attachment that has just arrived in Chi's commune."""
    draft = office.draft()
    add_attachment(
        office.registry, draft, file=pdf_of("Danh sách"), filename="Phụ lục số 1.pdf", at=MONDAY_MORNING
    )
    at, registry = MONDAY_MORNING, office.registry
    submitted = submit(registry, draft, signer=office.signer.membership, capacity=office.capacity, at=at)
    numbered = number(registry, sign(office.signer, submitted, pin=PIN, at=at), at=at)
    issued = issue(registry, seal(registry, numbered, pin=PIN, at=at), at=at)
    deliver_hop(issued.pk, issued.agency_id, at)
    return Delivery.objects.get(document=issued)
