"""The way through the tree, at any depth, up, down and sideways, on the tree of the day."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.exchange.routing import (
    RecipientEnded,
    RecipientIsSender,
    SenderNotPlaced,
    plan_between,
    way_between,
)
from egov.organizations.models import Agency, Placement, Succession
from tests.factories.deliveries import Network, make_network
from tests.factories.organizations import AgencyFactory

DAY = date(2025, 9, 15)


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


def planned(sender: Agency, *recipients: Agency, on: date = DAY) -> tuple[list[tuple], dict[int, int]]:
    plan = plan_between(sender.pk, {one.pk: one.name for one in recipients}, on=on)
    return [tuple(hop) for hop in plan.hops], {leg.agency_id: leg.node_id for leg in plan.legs}


@pytest.mark.parametrize(
    ("sender", "recipient", "way"),
    [
        ([1], [1, 2], [1, 2]),
        ([1], [1, 2, 3, 4, 5], [1, 2, 3, 4, 5]),
        ([1, 2, 3], [1], [3, 2, 1]),
        ([1, 2, 3], [1, 2, 4], [3, 2, 4]),
        ([1, 2, 3], [1, 5, 6], [3, 2, 1, 5, 6]),
        ([1, 2], [9, 8], [2, 1, 9, 8]),
    ],
)
def test_way_between(sender: list[int], recipient: list[int], way: list[int]) -> None:
    assert way_between(sender, recipient) == way


def test_down_to_everyone(network: Network) -> None:
    hops, legs = planned(network.province, *network.others)
    north, south = network.districts
    assert hops == [
        (network.province.pk, None, 0),
        (north.pk, network.province.pk, 1),
        (south.pk, network.province.pk, 1),
    ]
    assert legs == {
        network.department.pk: network.province.pk,
        north.pk: network.province.pk,
        south.pk: network.province.pk,
        **{commune.pk: north.pk for commune in network.communes[:2]},
        **{commune.pk: south.pk for commune in network.communes[2:]},
    }


def test_a_district_hands_on_what_it_does_not_receive(network: Network) -> None:
    hops, legs = planned(network.province, network.communes[0])
    assert [hop[0] for hop in hops] == [network.province.pk, network.districts[0].pk]
    assert legs == {network.communes[0].pk: network.districts[0].pk}


def test_up_and_sideways(network: Network) -> None:
    first, near, far = network.communes[0], network.communes[1], network.communes[3]
    hops, legs = planned(first, near, far, network.province)
    north, south = network.districts
    assert hops == [
        (first.pk, None, 0),
        (north.pk, first.pk, 1),
        (network.province.pk, north.pk, 2),
        (south.pk, network.province.pk, 3),
    ]
    assert legs == {near.pk: north.pk, network.province.pk: north.pk, far.pk: south.pk}


def test_the_tree_of_the_day(network: Network) -> None:
    """From 1 July 2025 a commune hangs below the province itself; on 30 June it did not."""
    commune, change = network.communes[0], date(2025, 7, 1)
    Placement.objects.filter(agency=commune).update(valid_to=change)
    top = Placement.objects.get(agency=network.province)
    Placement.objects.create(
        agency=commune, parent=network.province, path=f"{top.path}{commune.pk}/", depth=1, valid_from=change
    )
    assert planned(network.province, commune, on=change - timedelta(days=1))[1] == {
        commune.pk: network.districts[0].pk
    }
    assert planned(network.province, commune, on=change)[1] == {commune.pk: network.province.pk}


def test_recipients_that_ended_are_named_with_their_successor(network: Network) -> None:
    ended = AgencyFactory(parent=network.districts[0], name="Ủy ban nhân dân xã Đông Á", valid_to=DAY)
    Succession.objects.create(predecessor=ended, successor=network.communes[0], on=DAY)
    with pytest.raises(RecipientEnded) as refusal:
        planned(network.province, ended, network.communes[1])
    assert "Ủy ban nhân dân xã Đông Á (nay là " + network.communes[0].name in str(refusal.value)
    assert network.communes[1].name not in str(refusal.value)
    planned(network.province, ended, on=DAY - timedelta(days=1))


def test_many_ended_recipients_are_counted(network: Network) -> None:
    ended = [AgencyFactory(parent=network.province, valid_to=DAY) for _ in range(8)]
    with pytest.raises(RecipientEnded, match="và 3 cơ quan khác"):
        planned(network.province, *ended)


def test_not_to_oneself(network: Network) -> None:
    with pytest.raises(RecipientIsSender):
        planned(network.province, network.province)


def test_an_ended_sender_sends_nothing(network: Network) -> None:
    closed = AgencyFactory(parent=network.province, closed=True)
    with pytest.raises(SenderNotPlaced):
        planned(closed, network.province)


def test_cost_does_not_grow_with_recipients(network: Network) -> None:
    with CaptureQueriesContext(connection) as few:
        planned(network.province, network.department)
    with CaptureQueriesContext(connection) as many:
        planned(network.province, *network.others)
    assert len(few) == len(many) == 1
