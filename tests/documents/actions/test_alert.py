"""What is late is told to the registry, once a day: rules 12 and 19."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from documents.actions.alert import raise_alerts
from documents.enums import DeliveryState, DocumentState, Urgency
from documents.models import Delivery
from egov.notifications.inbox import inbox, mark_read
from egov.notifications.models import Notification
from tests.factories.cast import Cast
from tests.factories.deliveries import arrived
from tests.factories.documents import DocumentFactory

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2025, 9, 12, 16, tzinfo=VIETNAM)
MONDAY_NIGHT = datetime(2025, 9, 15, 23, 59, tzinfo=VIETNAM)
TUESDAY = datetime(2025, 9, 16, 0, 1, tzinfo=VIETNAM)


@pytest.mark.rule("documents", 12)
def test_signed_and_not_sent_by_the_end_of_the_next_working_day(cast: Cast) -> None:
    """Signed on a Friday: the next working day is Monday."""
    DocumentFactory(drafter=cast.an.membership, state=DocumentState.SIGNED, signed_at=FRIDAY)
    assert raise_alerts(MONDAY_NIGHT) == 0
    assert raise_alerts(TUESDAY) == 1
    (told,) = inbox(cast.an)
    assert (told.event, told.subject_type) == ("documents.not_sent", "documents.document")
    assert not inbox(cast.binh).exists()
    assert not inbox(cast.chi).exists()


@pytest.mark.rule("documents", 12)
@pytest.mark.rule("documents", 19)
def test_urgent_ones_at_once(cast: Cast) -> None:
    DocumentFactory(
        drafter=cast.an.membership, state=DocumentState.SEALED, signed_at=FRIDAY, urgency=Urgency.URGENT
    )
    arrived(cast.chi.agency, at=FRIDAY, urgency=Urgency.EXPRESS)
    assert raise_alerts(FRIDAY + timedelta(minutes=5)) == 2
    assert [one.event for one in inbox(cast.an)] == ["documents.not_sent"]
    assert [one.event for one in inbox(cast.chi)] == ["documents.not_presented"]


@pytest.mark.rule("documents", 19)
@pytest.mark.parametrize("state", [DeliveryState.ARRIVED, DeliveryState.REGISTERED])
def test_not_presented_by_the_end_of_the_next_working_day(cast: Cast, state: DeliveryState) -> None:
    delivery = arrived(cast.chi.agency, at=FRIDAY)
    Delivery.objects.filter(pk=delivery.pk).update(state=state)
    assert raise_alerts(MONDAY_NIGHT) == 0
    assert raise_alerts(TUESDAY) == 1
    assert [one.subject_id for one in inbox(cast.chi)] == [delivery.pk]


@pytest.mark.rule("documents", 19)
def test_what_was_presented_is_not_late(cast: Cast) -> None:
    delivery = arrived(cast.chi.agency, at=FRIDAY)
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.PRESENTED)
    assert raise_alerts(TUESDAY) == 0


def test_once_a_day(cast: Cast) -> None:
    arrived(cast.chi.agency, at=FRIDAY)
    assert [raise_alerts(TUESDAY + timedelta(minutes=5 * step)) for step in range(3)] == [1, 0, 0]
    assert raise_alerts(TUESDAY + timedelta(days=1)) == 1
    assert Notification.objects.count() == 2


def test_read_is_read_by_whom_it_is_for(cast: Cast) -> None:
    arrived(cast.chi.agency, at=FRIDAY)
    raise_alerts(TUESDAY)
    told = Notification.objects.get()
    for stranger in (cast.an, cast.dung, cast.em):
        assert not mark_read(stranger, told.pk, at=TUESDAY)
    assert mark_read(cast.chi, told.pk, at=TUESDAY)
    assert not mark_read(cast.chi, told.pk, at=TUESDAY)
    assert not inbox(cast.chi).exists()
