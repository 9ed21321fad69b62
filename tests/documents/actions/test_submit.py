"""A draft is presented to its signer: complete, competent, set as paper; and comes back when it must."""

from datetime import timedelta

import pytest
from pypdfium2 import PdfDocument

from documents.actions.draft_files import upload_paper
from documents.actions.paper import read_paper
from documents.actions.sign import sign
from documents.actions.submit import DraftIncomplete, SignerNotCompetent, submit
from documents.actions.withdraw import ReasonMissing, return_to_drafter, withdraw
from documents.enums import DocumentState, Source
from documents.exchange.routing import RecipientEnded
from documents.models import Document
from egov.notifications.models import Notification
from egov.organizations.enums import Capacity
from egov.printing.typesetter import UnprintableText
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import PIN, Office, pdf_of
from tests.factories.organizations import AgencyFactory, DepartmentFactory, MembershipFactory, actor_for
from tests.support.parallel import at_once

pytestmark = pytest.mark.django_db


def text_of(document: Document) -> str:
    pdf = PdfDocument(read_paper(document))
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    finally:
        pdf.close()


def present(office: Office, document: Document, **choice: object) -> Document:
    chosen = {"signer": office.signer.membership, "capacity": office.capacity, "at": NOW, **choice}
    return submit(office.registry, document, **chosen)


def test_a_composed_draft_is_set_in_the_form_of_the_decree(office: Office):
    document = office.submitted(at=NOW)
    text = text_of(document)
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "/QĐ-UBND", "QUYẾT ĐỊNH", "TM. ỦY BAN NHÂN DÂN"):
        assert words in text
    for words in ("CHỦ TỊCH", "Trần Văn Bình", "Ủy ban nhân dân xã Thụy Xuân", "Lưu: VT"):
        assert words in text
    assert (document.state, document.page_count) == (DocumentState.SUBMITTED, 1)
    told = Notification.objects.get(event="documents.submitted")
    assert (told.member, told.subject_id) == (office.signer.membership, document.pk)


def test_a_letter_names_its_unit_and_its_addressees(office: Office):
    unit = DepartmentFactory(agency=office.registry.agency, abbreviation="NC")
    document = office.submitted(at=NOW, letter=True, department=unit)
    text = text_of(document)
    for words in ("/UBND-NC", "V/v", "Kính gửi: Ủy ban nhân dân xã Thụy Xuân", "Như trên", "Lưu: VT, NC"):
        assert words in text
    assert "V/v rà soát" in text


def test_a_deputy_signs_below_the_head_and_the_collective(office: Office):
    deputy = MembershipFactory(deputy=True, agency=office.registry.agency)
    text = text_of(present(office, office.draft(), signer=deputy, capacity=Capacity.KT))
    assert text.index("TM. ỦY BAN NHÂN DÂN") < text.index("KT. CHỦ TỊCH") < text.index("PHÓ CHỦ TỊCH")


def test_many_recipients_are_counted_by_level(office: Office):
    communes = AgencyFactory.create_batch(11, parent=office.registry.agency)
    many = Office(office.registry, office.signer, (*office.recipients, *communes))
    assert "Các cơ quan cấp xã (12 cơ quan)" in text_of(many.submitted(at=NOW))


def test_an_uploaded_paper_keeps_its_pages(office: Office):
    document = office.draft()
    upload_paper(office.registry, document, file=pdf_of("Công văn đã soạn"), filename="cv.pdf", at=NOW)
    submitted = present(office, document)
    assert submitted.file != submitted.uploaded_file
    assert "Công văn đã soạn" in text_of(submitted)


class TestComplete:
    def test_a_recipient_is_needed(self, office: Office):
        document = office.draft()
        document.recipients.all().delete()
        with pytest.raises(DraftIncomplete, match="nơi nhận"):
            present(office, document)

    def test_a_text_is_needed(self, office: Office):
        with pytest.raises(DraftIncomplete, match="nội dung"):
            present(office, office.draft(body=" \n "))

    def test_an_uploaded_paper_is_needed(self, office: Office):
        with pytest.raises(DraftIncomplete, match="PDF"):
            present(office, office.draft(source=Source.UPLOADED, body=""))

    def test_what_cannot_be_printed_is_named(self, office: Office):
        document = office.draft(body="Chúc mừng 🎉")
        with pytest.raises(UnprintableText, match="🎉"):
            present(office, document)
        document.refresh_from_db()
        assert (document.state, document.file) == (DocumentState.DRAFT, None)

    def test_a_recipient_that_closed_yesterday_is_named(self, office: Office):
        document = office.draft()
        closed = office.recipients[0]
        closed.valid_to = (NOW - timedelta(days=1)).date()
        closed.save()
        with pytest.raises(RecipientEnded, match=closed.name):
            present(office, document)


@pytest.mark.rule("documents", 36)
class TestSigner:
    @pytest.mark.parametrize("capacity", [Capacity.OWN, Capacity.KT, Capacity.TL, Capacity.TUQ, Capacity.Q])
    def test_a_head_of_a_collective_is_offered_no_other_capacity(self, office: Office, capacity: Capacity):
        with pytest.raises(SignerNotCompetent):
            present(office, office.draft(), capacity=capacity)

    def test_a_leader_of_another_agency_is_refused(self, office: Office):
        with pytest.raises(SignerNotCompetent):
            present(office, office.draft(), signer=MembershipFactory(leader=True))

    def test_only_the_drafter_submits(self, office: Office, cast: Cast):
        document = office.draft()
        for other in (cast.binh, cast.chi, cast.dung, cast.em):
            with pytest.raises(NotPermitted):
                submit(other, document, signer=office.signer.membership, capacity=Capacity.TM, at=NOW)


class TestBack:
    def test_the_drafter_withdraws_and_submits_again(self, office: Office):
        document = withdraw(office.registry, office.submitted(at=NOW), at=NOW)
        assert (document.state, document.file) == (DocumentState.DRAFT, None)
        assert present(office, document).state == DocumentState.SUBMITTED

    def test_the_signer_returns_with_a_reason(self, office: Office):
        document = return_to_drafter(
            office.signer, office.submitted(at=NOW), reason="Thiếu căn cứ pháp lý", at=NOW
        )
        assert document.state == DocumentState.DRAFT
        assert document.changes.last().note == "Thiếu căn cứ pháp lý"
        told = Notification.objects.get(event="documents.returned_to_drafter")
        assert told.member == document.drafter
        assert "Thiếu căn cứ pháp lý" in told.text

    def test_a_return_needs_its_reason(self, office: Office):
        document = office.submitted(at=NOW)
        with pytest.raises(ReasonMissing):
            return_to_drafter(office.signer, document, reason=" \u200b", at=NOW)

    def test_an_uploaded_paper_starts_anew_from_what_was_uploaded(self, office: Office):
        draft = upload_paper(
            office.registry, office.draft(), file=pdf_of("Công văn"), filename="cv.pdf", at=NOW
        )
        signed = sign(office.signer, present(office, draft), pin=PIN, at=NOW)
        assert signed.file != draft.file
        back = return_to_drafter(office.registry, signed, reason="Sai thể thức", at=NOW)
        assert back.file == draft.file
        assert (back.signed_at, back.signer_name) == (None, "")
        assert sign(office.signer, present(office, back), pin=PIN, at=NOW).state == DocumentState.SIGNED

    def test_a_number_is_never_taken_back(self, office: Office):
        document = office.numbered(at=NOW)
        for actor in (office.registry, office.signer):
            with pytest.raises(NotPermitted):
                return_to_drafter(actor, document, reason="Nhầm", at=NOW)

    def test_others_do_not_return(self, office: Office, cast: Cast):
        document = office.signed(at=NOW)
        drafter = actor_for(MembershipFactory(agency=office.registry.agency))
        for actor in (cast.chi, cast.dung, cast.em, drafter):
            with pytest.raises(NotPermitted):
                return_to_drafter(actor, document, reason="Nhầm", at=NOW)


@pytest.mark.django_db(transaction=True)
def test_a_double_click_submits_once(office: Office):
    document = office.draft()
    outcomes = at_once(lambda _: present(office, document), range(3), threads=3)
    assert len([outcome for outcome in outcomes if isinstance(outcome, NotPermitted)]) == 2
    assert document.changes.count() == 1
