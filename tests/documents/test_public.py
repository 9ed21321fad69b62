"""Other apps have a paper made by the same rules, without touching a row."""

from dataclasses import fields, is_dataclass, replace

import pytest
from django.db.models import Model

from documents import public
from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.actions.submit import SignerNotCompetent
from documents.actions.withdraw import return_to_drafter
from documents.models import Document
from documents.public import (
    Attached,
    PaperNotRequestable,
    PaperRequest,
    paper_file,
    paper_status,
    request_paper,
)
from documents.queries.detail import DocumentNotFound
from egov.organizations.enums import Capacity
from egov.signing.verify import verify
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.documents import PIN, KindFactory, Office, pdf_of
from tests.factories.organizations import DepartmentFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(office: Office) -> PaperRequest:
    KindFactory()
    return PaperRequest(
        kind_code="QĐ",
        abstract="Về việc giải quyết khiếu nại của ông Phạm Văn Tư",
        body="Điều 1. Công nhận nội dung khiếu nại.",
        signer_id=office.signer.membership.pk,
        capacity=Capacity.TM,
        recipient_codes=tuple(agency.code for agency in office.recipients),
    )


def test_a_requested_paper_is_signed_numbered_sealed_and_issued_by_the_persons(
    office: Office, request_: PaperRequest
):
    ref = request_paper(office.registry, request_, at=NOW)
    assert paper_status(office.registry, ref).state_words == "Chờ ký"
    document = Document.objects.get(pk=ref.document_id)
    sign(office.signer, document, pin=PIN, at=NOW)
    number(office.registry, document, at=NOW)
    seal(office.registry, document, pin=PIN, at=NOW)
    issue(office.registry, document, at=NOW)
    status = paper_status(office.registry, ref)
    assert (status.is_issued, status.notation, status.dated_on) == (True, "01/QĐ-UBND", NOW.date())
    assert (status.signer_name, status.issued_at) == ("Trần Văn Bình", NOW)
    file = paper_file(office.registry, ref)
    assert file.name == "01-QĐ-UBND.pdf"
    assert verify(file.content, at=NOW).is_valid


def test_a_finished_pdf_with_attachments_goes_the_same_way(office: Office, request_: PaperRequest):
    request = replace(
        request_,
        body="",
        pdf=pdf_of("Kết luận").getvalue(),
        attachments=(Attached("Biên bản.pdf", pdf_of("Biên bản").getvalue()),),
    )
    ref = request_paper(office.registry, request, at=NOW)
    assert Document.objects.get(pk=ref.document_id).attachments.get().name == "Biên bản.pdf"


def test_the_reason_of_a_return_is_told(office: Office, request_: PaperRequest):
    ref = request_paper(office.registry, request_, at=NOW)
    document = Document.objects.get(pk=ref.document_id)
    return_to_drafter(office.signer, document, reason="Thiếu căn cứ", at=NOW)
    assert paper_status(office.registry, ref).returned_because == "Thiếu căn cứ"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind_code": "XX"}, "XX"),
        ({"recipient_codes": ("H00.00",)}, "H00.00"),
        ({"body": ""}, "đúng một trong hai"),
        ({"signer_id": 0}, "Người ký"),
        ({"department_id": 0}, "Đơn vị"),
    ],
)
def test_what_does_not_exist_is_refused_and_nothing_is_kept(
    office: Office, request_: PaperRequest, wrong: dict[str, object], words: str
):
    with pytest.raises(PaperNotRequestable, match=words):
        request_paper(office.registry, replace(request_, **wrong), at=NOW)
    assert not Document.objects.exists()


def test_a_signer_without_authority_is_refused_and_nothing_is_kept(office: Office, request_: PaperRequest):
    clerk = MembershipFactory(agency=office.registry.agency)
    with pytest.raises(SignerNotCompetent):
        request_paper(office.registry, replace(request_, signer_id=clerk.pk), at=NOW)
    assert not Document.objects.exists()


def test_outsiders_learn_nothing(office: Office, cast: Cast, request_: PaperRequest):
    ref = request_paper(office.registry, request_, at=NOW)
    for actor in (cast.chi, cast.dung, cast.em):
        for ask in (paper_status, paper_file):
            with pytest.raises(DocumentNotFound):
                ask(actor, ref)


def test_the_drafting_unit_may_be_named(office: Office, request_: PaperRequest):
    unit = DepartmentFactory(agency=office.registry.agency)
    ref = request_paper(office.registry, replace(request_, department_id=unit.pk), at=NOW)
    assert Document.objects.get(pk=ref.document_id).department == unit


def test_no_row_crosses_the_door():
    shapes = [getattr(public, name) for name in public.__all__]
    crossing = [shape for shape in shapes if is_dataclass(shape)]
    assert len(crossing) == 6
    for shape in crossing:
        assert shape.__dataclass_params__.frozen
        assert not [
            field for field in fields(shape) if isinstance(field.type, type) and issubclass(field.type, Model)
        ]
