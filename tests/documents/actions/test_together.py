"""Many at once: numbers without gaps, one arrival, one registration."""

import pytest

from documents.actions.deliver import deliver_hop
from documents.actions.enter_paper import PaperContent, enter_paper
from documents.actions.receive import register
from documents.enums import DeliveryState
from documents.models import Delivery, DeliveryChange, IncomingEntry
from egov.audit.models import AuditEvent
from egov.audit.verify_chain import verify_chain
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.deliveries import issued, make_network
from tests.factories.documents import KindFactory, Office
from tests.support.parallel import at_once

NOW = MONDAY_MORNING
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.rule("documents", 5)
def test_numbers_are_consecutive_however_many_clerks_write(transactional_db: None, cast: Cast) -> None:
    kind = KindFactory(letter=True)

    def write(ordinal: int) -> int:
        content = PaperContent(
            kind=kind,
            author_name="Bộ Nội vụ",
            notation=f"{ordinal}/BNV",
            dated_on=NOW.date(),
            abstract="Về việc báo cáo",
        )
        return enter_paper(cast.chi, content, at=NOW).number

    assert sorted(at_once(write, range(40))) == list(range(1, 41))


@pytest.mark.rule("documents", 17)
def test_the_same_hop_in_eight_workers_at_once(transactional_db: None) -> None:
    network = make_network()
    document = issued(network.province, network.others, at=NOW)
    outcomes = at_once(lambda _worker: deliver_hop(document.pk, network.province.pk, NOW), range(8))
    assert {tuple(following) for following in outcomes} == {tuple(one.pk for one in network.districts)}
    assert Delivery.objects.filter(state=DeliveryState.ARRIVED).count() == 3
    assert DeliveryChange.objects.count() == 3
    assert AuditEvent.objects.filter(action="documents.deliver_hop").count() == 1
    assert verify_chain().intact


@pytest.mark.rule("documents", 17)
def test_two_clicks_are_one_registration(transactional_db: None, cast: Cast, office: Office) -> None:
    document = office.issued(at=NOW)
    deliver_hop(document.pk, document.agency_id, NOW)
    delivery = Delivery.objects.get(document=document)
    outcomes = at_once(lambda _click: register(cast.chi, delivery, at=NOW), range(2))
    assert sorted(type(one) for one in outcomes if isinstance(one, Exception)) == [NotPermitted]
    assert IncomingEntry.objects.count() == 1
    assert list(DeliveryChange.objects.order_by("pk").values_list("code", flat=True)) == ["01", "03"]
