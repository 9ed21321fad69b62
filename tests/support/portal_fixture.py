"""The stand-in of the national portal for one run of tests, with empty books for each test."""

from collections.abc import Iterator

import pytest

from egov.exchange import conversation
from tests.support import national_portal


@pytest.fixture(scope="session")
def portal_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[national_portal.StandIn]:
    with national_portal.running(tmp_path_factory.mktemp("portal")) as stand_in:
        yield stand_in


@pytest.fixture
def portal(portal_process: national_portal.StandIn, settings) -> national_portal.StandIn:
    """The settings point to it; time limits are those of a test."""
    portal_process.control("reset")
    conversation._tokens.clear()
    settings.NATIONAL_PORTAL_URL = portal_process.url
    settings.NATIONAL_PORTAL_CLIENT_ID = national_portal.CLIENT
    settings.NATIONAL_PORTAL_SECRET = national_portal.SECRET
    settings.NATIONAL_PORTAL_TIMEOUTS = (1, 1)
    return portal_process
