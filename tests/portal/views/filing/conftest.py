"""A procedure, the commune that takes it in, and somebody who files from home."""

import pytest
from django.conf import settings
from django.test import Client

from egov.organizations.models import Agency
from egov.signing.authority.demo import issue_certificate
from egov.signing.models import Certificate
from onestop.models import ProcedureVersion
from portal.models import Citizen
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit(AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân"))


@pytest.fixture
def commune(unit: Unit) -> Agency:
    return unit.agency


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory(name="Đăng ký khai sinh")


@pytest.fixture
def em(db: None) -> Citizen:
    return CitizenFactory(name="Vũ Thị Em", personal_number="034190001234")


@pytest.fixture
def browser(client: Client, em: Citizen) -> Client:
    return signed_in_citizen(client, em)


@pytest.fixture
def system_signs(trust: object, commune: Agency) -> Certificate:
    """The installation has a certificate of its own."""
    return issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=commune, is_system=True)
