"""Drafts: facts, recipients by tree and group, files; and what is refused before anything is kept."""

from datetime import date, timedelta
from io import BytesIO

import pytest

from documents.actions.draft import (
    BODY_LENGTH,
    DraftContent,
    DraftNotAcceptable,
    RecipientNotAcceptable,
    SecretRefused,
    create_draft,
    edit_draft,
    set_recipients,
)
from documents.actions.draft_files import add_attachment, remove_attachment, upload_paper
from documents.enums import Circulation, DocumentState, Source, Urgency
from documents.models import Attachment, Document
from documents.queries.recipients import ALL, ALL_COMMUNES, ALL_DISTRICTS, RecipientChoice
from egov.files.models import StoredFile
from egov.files.refusals import FileRefused
from egov.files.secrecy import SecretDocument
from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import DocumentFactory, KindFactory, pdf_of
from tests.factories.organizations import AgencyFactory, DepartmentFactory, MembershipFactory, actor_for

pytestmark = pytest.mark.django_db


def content(**facts: object) -> DraftContent:
    return DraftContent(**{"kind": KindFactory(), "abstract": "Về việc phòng, chống bão số 5", **facts})


@pytest.fixture
def draft(cast: Cast) -> Document:
    return DocumentFactory(drafter=cast.an.membership)


class TestFacts:
    def test_a_draft_belongs_to_its_drafters_agency(self, cast: Cast):
        unit = DepartmentFactory(agency=cast.an.agency)
        document = create_draft(
            cast.an, content(urgency=Urgency.URGENT, department=unit, due_on=NOW.date()), at=NOW
        )
        assert (document.agency, document.drafter) == (cast.an.agency, cast.an.membership)
        assert (document.state, document.urgency) == (DocumentState.DRAFT, Urgency.URGENT)
        assert (document.author_name, document.department) == (cast.an.agency.name, unit)

    def test_the_abstract_is_cleaned(self, cast: Cast):
        document = create_draft(cast.an, content(abstract=" Về  việc\u202e \x00bão\n"), at=NOW)
        assert document.abstract == "Về việc bão"

    @pytest.mark.parametrize(
        ("facts", "words"),
        [
            ({"abstract": " \u200b "}, "trích yếu"),
            ({"abstract": "a" * 501}, "501"),
            ({"body": "a" * (BODY_LENGTH + 1)}, "quá dài"),
            ({"source": Source.PAPER}, "tải lên"),
            ({"due_on": date(2025, 9, 14)}, "quá khứ"),
        ],
    )
    def test_what_cannot_be_kept_is_said_in_words(self, cast: Cast, facts: dict[str, object], words: str):
        with pytest.raises(DraftNotAcceptable, match=words):
            create_draft(cast.an, content(**facts), at=NOW)

    def test_a_kind_out_of_force_is_refused(self, cast: Cast):
        old = KindFactory(code="GCK", valid_to=date(2025, 1, 1))
        with pytest.raises(DraftNotAcceptable, match="Loại văn bản"):
            create_draft(cast.an, content(kind=old), at=NOW)

    def test_a_unit_of_another_agency_is_refused(self, cast: Cast):
        with pytest.raises(DraftNotAcceptable, match="Đơn vị"):
            create_draft(cast.an, content(department=DepartmentFactory()), at=NOW)

    def test_only_the_drafter_edits_and_only_a_draft(self, cast: Cast, draft: Document):
        for other in (cast.binh, cast.chi, cast.dung, cast.em):
            with pytest.raises(NotPermitted):
                edit_draft(other, draft, content(), at=NOW)
        assert edit_draft(cast.an, draft, content(abstract="Mới"), at=NOW).abstract == "Mới"
        Document.objects.filter(pk=draft.pk).update(state=DocumentState.SUBMITTED)
        with pytest.raises(NotPermitted, match="không còn là dự thảo"):
            edit_draft(cast.an, draft, content(), at=NOW)

    def test_administrators_and_visitors_write_no_drafts(self, cast: Cast):
        admin = actor_for(MembershipFactory(agency=cast.an.agency, agency_admin=True))
        for actor in (admin, cast.em):
            with pytest.raises(NotPermitted):
                create_draft(actor, content(), at=NOW)


@pytest.mark.rule("documents", 30)
class TestSecrets:
    @pytest.mark.parametrize(
        "facts",
        [
            {"secrecy": "mat"},
            {"abstract": "Kế hoạch diễn tập (Mật)"},
            {"abstract": "Phương án tác chiến tối mật"},
            {"body": "Điều 1. Giao nhiệm vụ.\n\nTUYỆT MẬT\n\nĐiều 2. Thi hành."},
        ],
    )
    def test_a_marked_draft_is_refused_and_nothing_is_kept(self, cast: Cast, facts: dict[str, object]):
        with pytest.raises(SecretRefused, match="bí mật nhà nước"):
            create_draft(cast.an, content(**facts), at=NOW)
        assert not Document.objects.exists()

    def test_an_edit_that_adds_a_mark_changes_nothing(self, cast: Cast, draft: Document):
        with pytest.raises(SecretRefused):
            edit_draft(cast.an, draft, content(abstract="MẬT - Báo cáo"), at=NOW)
        draft.refresh_from_db()
        assert "MẬT" not in draft.abstract

    def test_a_stamped_pdf_is_refused_and_nothing_is_kept(self, cast: Cast, draft: Document):
        with pytest.raises(SecretDocument):
            upload_paper(
                cast.an, draft, file=pdf_of("Kế hoạch", "TỐI MẬT", "Nội dung"), filename="a.pdf", at=NOW
            )
        draft.refresh_from_db()
        assert (draft.source, draft.file, StoredFile.objects.count()) == (Source.COMPOSED, None, 0)

    def test_a_file_name_counts_as_a_mark(self, cast: Cast, draft: Document):
        with pytest.raises(SecretRefused):
            add_attachment(cast.an, draft, file=pdf_of("Phụ lục"), filename="Kế hoạch (mật).pdf", at=NOW)
        assert not StoredFile.objects.exists()


class TestFiles:
    def test_an_uploaded_pdf_becomes_the_paper(self, cast: Cast, draft: Document):
        document = upload_paper(cast.an, draft, file=pdf_of("Công văn"), filename="cv.pdf", at=NOW)
        assert (document.source, document.body, document.page_count) == (Source.UPLOADED, "", 1)
        assert document.file == document.uploaded_file

    def test_composing_again_lets_the_pdf_go(self, cast: Cast, draft: Document):
        upload_paper(cast.an, draft, file=pdf_of("Công văn"), filename="cv.pdf", at=NOW)
        document = edit_draft(cast.an, draft, content(body="Điều 1. Thi hành."), at=NOW)
        assert (document.source, document.file, document.page_count) == (Source.COMPOSED, None, 0)

    @pytest.mark.parametrize("bytes_", [b"", b"hello", b"%PDF-1.7\n%%EOF"])
    def test_what_is_no_pdf_is_refused_in_words(self, cast: Cast, draft: Document, bytes_: bytes):
        with pytest.raises(FileRefused):
            upload_paper(cast.an, draft, file=BytesIO(bytes_), filename="a.pdf", at=NOW)
        assert not StoredFile.objects.exists()

    def test_attachments_keep_their_order_and_a_clean_name(self, cast: Cast, draft: Document):
        add_attachment(cast.an, draft, file=pdf_of("Một"), filename="../../\u202eBiểu mẫu 1.pdf", at=NOW)
        add_attachment(cast.an, draft, file=pdf_of("Hai"), filename="Biểu mẫu 2.pdf", at=NOW)
        rows = Attachment.objects.values_list("ordinal", "name")
        assert list(rows) == [(1, "Biểu mẫu 1.pdf"), (2, "Biểu mẫu 2.pdf")]

    def test_the_same_attachment_twice_is_refused(self, cast: Cast, draft: Document):
        file = pdf_of("Một")
        add_attachment(cast.an, draft, file=file, filename="a.pdf", at=NOW)
        with pytest.raises(DraftNotAcceptable, match="đã có"):
            add_attachment(cast.an, draft, file=file, filename="b.pdf", at=NOW)

    def test_an_attachment_is_taken_off_by_the_drafter_only(self, cast: Cast, draft: Document):
        kept = add_attachment(cast.an, draft, file=pdf_of("Một"), filename="a.pdf", at=NOW)
        with pytest.raises(NotPermitted):
            remove_attachment(cast.binh, draft, attachment_id=kept.pk, at=NOW)
        remove_attachment(cast.an, draft, attachment_id=kept.pk, at=NOW)
        remove_attachment(cast.an, draft, attachment_id=kept.pk, at=NOW)
        assert not Attachment.objects.exists()

    def test_an_attachment_of_another_document_stays(self, cast: Cast, draft: Document):
        other = DocumentFactory(drafter=cast.an.membership)
        kept = add_attachment(cast.an, other, file=pdf_of("Một"), filename="a.pdf", at=NOW)
        remove_attachment(cast.an, draft, attachment_id=kept.pk, at=NOW)
        assert Attachment.objects.filter(pk=kept.pk).exists()


class TestRecipients:
    @pytest.fixture
    def tree(self, cast: Cast) -> dict[str, Agency]:
        """Two districts below the province, two agencies of a commune below each, and one that has closed."""
        made = {}
        for number in (1, 2):
            district = AgencyFactory(district=True, parent=cast.an.agency)
            made[f"district{number}"] = district
            made[f"commune{number}"] = AgencyFactory(parent=district)
            made[f"party{number}"] = AgencyFactory(parent=district, kind=AgencyKind.PARTY_COMMITTEE)
        made["closed"] = AgencyFactory(closed=True, parent=made["district1"])
        return made

    def chosen(self, draft: Document) -> set[int]:
        return set(draft.recipients.values_list("agency_id", flat=True))

    def test_shortcuts(self, cast: Cast, draft: Document, tree: dict[str, Agency]):
        communes = {tree[name].pk for name in ("commune1", "party1", "commune2", "party2")}
        assert set_recipients(cast.an, draft, ALL_COMMUNES, at=NOW) == 5
        assert self.chosen(draft) == communes | {cast.chi.agency.pk}
        set_recipients(cast.an, draft, ALL_DISTRICTS, at=NOW)
        assert self.chosen(draft) == {tree["district1"].pk, tree["district2"].pk}
        everybody = communes | {cast.chi.agency.pk, cast.dung.agency.pk}
        set_recipients(cast.an, draft, ALL, at=NOW)
        assert self.chosen(draft) == everybody | {tree["district1"].pk, tree["district2"].pk}

    def test_below_a_node_and_by_kind(self, cast: Cast, draft: Document, tree: dict[str, Agency]):
        set_recipients(cast.an, draft, RecipientChoice(below_id=tree["district1"].pk), at=NOW)
        assert self.chosen(draft) == {tree["commune1"].pk, tree["party1"].pk}
        committees = RecipientChoice(levels=(Level.COMMUNE,), kinds=(AgencyKind.PARTY_COMMITTEE,))
        set_recipients(cast.an, draft, committees, at=NOW)
        assert self.chosen(draft) == {tree["party1"].pk, tree["party2"].pk}

    def test_a_group_and_single_agencies_together(self, cast: Cast, draft: Document, tree: dict[str, Agency]):
        choice = RecipientChoice(agency_ids=frozenset({cast.dung.agency.pk}), levels=(Level.DISTRICT,))
        assert set_recipients(cast.an, draft, choice, at=NOW) == 3

    def test_a_node_without_a_place_has_nothing_below(self, cast: Cast, draft: Document):
        assert set_recipients(cast.an, draft, RecipientChoice(below_id=0), at=NOW) == 0

    def test_never_the_own_agency(self, cast: Cast, draft: Document):
        with pytest.raises(RecipientNotAcceptable, match="chính cơ quan"):
            set_recipients(cast.an, draft, RecipientChoice(agency_ids=frozenset({cast.an.agency.pk})), at=NOW)
        set_recipients(cast.an, draft, ALL, at=NOW)
        assert cast.an.agency.pk not in self.chosen(draft)

    def test_one_that_closed_yesterday_is_named(self, cast: Cast, draft: Document):
        commune = cast.chi.agency
        commune.valid_to = (NOW - timedelta(days=1)).date()
        commune.save()
        with pytest.raises(RecipientNotAcceptable, match=commune.name):
            set_recipients(cast.an, draft, RecipientChoice(agency_ids=frozenset({commune.pk})), at=NOW)

    def test_one_that_never_existed_is_refused(self, cast: Cast, draft: Document):
        with pytest.raises(RecipientNotAcceptable, match="không tồn tại"):
            set_recipients(cast.an, draft, RecipientChoice(agency_ids=frozenset({0})), at=NOW)

    def test_choosing_again_replaces_and_costs_the_same_for_many(
        self, cast: Cast, draft: Document, tree: dict[str, Agency], django_assert_max_num_queries
    ):
        set_recipients(cast.an, draft, ALL_COMMUNES, at=NOW)
        AgencyFactory.create_batch(30, parent=tree["district1"])
        with django_assert_max_num_queries(10):
            assert set_recipients(cast.an, draft, ALL_COMMUNES, at=NOW) == 35
        set_recipients(cast.an, draft, RecipientChoice(), at=NOW)
        assert self.chosen(draft) == set()

    def test_only_the_drafter_chooses(self, cast: Cast, draft: Document):
        with pytest.raises(NotPermitted):
            set_recipients(cast.dung, draft, ALL, at=NOW)


def test_circulation_marks_are_kept(cast: Cast):
    document = create_draft(cast.an, content(circulation=Circulation.INTERNAL), at=NOW)
    assert document.circulation == Circulation.INTERNAL
