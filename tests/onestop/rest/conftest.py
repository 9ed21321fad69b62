"""The system of a commune that files and follows dossiers, and that of an agency that has no part in them."""

import pytest

from onestop.enums import SystemOfRecord
from tests.documents.rest.conftest import System, system_of
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory


@pytest.fixture
def commune_system(db) -> System:
    agency = AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    return system_of(actor_for(MembershipFactory(agency=agency, registry=True)))


@pytest.fixture
def stranger_system(db) -> System:
    return system_of(actor_for(MembershipFactory(agency=AgencyFactory(), registry=True)))


@pytest.fixture
def version(db):
    return ProcedureVersionFactory()


@pytest.fixture
def ministry_version(db):
    return ProcedureVersionFactory(procedure__system_of_record=SystemOfRecord.MINISTRY)
