"""No page of the portal asks the database more than twelve times, however much it has to show."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client

from egov.workdays.limit import Limit, LimitUnit
from onestop.actions.accept_filing import accept_filing
from onestop.models import Dossier, LifeEvent, ProcedureVersion
from portal.models import Citizen
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.one_stop import Unit, make_unit
from tests.factories.online import filed_online
from tests.factories.organizations import MembershipFactory
from tests.factories.procedures import (
    CaseFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)
from tests.support.signed_in import signed_in

MOST = 12
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "own_file_store", "trust")]


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def version_with(cases: int) -> ProcedureVersion:
    """So many cases, each with papers and limits, and a related procedure beside it."""
    version = ProcedureVersionFactory(draft=True, case__limit=Limit(3, LimitUnit.WORKING_DAYS))
    for order in range(2, cases + 1):
        RequirementFactory(case=CaseFactory(version=version, order=order), order=90, name="Giấy báo sinh")
    event = LifeEvent.objects.create(code=f"birth-{version.pk}", name="Sinh con", order=1)
    event.procedures.set([version.procedure, ProcedureVersionFactory().procedure])
    return activated(version)


@pytest.fixture
def counted(django_assert_max_num_queries) -> Callable[[Client, str], int]:
    def count(client: Client, address: str) -> int:
        with django_assert_max_num_queries(MOST) as asked:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(asked)

    return count


@pytest.mark.parametrize("rest", ["", "due/", "due/?case={case}&channel=counter&day=2025-09-15&clock=08:00"])
def test_a_procedure_with_one_case_and_with_many(client, counted, rest):
    seen = set()
    for cases in (1, 6):
        version = version_with(cases)
        address = f"/services/{version.procedure.local_code}/{rest}"
        seen.add(counted(client, address.format(case=version.cases.first().pk)))
    assert len(seen) == 1


def test_an_agency_with_its_people_hours_and_procedures(client, counted, unit):
    for _ in range(3):
        MembershipFactory(agency=unit.agency, leader=True)
        ProcedureVersionFactory()
    counted(client, f"/directory/{unit.agency.pk}/")


def test_where_a_dossier_stands_is_one_question(client, unit, django_assert_num_queries):
    """Whatever lies below the dossier: the code alone tells nothing of it, so nothing of it is read."""
    dossier = accepted(CitizenFactory(), unit)
    with django_assert_num_queries(1):
        assert client.post("/lookup/", {"code": str(dossier)}).status_code == 200


def test_its_bearer_and_its_owner_read_everything_in_a_few(
    client, unit, counted, django_assert_max_num_queries
):
    citizen = CitizenFactory()
    dossier = accepted(citizen, unit)
    with django_assert_max_num_queries(MOST):
        found = client.post("/lookup/", {"code": str(dossier), "secret": dossier.secret})
    assert "Quá trình giải quyết" in found.content.decode()
    counted(signed_in_citizen(Client(), citizen), f"/my/{dossier}/")


def test_a_step_of_a_filing(unit, counted):
    version, citizen = version_with(3), CitizenFactory()
    browser = signed_in_citizen(Client(), citizen)
    begun = browser.post(f"/apply/{version.procedure.local_code}/")
    draft = UUID(begun["Location"].split("/")[3])
    browser.post(
        f"/apply/drafts/{draft}/step/case/",
        {
            "case": version.cases.first().pk,
            "agency": unit.agency.code,
            "delivery": "counter",
            "content": "Khai sinh",
        },
    )
    for part in ("case", "applicant", "papers", "check"):
        counted(browser, f"/apply/drafts/{draft}/step/{part}/")


def test_a_filing_at_the_counter(unit, counted):
    dossier = filed_online(CitizenFactory(), ProcedureVersionFactory(), unit.agency, at=NOW)
    counted(signed_in(unit.counter), f"/counter/online/{dossier.pk}/")


def accepted(citizen: Citizen, unit: Unit) -> Dossier:
    """Filed with papers, received, its receipt printed."""
    dossier = filed_online(citizen, ProcedureVersionFactory(case__fee=False), unit.agency, at=NOW)
    accept_filing(unit.counter, dossier, at=NOW)
    return Dossier.objects.get(pk=dossier.pk)
