"""The registry signs for the agency: over the signature of the competent person, and never without it."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from documents.actions.ceremony import agency_key, personal_key
from documents.actions.draft_files import add_attachment
from documents.actions.number import number
from documents.actions.paper import read_paper
from documents.actions.seal import AgencyEnded, seal, seal_batch, seal_with_key
from documents.actions.sign import sign
from documents.actions.submit import submit
from documents.enums import DocumentState
from documents.models import Document
from egov.files.store import put, read_checked
from egov.organizations.models import Membership
from egov.signing.refusals import CertificateNotUsable, PersonalSignatureMissing, WrongPin
from egov.signing.sign import is_incremental_update
from egov.signing.verify import verify
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import PIN, Office, pdf_of
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db


def test_both_signatures_stand_on_the_paper_and_hold(office: Office):
    numbered = office.numbered(at=NOW)
    before = read_paper(numbered)
    sealed = seal(office.registry, numbered, pin=PIN, at=NOW)
    found = verify(read_paper(sealed), at=NOW)
    assert found.is_valid
    assert found.personal.signer == "Trần Văn Bình"
    assert found.agency.agency_code == office.registry.agency.code
    assert is_incremental_update(before, read_paper(sealed))
    assert (sealed.state, sealed.sealed_at) == (DocumentState.SEALED, NOW)


@pytest.mark.rule("documents", 7)
class TestOnlyOverAPersonalSignature:
    def test_an_unsigned_paper_is_not_sealed(self, office: Office):
        document = office.submitted(at=NOW)
        Document.objects.filter(pk=document.pk).update(
            state=DocumentState.NUMBERED, number=1, dated_on=NOW.date(), signed_at=NOW
        )
        with pytest.raises(PersonalSignatureMissing):
            seal(office.registry, document, pin=PIN, at=NOW)

    def test_a_paper_that_was_changed_after_signing_is_not_sealed(self, office: Office):
        document = office.numbered(at=NOW)
        changed = read_paper(document).replace(b"/Producer", b"/Producet", 1)
        Document.objects.filter(pk=document.pk).update(file=put(changed, media_type="application/pdf"))
        with pytest.raises(PersonalSignatureMissing):
            seal(office.registry, document, pin=PIN, at=NOW)

    def test_the_signature_of_somebody_else_is_not_enough(self, office: Office, cast: Cast):
        document = office.numbered(at=NOW)
        deputy = Membership.objects.get(pk=cast.dung.membership.pk)
        Document.objects.filter(pk=document.pk).update(signer=deputy)
        with pytest.raises(PersonalSignatureMissing, match="không phải của người được trình ký"):
            seal(office.registry, document, pin=PIN, at=NOW)

    def test_the_signature_of_a_person_who_was_not_competent_is_not_enough(self, office: Office):
        document = office.numbered(at=NOW)
        Membership.objects.filter(pk=office.signer.membership.pk).update(is_head=False)
        with pytest.raises(PersonalSignatureMissing, match="người đứng đầu"):
            seal(office.registry, document, pin=PIN, at=NOW)

    def test_whoever_left_office_after_signing_was_competent(self, office: Office):
        document = office.numbered(at=NOW)
        Membership.objects.filter(pk=office.signer.membership.pk).update(
            valid_to=(NOW + timedelta(days=1)).date()
        )
        assert (
            seal(office.registry, document, pin=PIN, at=NOW + timedelta(days=1)).state == DocumentState.SEALED
        )


@pytest.mark.parametrize("who", ["binh", "chi", "dung", "em"])
@pytest.mark.rule("documents", 9)
def test_only_the_registry_of_that_agency(office: Office, cast: Cast, who: str):
    document = office.numbered(at=NOW)
    with agency_key(office.registry, pin=PIN, at=NOW) as key, pytest.raises(NotPermitted):
        seal_with_key(getattr(cast, who), document, key=key, at=NOW)


def test_only_with_the_key_of_that_agency(office: Office):
    document = office.numbered(at=NOW)
    with personal_key(office.signer, pin=PIN, at=NOW) as key, pytest.raises(CertificateNotUsable):
        seal_with_key(office.registry, document, key=key, at=NOW)


def test_a_wrong_pin_seals_nothing(office: Office):
    document = office.numbered(at=NOW)
    with pytest.raises(WrongPin):
        seal(office.registry, document, pin="000000", at=NOW)


def test_an_agency_that_ended_seals_nothing(office: Office):
    document = office.numbered(at=NOW)
    agency = office.registry.agency
    agency.valid_to = NOW.date()
    agency.save()
    with pytest.raises(AgencyEnded):
        seal(office.registry, document, pin=PIN, at=NOW)


@pytest.mark.rule("documents", 13)
def test_a_pdf_attachment_is_signed_top_right_without_a_picture(office: Office):
    document = office.draft()
    add_attachment(office.registry, document, file=pdf_of("Phụ lục"), filename="Phụ lục 1.pdf", at=NOW)
    submit(office.registry, document, signer=office.signer.membership, capacity=office.capacity, at=NOW)
    sign(office.signer, document, pin=PIN, at=NOW)
    number(office.registry, document, at=NOW)
    sealed = seal(office.registry, document, pin=PIN, at=NOW)
    content = read_checked(sealed.attachments.get().file)
    (signature,) = verify(content, at=NOW).signatures
    assert signature.agency_code == office.registry.agency.code
    with pikepdf.open(BytesIO(content)) as opened:
        (field,) = opened.Root.AcroForm.Fields
        left, bottom, _right, _top = (float(value) for value in field.Rect)
        page = [float(value) for value in opened.pages[0].MediaBox]
        assert left > page[2] / 2
        assert bottom > page[3] * 0.9
        assert "/XObject" not in field.AP.N.Resources


def test_a_batch_says_for_each_what_happened(office: Office):
    ready, unsigned = office.numbered(at=NOW), office.submitted(at=NOW)
    Document.objects.filter(pk=unsigned.pk).update(state=DocumentState.SIGNED, signed_at=NOW)
    results = seal_batch(office.registry, [unsigned.pk, ready.pk], pin=PIN, at=NOW)
    assert [result.done for result in results] == [False, True]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_seals_once(office: Office):
    document = office.numbered(at=NOW)
    outcomes = at_once(lambda _: seal(office.registry, document, pin=PIN, at=NOW), range(3), threads=3)
    assert len([outcome for outcome in outcomes if isinstance(outcome, NotPermitted)]) == 2
    document.refresh_from_db()
    assert len(verify(read_paper(document), at=NOW).signatures) == 2
