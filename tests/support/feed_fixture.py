"""The stand-in of the national database on letters for one run of tests, with empty books for each test."""

from collections.abc import Iterator

import pytest

from egov.exchange import conversation
from tests.support import letter_database, national_portal
from tests.support.national_portal import StandIn


@pytest.fixture(scope="session")
def letter_database_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with letter_database.serving(tmp_path_factory.mktemp("letter_database")) as stand_in:
        yield stand_in


@pytest.fixture
def national(letter_database_process: StandIn, settings) -> StandIn:
    """The settings point to it; time limits are those of a test."""
    letter_database_process.control("reset")
    conversation._tokens.clear()
    settings.LETTER_FEED_URL = letter_database_process.url
    settings.LETTER_FEED_CLIENT_ID = national_portal.CLIENT
    settings.LETTER_FEED_SECRET = national_portal.SECRET
    settings.LETTER_FEED_TIMEOUTS = (1, 1)
    return letter_database_process
