"""What tests of working time share."""

import pytest

from egov.organizations.actor import Actor
from tests.factories.cast import Cast
from tests.factories.organizations import MembershipFactory, actor_for


@pytest.fixture
def root(cast: Cast) -> Actor:
    """The administrator of the system."""
    return actor_for(MembershipFactory(agency=cast.an.agency, system_admin=True))


@pytest.fixture
def commune_admin(cast: Cast) -> Actor:
    """The administrator of Chi's commune."""
    return actor_for(MembershipFactory(agency=cast.chi.agency, agency_admin=True))
