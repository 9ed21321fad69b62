"""A citizen at home with a draft that asks for papers, and a paper to send."""

import pytest
from django.test import Client

from onestop.models import ProcedureVersion
from portal.models import Citizen, Draft
from tests.factories.citizens import CitizenFactory, signed_in_citizen
from tests.factories.documents import pdf_of
from tests.factories.filing import begun
from tests.factories.procedures import ProcedureVersionFactory


@pytest.fixture
def em(db: None) -> Citizen:
    return CitizenFactory(name="Vũ Thị Em")


@pytest.fixture
def version(db: None) -> ProcedureVersion:
    return ProcedureVersionFactory()


@pytest.fixture
def draft(em: Citizen, version: ProcedureVersion) -> Draft:
    return begun(em, version)


@pytest.fixture
def browser(client: Client, em: Citizen) -> Client:
    return signed_in_citizen(client, em)


@pytest.fixture
def pdf() -> bytes:
    return pdf_of("Tờ khai đăng ký khai sinh").read()
