"""The QR code of a slip: the applicant's way to the lookup, the secret on the receipt alone."""

import pytest

from onestop.actions.issue_form import issue_form
from onestop.actions.receive import receive
from onestop.enums import FormKind
from onestop.models import Dossier
from onestop.queries.dossiers import dossiers, found
from onestop.queries.slip_code import SlipCode, lookup_address, read_slip
from tests.conftest import MONDAY_MORNING
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory

PORTAL = "https://dichvucong.example"
CODE = "000.00.00.H54-250915-0001"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(settings) -> Unit:
    settings.PORTAL_URL = PORTAL
    return make_unit()


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    return receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=MONDAY_MORNING)


def test_what_leads_there_is_read_again():
    assert read_slip(f"{PORTAL}/lookup/#{CODE}/K7QM") == SlipCode(CODE, "K7QM")
    assert read_slip(f" {CODE}\r\n") == SlipCode(CODE)


@pytest.mark.parametrize("text", ["", "\0\x1b", "#", "#/", "/" * 500, "x" * 10_000, f"{CODE}/K7QM"])
def test_nonsense_is_read_as_a_code_that_nobody_has(text):
    assert read_slip(text).secret == ""


def test_without_a_portal_the_slip_says_its_code(settings):
    settings.PORTAL_URL = ""
    assert lookup_address(CODE, "K7QM") == CODE


def test_the_secret_is_behind_the_mark_that_browsers_keep_to_themselves(unit, dossier):
    text = dossier.forms.get().content["qr_text"]
    assert text == f"{PORTAL}/lookup/#{dossier.code}/{dossier.secret}"


def test_other_slips_carry_no_secret_and_the_control_slip_stays_inside(unit, dossier):
    texts = {
        kind: issue_form(unit.counter, dossier, kind, {"reason": "Lý do"}, at=MONDAY_MORNING).content[
            "qr_text"
        ]
        for kind in (FormKind.REFUSAL, FormKind.APOLOGY, FormKind.CONTROL)
    }
    assert texts == {
        FormKind.REFUSAL: f"{PORTAL}/lookup/#{dossier.code}",
        FormKind.APOLOGY: f"{PORTAL}/lookup/#{dossier.code}",
        FormKind.CONTROL: dossier.code,
    }


def test_the_office_finds_a_dossier_by_its_scanned_slip(unit, dossier):
    scanned = dossier.forms.get().content["qr_text"]
    assert list(found(dossiers(unit.counter), scanned)) == [dossier]
