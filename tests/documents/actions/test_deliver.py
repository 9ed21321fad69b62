"""A hop: each recipient's row moves once, whatever runs twice; the sweep finds what no message reached."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from documents.actions.deliver import deliver_hop
from documents.actions.sweep import GRACE, sweep_deliveries
from documents.enums import DeliveryState, Urgency
from documents.models import Delivery, DeliveryChange, Hop
from egov.audit.models import AuditEvent
from egov.files.models import StoredFile
from egov.taskqueue import enqueue as enqueueing
from tests.factories.deliveries import Network, carry, issued, make_network

NOW = datetime(2025, 9, 15, 8, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def network(db: None) -> Network:
    return make_network()


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """What went to the broker: the last step, handing a message to Celery, is written down instead."""
    messages: list[tuple] = []
    for name in ("documents.deliver_hop",):
        task = enqueueing.current_app.tasks[name]
        monkeypatch.setattr(
            task,
            "apply_async",
            lambda *, kwargs, queue, **_options: messages.append((queue, kwargs["node_id"])),
        )
    return messages


def states(document: object) -> dict[int, str]:
    return dict(Delivery.objects.filter(document=document).values_list("agency_id", "state"))


@pytest.mark.rule("documents", 15)
def test_a_hop_lets_the_document_arrive_and_tells_the_sender(network: Network) -> None:
    document = issued(network.province, network.others, at=NOW)
    following = deliver_hop(document.pk, network.province.pk, NOW)
    assert following == [district.pk for district in network.districts]
    assert states(document) == {
        network.department.pk: DeliveryState.ARRIVED,
        **{district.pk: DeliveryState.ARRIVED for district in network.districts},
        **{commune.pk: DeliveryState.PENDING for commune in network.communes},
    }
    told = DeliveryChange.objects.filter(delivery__document=document)
    assert {(one.code, one.before, one.after, one.at) for one in told} == {("01", "pending", "arrived", NOW)}
    assert told.count() == 3
    event = AuditEvent.objects.get(action="documents.deliver_hop")
    assert event.details == {"node_id": network.province.pk, "arrived": 3}
    assert event.person == "Hệ thống"


@pytest.mark.rule("documents", 17)
def test_the_same_hop_twice_is_one_arrival_and_one_answer(network: Network) -> None:
    document = issued(network.province, network.others, at=NOW)
    deliver_hop(document.pk, network.province.pk, NOW)
    again = deliver_hop(document.pk, network.province.pk, NOW + timedelta(minutes=5))
    assert again == [district.pk for district in network.districts]
    assert Delivery.objects.filter(document=document, arrived_at=NOW).count() == 3
    assert DeliveryChange.objects.count() == 3
    assert AuditEvent.objects.filter(action="documents.deliver_hop").count() == 1


@pytest.mark.rule("documents", 29)
def test_a_late_message_never_moves_a_status_backwards(network: Network) -> None:
    document = issued(network.province, [network.department], at=NOW)
    Delivery.objects.update(state=DeliveryState.REGISTERED, arrived_at=NOW)
    deliver_hop(document.pk, network.province.pk, NOW)
    assert states(document) == {network.department.pk: DeliveryState.REGISTERED}


def test_next_hops_are_enqueued_after_commit(
    network: Network, sent: list[tuple], django_capture_on_commit_callbacks: object
) -> None:
    document = issued(network.province, network.others, at=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        deliver_hop(document.pk, network.province.pk, NOW)
        assert sent == []
    assert sent == [("default", district.pk) for district in network.districts]


def test_express_documents_have_a_queue_of_their_own(
    network: Network, sent: list[tuple], django_capture_on_commit_callbacks: object
) -> None:
    document = issued(network.province, [network.communes[0]], at=NOW, urgency=Urgency.EXPRESS)
    with django_capture_on_commit_callbacks(execute=True):
        deliver_hop(document.pk, network.province.pk, NOW)
    assert sent == [("express", network.districts[0].pk)]


@pytest.mark.rule("documents", 46)
def test_one_file_and_a_handful_of_statements(network: Network) -> None:
    document = issued(network.province, network.others, at=NOW)
    with CaptureQueriesContext(connection) as queries:
        deliver_hop(document.pk, network.province.pk, NOW)
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) == 4
    carry(document, at=NOW)
    assert set(states(document).values()) == {DeliveryState.ARRIVED}
    assert StoredFile.objects.count() == 1


def test_the_sweep_does_what_no_message_reached(network: Network) -> None:
    document = issued(network.communes[0], [network.communes[3]], at=NOW)
    assert sweep_deliveries(NOW + GRACE) == 0
    moment = NOW
    for _depth in range(4):
        moment += GRACE + timedelta(seconds=1)
        assert sweep_deliveries(moment) == 1
    assert states(document) == {network.communes[3].pk: DeliveryState.ARRIVED}
    assert not Hop.objects.filter(done_at=None).exists()
    assert sweep_deliveries(moment + timedelta(hours=1)) == 0


def test_the_sweep_takes_the_most_urgent_first(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    ordinary = issued(network.province, [network.department], at=NOW)
    express = issued(network.province, [network.department], at=NOW, urgency=Urgency.EXPRESS)
    monkeypatch.setattr("documents.actions.sweep.AT_ONCE", 1)
    sweep_deliveries(NOW + timedelta(minutes=1))
    assert set(states(express).values()) == {DeliveryState.ARRIVED}
    assert set(states(ordinary).values()) == {DeliveryState.PENDING}
