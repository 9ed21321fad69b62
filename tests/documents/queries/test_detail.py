"""Reading a document: by those who may, and always with a line in the audit log."""

import pytest

from documents.actions.draft_files import add_attachment
from documents.queries.detail import DocumentNotFound, read_document, read_file, signatures
from egov.audit.models import AuditEvent
from egov.signing.verification import Status
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import DocumentFactory, Office, pdf_of
from tests.factories.organizations import MembershipFactory, actor_for

pytestmark = pytest.mark.django_db


@pytest.mark.rule("documents", 31)
class TestAudited:
    def test_every_read_of_a_document_is_recorded(self, cast: Cast):
        document = DocumentFactory(drafter=cast.an.membership)
        read_document(cast.an, document.pk)
        read_document(cast.an, document.pk)
        events = AuditEvent.objects.filter(action="documents.read", subject_id=str(document.pk))
        assert [event.user_id for event in events] == [cast.an.user_id] * 2

    def test_every_read_of_a_file_is_recorded_with_its_hash(self, office: Office):
        document = office.numbered(at=NOW)
        readable = read_file(office.registry, document.pk)
        event = AuditEvent.objects.get(action="documents.read_file")
        assert event.details == {"file": "01-QĐ-UBND.pdf", "sha256": document.file.sha256}
        assert (readable.stored, readable.name) == (document.file, "01-QĐ-UBND.pdf")

    def test_an_attachment_keeps_its_own_name(self, cast: Cast):
        document = DocumentFactory(drafter=cast.an.membership)
        kept = add_attachment(cast.an, document, file=pdf_of("Một"), filename="Biểu mẫu.pdf", at=NOW)
        assert read_file(cast.an, document.pk, attachment_id=kept.pk).name == "Biểu mẫu.pdf"


@pytest.mark.rule("documents", 32)
class TestHidden:
    @pytest.mark.parametrize("who", ["binh", "chi", "dung", "em"])
    def test_a_draft_is_its_drafters_own(self, cast: Cast, who: str):
        document = DocumentFactory(drafter=cast.an.membership)
        for read in (read_document, read_file):
            with pytest.raises(DocumentNotFound):
                read(getattr(cast, who), document.pk)
        assert not AuditEvent.objects.filter(action__startswith="documents.read").exists()

    def test_a_recipient_sees_nothing_before_it_has_arrived(self, office: Office, cast: Cast):
        document = office.issued(at=NOW)
        for actor in (cast.chi, cast.dung):
            with pytest.raises(DocumentNotFound):
                read_document(actor, document.pk)

    def test_colleagues_without_a_part_in_it_see_nothing(self, office: Office):
        document = office.numbered(at=NOW)
        colleague = actor_for(MembershipFactory(agency=office.registry.agency))
        admin = actor_for(MembershipFactory(agency=office.registry.agency, agency_admin=True))
        for actor in (colleague, admin):
            with pytest.raises(DocumentNotFound):
                read_document(actor, document.pk)

    def test_what_does_not_exist_and_what_is_hidden_sound_the_same(self, cast: Cast):
        hidden = DocumentFactory(drafter=cast.an.membership)
        sentences = set()
        for key in (hidden.pk, 0):
            with pytest.raises(DocumentNotFound) as refusal:
                read_document(cast.dung, key)
            sentences.add(str(refusal.value))
        assert len(sentences) == 1

    def test_an_attachment_is_not_reached_through_another_document(self, cast: Cast):
        mine, hidden = (
            DocumentFactory(drafter=cast.dung.membership),
            DocumentFactory(drafter=cast.an.membership),
        )
        kept = add_attachment(cast.an, hidden, file=pdf_of("Một"), filename="a.pdf", at=NOW)
        with pytest.raises(DocumentNotFound):
            read_file(cast.dung, mine.pk, attachment_id=kept.pk)


def test_signatures_are_told_from_the_first_one_on(office: Office):
    assert signatures(office.submitted(at=NOW), at=NOW) is None
    assert signatures(office.sealed(at=NOW), at=NOW).status == Status.VALID
