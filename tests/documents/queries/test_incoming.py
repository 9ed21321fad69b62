"""Reading what came in, watching what went out: who may, what is written down, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions.deliver import deliver_hop
from documents.enums import DeliveryState
from documents.models import Delivery
from documents.queries.incoming import IncomingNotFound, read_incoming
from documents.queries.movement import movement, recipients_of
from egov.audit.models import AuditEvent
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.deliveries import arrived, carry, issued, make_network
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for

NOW = MONDAY_MORNING


@pytest.mark.rule("documents", 31)
def test_every_read_is_in_the_log(cast: Cast) -> None:
    delivery = arrived(cast.chi.agency, at=NOW)
    read_incoming(cast.chi, delivery.pk)
    event = AuditEvent.objects.get(action="documents.read")
    assert (event.user_id, event.agency_id) == (cast.chi.user_id, cast.chi.agency_id)
    assert event.subject_id == str(delivery.document_id)


@pytest.mark.rule("documents", 32)
def test_who_is_not_concerned_finds_nothing(cast: Cast) -> None:
    delivery = arrived(cast.chi.agency, at=NOW)
    colleague = actor_for(MembershipFactory(agency=cast.chi.agency, specialist=True))
    for stranger in (cast.an, cast.dung, cast.em, colleague):
        with pytest.raises(IncomingNotFound):
            read_incoming(stranger, delivery.pk)
    assert not AuditEvent.objects.filter(action="documents.read").exists()


def test_the_sender_watches_each_branch(db: None) -> None:
    network = make_network()
    document = issued(network.province, network.others, at=NOW)
    deliver_hop(document.pk, network.province.pk, NOW)
    deliver_hop(document.pk, network.districts[0].pk, NOW)
    Delivery.objects.filter(agency=network.communes[0]).update(state=DeliveryState.REGISTERED)
    found = movement(document)
    assert (found.whole.total, found.whole.arrived, found.whole.registered) == (7, 5, 1)
    assert {branch.name: (branch.arrived, branch.total) for branch in found.branches} == {
        network.province.name: (3, 3),
        network.districts[0].name: (2, 2),
        network.districts[1].name: (0, 2),
    }
    assert not found.has_arrived
    sender = actor_for(MembershipFactory(agency=network.province, registry=True))
    assert recipients_of(sender, document).count() == 7
    recipient = actor_for(MembershipFactory(agency=network.communes[0], registry=True))
    assert not recipients_of(recipient, document).exists()


def test_watching_costs_two_statements_whatever_the_number(db: None) -> None:
    network = make_network()
    more = [AgencyFactory(parent=network.districts[0]) for _ in range(30)]
    document = issued(network.province, [*network.others, *more], at=NOW)
    carry(document, at=NOW)
    with CaptureQueriesContext(connection) as queries:
        assert movement(document).whole.total == 37
    assert len(queries) == 2
