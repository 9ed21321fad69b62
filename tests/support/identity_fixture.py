"""The provider of electronic identities for one run of tests, and one that forges for each test."""

from collections.abc import Iterator

import pytest

from tests.support import identity_provider


@pytest.fixture(scope="session")
def identity_process() -> Iterator[identity_provider.Provider]:
    with identity_provider.running() as provider:
        yield provider


@pytest.fixture
def identities(identity_process: identity_provider.Provider, settings) -> identity_provider.Provider:
    """The settings point to it."""
    connect(settings, identity_process.url)
    return identity_process


@pytest.fixture
def forger(settings) -> Iterator[identity_provider.Forger]:
    """The settings point to a provider that a test makes forge."""
    with identity_provider.forging() as provider:
        connect(settings, provider.issuer)
        yield provider


def connect(settings, issuer: str) -> None:
    settings.EID_ISSUER = issuer
    settings.EID_CLIENT_ID = identity_provider.CLIENT
    settings.EID_CLIENT_SECRET = identity_provider.SECRET
    settings.EID_TIMEOUT = 5
