"""Slips that go out electronically carry the agency's signature where it has a certificate, and say so."""

from collections.abc import Callable

import pytest
from django.db import Error, transaction
from django.test import Client

from egov.files.store import read_checked
from egov.signing.verification import Status
from egov.workflow.refusal import NotPermitted
from onestop.actions.accept_filing import accept_filing
from onestop.actions.file_online import file_online
from onestop.actions.print_form import print_form
from onestop.actions.receive import receive
from onestop.actions.seal_slip import NoSeal, seal_slips
from onestop.models import IssuedForm
from onestop.public import DossierUnknown, Identity, my_dossier_page, my_slip
from onestop.queries.sealing import seal_on, slips_to_seal
from onestop.rules import Citizen
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import PIN, give_key
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.actions.test_online_filing import online
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust")]
CITIZEN = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=2)


@pytest.fixture
def unit() -> Unit:
    return make_unit()


@pytest.fixture
def slip(unit: Unit) -> IssuedForm:
    """The receipt of a dossier that was filed online and taken in."""
    return accept_filing(unit.counter, file_online(CITIZEN, online(unit), at=NOW), at=NOW).forms.get()


@pytest.mark.rule("onestop", 13)
def test_the_registry_signs_it_and_the_paper_before_stays(unit: Unit, slip: IssuedForm):
    give_key(at=NOW, agency=unit.agency)
    before = read_checked(print_form(unit.counter, slip, at=NOW).file)
    assert list(slips_to_seal(unit.registry)) == [slip]
    assert [one.refusal for one in seal_slips(unit.registry, [slip], pin=PIN, at=NOW)] == [""]
    slip.refresh_from_db()
    assert not slips_to_seal(unit.registry).exists()
    assert (slip.sealed_at, slip.sealed_by) == (NOW, unit.registry.membership)
    assert read_checked(slip.file) == before
    signed = read_checked(slip.sealed_file)
    assert signed.startswith(before)
    verification = seal_on(slip, at=NOW)
    (signature,) = verification.signatures
    assert signature.status == Status.VALID
    assert unit.agency.name in signature.sentence
    assert slip.dossier.code in text_of(signed)
    with pytest.raises(Error, match="Cannot"), transaction.atomic():
        IssuedForm.objects.filter(pk=slip.pk).update(sealed_by=unit.leader.membership)


def test_without_a_usable_certificate_it_stays_unsigned(unit: Unit, slip: IssuedForm):
    with pytest.raises(NoSeal, match="chưa có chữ ký số"):
        seal_slips(unit.registry, [slip], pin=PIN, at=NOW)
    assert seal_on(slip, at=NOW) is None


def test_nobody_else_signs_and_nothing_is_signed_twice(unit: Unit, slip: IssuedForm):
    give_key(at=NOW, agency=unit.agency)
    stranger = make_unit()
    give_key(at=NOW, agency=stranger.agency)
    on_paper = receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW).forms.get()
    for actor in (unit.counter, unit.leader, stranger.registry):
        (refused,) = seal_slips(actor, [slip], pin=PIN, at=NOW)
        assert "Chỉ văn thư" in refused.refusal
    for actor in (unit.counter, unit.leader):
        with pytest.raises(NotPermitted):
            slips_to_seal(actor)
    (paper,) = seal_slips(unit.registry, [on_paper], pin=PIN, at=NOW)
    assert "ký trên giấy" in paper.refusal
    seal_slips(unit.registry, [slip], pin=PIN, at=NOW)
    (again,) = seal_slips(unit.registry, [IssuedForm.objects.get(pk=slip.pk)], pin=PIN, at=NOW)
    assert "đã được ký số" in again.refusal


def test_on_its_page_many_are_signed_with_one_pin(
    unit: Unit, slip: IssuedForm, sign_in: Callable[..., Client], clock
):
    registry = sign_in(unit.registry)
    address, signature = "/counter/slips/to-sign/", f"/counter/slips/{slip.pk}/signature/"
    assert "chưa có chứng thư số còn hiệu lực" in registry.get(address).content.decode()
    assert "chưa có chữ ký số của cơ quan" in registry.get(signature).content.decode()
    assert "chưa ký số" in registry.get(f"/dossiers/{slip.dossier_id}/").content.decode()
    give_key(at=NOW, agency=unit.agency)
    assert registry.post(address, {"slips": ["x"], "pin": PIN}).status_code == 422
    wrong = registry.post(address, {"slips": [str(slip.pk)], "pin": "0000"})
    assert wrong.status_code == 422
    done = registry.post(address, {"slips": [str(slip.pk)], "pin": PIN}, follow=True)
    assert "Đã ký số 1 phiếu." in done.content.decode()
    assert "Không có phiếu nào chờ ký số." in done.content.decode()
    page = registry.get(signature).content.decode()
    assert unit.agency.name in page
    assert "check-yes" in page
    printed = b"".join(registry.get(f"/counter/slips/{slip.pk}/").streaming_content)
    slip.refresh_from_db()
    assert printed == read_checked(slip.sealed_file)
    assert sign_in(unit.counter).get(address).status_code == 403


def test_its_applicant_has_it_with_the_signature_and_nobody_else(unit: Unit, slip: IssuedForm):
    em = Identity(personal_number=OWNER_NUMBER, name="Vũ Thị Em", level=2)
    code = slip.dossier.code
    (before,) = my_dossier_page(OWNER_NUMBER, code).slips
    assert (before.number, before.signed_at) == (slip.content["number"], None)
    give_key(at=NOW, agency=unit.agency)
    seal_slips(unit.registry, [slip], pin=PIN, at=NOW)
    (after,) = my_dossier_page(OWNER_NUMBER, code).slips
    assert after.signed_at == NOW
    slip.refresh_from_db()
    assert my_slip(em, code, slip.pk, at=NOW).content == read_checked(slip.sealed_file)
    with pytest.raises(DossierUnknown):
        my_dossier_page("034190009999", code)
    with pytest.raises(DossierUnknown):
        my_slip(em, code, slip.pk + 1, at=NOW)
