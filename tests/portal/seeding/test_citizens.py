"""The demo's citizen has dossiers to look at, however often the demo is seeded."""

import pytest

from onestop.models import Dossier, ProcedureVersion
from portal.seeding.citizens import seed_citizens
from portal.seeding.demo_people import EM, GIANG
from tests.factories.one_stop import make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "own_file_store", "trust")]


def test_one_of_their_own_and_one_for_somebody_else_once():
    make_unit()
    for _ in range(2):
        ProcedureVersionFactory()
    assert ProcedureVersion.objects.count() == 2
    for _run in range(2):
        assert seed_citizens() == 2
    owners = Dossier.objects.order_by("pk").values_list("owner__name", "submitter__personal_number")
    assert list(owners) == [(EM.name, EM.number), (GIANG.name, EM.number)]


def test_without_procedures_there_is_nothing_to_file():
    assert seed_citizens() == 0
