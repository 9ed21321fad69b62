"""The stand-in of the payment gateway for one run of tests, with empty books for each test."""

from collections.abc import Iterator

import pytest

from tests.support import payment_gateway


@pytest.fixture(scope="session")
def gateway_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[payment_gateway.StandIn]:
    with payment_gateway.running(tmp_path_factory.mktemp("gateway")) as stand_in:
        yield stand_in


@pytest.fixture
def gateway(gateway_process: payment_gateway.StandIn, settings) -> payment_gateway.StandIn:
    """The settings point to it; time limits are those of a test."""
    gateway_process.control("reset")
    settings.PAYMENT_GATEWAY_URL = gateway_process.url
    settings.PAYMENT_GATEWAY_MERCHANT = payment_gateway.MERCHANT
    settings.PAYMENT_GATEWAY_SECRET = payment_gateway.SECRET
    settings.PAYMENT_CALLBACK_URL = "http://testserver/payments/callback/"
    settings.PAYMENT_GATEWAY_TIMEOUTS = (1, 1)
    return gateway_process
