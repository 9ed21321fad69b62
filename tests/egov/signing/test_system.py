"""The system's own key: for what the system attests, never an agency's seal."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from egov.signing.authority.demo import issue_certificate
from egov.signing.models import Certificate
from egov.signing.system import SystemKeyMissing, is_of_system, system_key
from tests.conftest import MONDAY_MORNING as NOW
from tests.documents.conftest import pki_folder, trust  # noqa: F401  (fixtures)
from tests.factories.organizations import AgencyFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust")]


def test_without_a_certificate_or_its_pin_nothing_is_signed(settings):
    with pytest.raises(SystemKeyMissing), system_key(at=NOW):
        pass
    issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=AgencyFactory(), is_system=True)
    settings.SIGNING_SYSTEM_PIN = ""
    with pytest.raises(SystemKeyMissing), system_key(at=NOW):
        pass


def test_it_is_no_seal_of_its_agency(settings):
    agency = AgencyFactory()
    certificate = issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=agency, is_system=True)
    seal = issue_certificate(pin="654321", agency=agency)
    assert list(Certificate.objects.of_agency(agency)) == [seal]
    with system_key(at=NOW) as key:
        assert key.certificate_der == bytes(certificate.der)
    assert is_of_system(certificate.fingerprint)
    assert not is_of_system(seal.fingerprint)


def test_the_command_gives_one_and_only_one(settings):
    agency = AgencyFactory()
    call_command("make_system_certificate", agency.code)
    call_command("make_system_certificate", agency.code)
    assert Certificate.objects.of_system().usable(timezone.now()).count() == 1
    with pytest.raises(CommandError):
        call_command("make_system_certificate", "no such agency")
