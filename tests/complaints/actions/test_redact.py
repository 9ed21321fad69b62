"""Beside the seal lies a copy without who wrote it; one that still says it is refused."""

import io

import pytest

from complaints.actions.redact import add_redacted_copy, seal_original
from complaints.actions.seal_person import seal_person
from complaints.actions.unnamed import NamesDenouncer
from complaints.enums import DutyKind
from complaints.models import RedactedCopy
from egov.files.store import open_stored, read_checked
from egov.workflow.refusal import NotPermitted
from tests.complaints.test_planted_name import document
from tests.factories.letters import MONDAY_MORNING, LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory
from tests.factories.sealing import LAN, make_sealed_office

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("own_file_store"),
    pytest.mark.rule("complaints", 38),
]


@pytest.fixture
def office():
    return make_sealed_office(AgencyFactory())


@pytest.fixture
def letter(office):
    letter = MatterFactory(
        letter=LetterFactory(agency=office.agency, protected=True), kind="denunciation"
    ).letter
    seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    return letter


def added(actor, letter, title):
    content = io.BytesIO(document(title, "", author=LAN.name))
    return add_redacted_copy(actor, letter, file=content, filename=f"{LAN.name}.docx", at=MONDAY_MORNING)


def test_a_copy_is_called_by_the_code_and_numbered(office, letter):
    names = [added(office.keeper, letter, "Nội dung tố cáo").file_name for _time in range(2)]
    assert names == [f"{letter.code}-01.docx", f"{letter.code}-02.docx"]


def test_a_copy_that_still_names_is_refused(office, letter):
    with pytest.raises(NamesDenouncer):
        added(office.keeper, letter, f"Tôi là {LAN.name.upper()}")
    assert not RedactedCopy.objects.exists()


def test_an_original_lies_as_a_cipher_and_not_under_its_name(office, letter):
    content = document(LAN.name, LAN.address, author=LAN.name)
    record = seal_original(
        office.keeper, letter, file=io.BytesIO(content), filename=f"{LAN.name}.docx", at=MONDAY_MORNING
    )
    stored = read_checked(record.file)
    assert len(stored) == len(content) + 16
    assert content[:40] not in stored
    with open_stored(record.file) as stream:
        assert stream.read(4) != b"PK\x03\x04"


def test_who_works_on_it_adds_nothing(office, letter):
    for outsider in (appointed(office.agency, DutyKind.HANDLING), office.head, office.custodian):
        with pytest.raises(NotPermitted):
            added(outsider, letter, "x")
