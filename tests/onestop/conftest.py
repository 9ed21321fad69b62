"""What tests of one-stop handling stand on: a file store and a certificate authority of their own."""

import pytest

from onestop.seeding.standard_forms import load_standard_forms
from tests.documents.conftest import own_file_store, pki_folder, trust  # noqa: F401  (fixtures)
from tests.support.payment_fixture import gateway, gateway_process  # noqa: F401  (fixtures)
from tests.support.portal_fixture import portal, portal_process  # noqa: F401  (fixtures)


@pytest.fixture(autouse=True)
def standard_forms(request: pytest.FixtureRequest) -> None:
    """Every slip has a form, as in an installation that was seeded."""
    uses_database = request.node.get_closest_marker("django_db") is not None
    if uses_database or {"db", "transactional_db"} & set(request.fixturenames):
        request.getfixturevalue("db")
        load_standard_forms()
