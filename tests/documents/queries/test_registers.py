"""The registers: the law's columns in the law's order, on the page and in the PDF."""

from datetime import date

import pytest
from pypdfium2 import PdfDocument

from documents.enums import AssignmentRole, DeliveryState, DocumentState
from documents.models import Assignment, Delivery, Directive, Document, IncomingEntry
from documents.queries.registers import (
    FOLLOW_UP,
    FORMS,
    INCOMING,
    OUTGOING,
    Period,
    RegisterForm,
    register_pdf,
)
from egov.audit.models import AuditEvent
from egov.organizations.actor import Actor
from egov.workflow.refusal import NotPermitted
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import DocumentFactory, Office
from tests.factories.organizations import AgencyFactory, DepartmentFactory, MembershipFactory, actor_for

pytestmark = pytest.mark.django_db
YEAR = Period.year(2025)


def lines(form: RegisterForm, actor: Actor, period: Period = YEAR) -> list[tuple[str, ...]]:
    return form.rows(list(form.entries(actor, period)))


def headings(form: RegisterForm) -> list[str]:
    return [str(heading.text) for heading in form.headings]


@pytest.fixture
def registered(office: Office, cast: Cast) -> Delivery:
    """A document that Chi's commune has registered as number 3 and whose head it was presented to."""
    document = office.issued(at=NOW)
    Delivery.objects.filter(document=document).update(
        state=DeliveryState.PRESENTED,
        arrived_at=NOW,
        registered_at=NOW,
        presented_at=NOW,
        presented_to=MembershipFactory(leader=True, agency=cast.chi.agency, user__full_name="Vũ Thị Hạnh"),
        due_on=date(2025, 9, 30),
    )
    delivery = Delivery.objects.get(document=document)
    IncomingEntry.objects.create(
        delivery=delivery,
        agency=cast.chi.agency,
        year=2025,
        number=3,
        registered_by=cast.chi.membership,
        registered_at=NOW,
        note="Bản chính",
    )
    return delivery


@pytest.mark.rule("documents", 6)
class TestColumns:
    def test_the_register_of_outgoing_documents_has_its_ten(self, office: Office):
        assert headings(OUTGOING) == [
            "Số, ký hiệu văn bản",
            "Ngày tháng văn bản",
            "Tên loại và trích yếu nội dung văn bản",
            "Người ký",
            "Nơi nhận văn bản",
            "Đơn vị, người nhận bản lưu",
            "Số lượng bản",
            "Ngày chuyển",
            "Ký nhận",
            "Ghi chú",
        ]
        document = office.issued(at=NOW)
        assert lines(OUTGOING, office.registry) == [
            (
                "01/QĐ-UBND",
                "15/09/2025",
                f"Quyết định {document.abstract}",
                "Trần Văn Bình",
                "Ủy ban nhân dân xã Thụy Xuân",
                "Văn thư cơ quan",
                "1",
                "15/09/2025",
                "0/1",
                "",
            )
        ]

    def test_the_register_of_incoming_documents_has_its_ten(self, registered: Delivery, cast: Cast):
        assert headings(INCOMING) == [
            "Ngày đến",
            "Số đến",
            "Tác giả",
            "Số, ký hiệu văn bản",
            "Ngày tháng văn bản",
            "Tên loại và trích yếu nội dung văn bản",
            "Đơn vị hoặc người nhận",
            "Ngày chuyển",
            "Ký nhận",
            "Ghi chú",
        ]
        assert lines(INCOMING, cast.chi) == [
            (
                "15/09/2025",
                "03",
                "Ủy ban nhân dân tỉnh Thái Bình",
                "01/QĐ-UBND",
                "15/09/2025",
                f"Quyết định {registered.document.abstract}",
                "Vũ Thị Hạnh",
                "15/09/2025",
                "",
                "Bản chính",
            )
        ]

    def test_the_follow_up_register_has_its_seven(self, registered: Delivery, cast: Cast):
        assert headings(FOLLOW_UP) == [
            "Số đến",
            "Tên loại, số và ký hiệu, ngày tháng và cơ quan ban hành văn bản",
            "Đơn vị hoặc người nhận",
            "Thời hạn giải quyết",
            "Tiến độ giải quyết",
            "Số, ký hiệu văn bản trả lời",
            "Ghi chú",
        ]
        unit = DepartmentFactory(agency=cast.chi.agency, name="Công chức Văn phòng - Thống kê")
        directive = Directive.objects.create(
            delivery=registered, author=registered.presented_to, text="Tham mưu trả lời", at=NOW
        )
        Assignment.objects.create(directive=directive, role=AssignmentRole.LEAD, department=unit)
        answer = DocumentFactory(drafter=cast.chi.membership, answers=registered, notation="05/UBND")
        title = f"Quyết định {registered.document.abstract}"
        (line,) = lines(FOLLOW_UP, cast.chi)
        assert line == (
            "03",
            f"{title}; 01/QĐ-UBND ngày 15/09/2025; Ủy ban nhân dân tỉnh Thái Bình",
            "Công chức Văn phòng - Thống kê",
            "30/09/2025",
            "Đã trình, chờ chỉ đạo",
            "",
            "Bản chính",
        )
        Document.objects.filter(pk=answer.pk).update(
            state=DocumentState.ISSUED, number=5, dated_on=NOW.date(), file=registered.document.file
        )
        assert lines(FOLLOW_UP, cast.chi)[0][5] == "05/UBND"

    @pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
    def test_the_pdf_has_every_heading_in_order(self, registered: Delivery, cast: Cast, form: RegisterForm):
        reader = cast.an if form is OUTGOING else cast.chi
        pdf = PdfDocument(register_pdf(reader, form, YEAR))
        try:
            text = " ".join(pdf[0].get_textpage().get_text_bounded().split())
        finally:
            pdf.close()
        places = [text.find(heading.split()[0]) for heading in headings(form)]
        assert -1 not in places
        assert str(form.title).upper() in text.upper()
        assert "01/" in text
        assert AuditEvent.objects.filter(action="documents.print_register").count() == 1


def test_lines_cost_the_same_for_one_and_for_many(office: Office, django_assert_num_queries):
    for count in (1, 4):
        for _ in range(count):
            office.numbered(at=NOW)
        with django_assert_num_queries(4):
            lines(OUTGOING, office.registry)


def test_many_recipients_are_counted_by_level(office: Office):
    communes = AgencyFactory.create_batch(11, parent=office.registry.agency)
    Office(office.registry, office.signer, (*office.recipients, *communes)).numbered(at=NOW)
    assert lines(OUTGOING, office.registry)[0][4] == "Các cơ quan cấp xã (12 cơ quan)"


def test_a_period_holds_its_days_and_no_others(office: Office):
    office.numbered(at=NOW)
    assert len(lines(OUTGOING, office.registry, Period(NOW.date(), NOW.date()))) == 1
    assert lines(OUTGOING, office.registry, Period(date(2025, 9, 16), date(2025, 12, 31))) == []


@pytest.mark.rule("documents", 32)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_only_those_who_see_all_documents_see_a_register(office: Office, form: RegisterForm):
    here = office.registry.agency
    allowed = [office.registry, office.signer, actor_for(MembershipFactory(agency=here, office_head=True))]
    assert [len(lines(form, actor)) for actor in allowed] == [0, 0, 0]
    for trait in ("specialist", "agency_admin"):
        with pytest.raises(NotPermitted):
            lines(form, actor_for(MembershipFactory(agency=here, **{trait: True})))
