"""The daily comparison with the gateway is asked for by the clock, and only where there is a gateway."""

from datetime import timedelta

import pytest
from django.conf import settings as project
from django.utils import timezone

from onestop.models import Settlement
from onestop.tasks import settle_payments
from tests.support.payment_gateway import StandIn

pytestmark = pytest.mark.django_db


def test_yesterday_is_compared_each_morning(gateway: StandIn):
    settle_payments()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert [(one.day, one.problem) for one in Settlement.objects.all()] == [(yesterday, "")]
    assert any(f"/days/{yesterday.isoformat()}" in call for call in gateway.books["calls"])
    assert "onestop.settle_payments" in project.CELERY_BEAT_SCHEDULE


def test_without_a_gateway_there_is_nothing_to_compare():
    settle_payments()
    assert not Settlement.objects.exists()
