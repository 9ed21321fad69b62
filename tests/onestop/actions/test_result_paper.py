"""A result that is an official paper: asked for at the documents' door, taken in when it is issued."""

from dataclasses import replace

import pytest

from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.models import Document
from documents.public import PaperNotRequestable, PaperRequest
from documents.queries.detail import DocumentNotFound
from egov.notifications.models import Notification
from egov.organizations.enums import Capacity
from egov.workflow.refusal import NotPermitted
from onestop.actions.finish import finish
from onestop.actions.record_result import RefusalNotGrounded, RefusedBecause
from onestop.actions.result_paper import (
    NoSuchPaper,
    PaperNotIssued,
    ResultPaper,
    request_result_paper,
    take_result_paper,
)
from onestop.actions.tell_of_issued_paper import tell_of_issued_paper
from onestop.enums import RefusalGround
from onestop.models import Dossier, RequestedPaper, Result, ResultKind
from onestop.queries.results import results_of
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import PIN, KindFactory
from tests.factories.dossiers import processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureVersionFactory, activated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust")]
BECAUSE = RefusedBecause(ground=RefusalGround.PLANNING, reason="Không phù hợp quy hoạch (Điều 91).")


@pytest.fixture
def unit() -> Unit:
    province = AgencyFactory(province=True)
    unit = make_unit(AgencyFactory(parent=province, name="Ủy ban nhân dân xã Thái Thụy"))
    unit.give_keys(at=NOW)
    return unit


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    version = ProcedureVersionFactory(draft=True, result_must_be_signed=True)
    ResultKind.objects.create(version=version, name="Văn bản từ chối", is_refusal=True)
    activated(version)
    return processing(version, counter=unit.counter, at_step=2, holder=unit.specialist)


@pytest.fixture
def letter(unit: Unit, dossier: Dossier) -> ResultPaper:
    KindFactory(letter=True)
    above = unit.agency.placements.get().parent
    return ResultPaper(
        kind=dossier.version.result_kinds.get(is_refusal=True),
        paper=PaperRequest(
            kind_code="CV",
            abstract="Về việc từ chối giải quyết hồ sơ",
            body="Ủy ban nhân dân xã trả lời như sau.",
            signer_id=unit.leader.membership.pk,
            capacity=Capacity.TM,
            recipient_codes=(above.code,),
        ),
        refused=BECAUSE,
    )


def issued(unit: Unit, document_id: int) -> Document:
    document = Document.objects.get(pk=document_id)
    sign(unit.leader, document, pin=PIN, at=NOW)
    number(unit.registry, document, at=NOW)
    seal(unit.registry, document, pin=PIN, at=NOW)
    return issue(unit.registry, document, at=NOW)


@pytest.mark.rule("onestop", 44)
def test_an_issued_paper_becomes_the_result_with_its_own_number_day_and_signer(
    unit: Unit, dossier: Dossier, letter: ResultPaper
):
    requested = request_result_paper(unit.specialist, dossier, letter, at=NOW)
    document = issued(unit, requested.document_id)
    result = take_result_paper(unit.specialist, dossier, requested_id=requested.pk, at=NOW)
    assert (result.number, result.issued_on, result.document_id) == (
        document.notation,
        NOW.date(),
        document.pk,
    )
    assert (result.signer_name, result.signer_position) == ("Bùi Văn Lãnh", "Chủ tịch")
    assert (result.is_signed, result.is_refusal, result.file.sha256) == (True, True, document.file.sha256)
    assert (result.refusal_ground, result.issuer, result.entry) == ("planning", unit.agency, None)
    dossier.legs.get().steps.exclude(order=4).update(state="done")
    assert finish(unit.counter, dossier, at=NOW).state == "done"


def test_whoever_holds_the_dossier_is_told_of_the_issue_and_its_page_shows_it(
    unit: Unit, dossier: Dossier, letter: ResultPaper
):
    requested = request_result_paper(unit.specialist, dossier, letter, at=NOW)
    assert results_of(dossier).papers[0].issued is None
    assert not Notification.objects.filter(event="onestop.paper_issued").exists()
    document = issued(unit, requested.document_id)
    told = Notification.objects.visible_to(unit.specialist).get(event="onestop.paper_issued")
    assert document.notation in told.text
    assert str(dossier) in told.text
    assert (told.subject_type, told.subject_id) == ("onestop.dossier", dossier.pk)
    assert results_of(dossier).papers[0].issued.notation == document.notation
    # An official paper of nobody's dossier is told to nobody here.
    RequestedPaper.objects.filter(pk=requested.pk).update(document_id=requested.document_id + 1)
    tell_of_issued_paper(requested.document_id, NOW)
    assert Notification.objects.filter(event="onestop.paper_issued").count() == 1


def test_a_paper_that_is_not_issued_is_no_result_yet(unit: Unit, dossier: Dossier, letter: ResultPaper):
    requested = request_result_paper(unit.specialist, dossier, letter, at=NOW)
    with pytest.raises(PaperNotIssued, match="chờ ký"):
        take_result_paper(unit.specialist, dossier, requested_id=requested.pk, at=NOW)
    assert not Result.objects.exists()


def test_it_is_taken_in_once_and_only_by_its_own_dossier(unit: Unit, dossier: Dossier, letter: ResultPaper):
    requested = request_result_paper(unit.specialist, dossier, letter, at=NOW)
    issued(unit, requested.document_id)
    other = processing(ProcedureVersionFactory(), counter=unit.counter, at_step=2, holder=unit.specialist)
    with pytest.raises(NoSuchPaper):
        take_result_paper(unit.specialist, other, requested_id=requested.pk, at=NOW)
    take_result_paper(unit.specialist, dossier, requested_id=requested.pk, at=NOW)
    with pytest.raises(NoSuchPaper):
        take_result_paper(unit.specialist, dossier, requested_id=requested.pk, at=NOW)


def test_a_letter_of_refusal_needs_its_ground_and_nothing_is_kept_without(
    unit: Unit, dossier: Dossier, letter: ResultPaper
):
    bare = ResultPaper(kind=letter.kind, paper=letter.paper)
    with pytest.raises(RefusalNotGrounded):
        request_result_paper(unit.specialist, dossier, bare, at=NOW)
    assert not Document.objects.exists()


def test_what_the_documents_door_refuses_leaves_nothing_here(
    unit: Unit, dossier: Dossier, letter: ResultPaper
):
    wrong = replace(letter, paper=replace(letter.paper, recipient_codes=("H00.00",)))
    with pytest.raises(PaperNotRequestable):
        request_result_paper(unit.specialist, dossier, wrong, at=NOW)
    assert not RequestedPaper.objects.exists()


def test_outsiders_are_refused(unit: Unit, dossier: Dossier, letter: ResultPaper, cast):
    requested = request_result_paper(unit.specialist, dossier, letter, at=NOW)
    issued(unit, requested.document_id)
    for actor in (cast.dung, cast.em, unit.counter):
        with pytest.raises(NotPermitted):
            request_result_paper(actor, dossier, letter, at=NOW)
        with pytest.raises((NotPermitted, DocumentNotFound)):
            take_result_paper(actor, dossier, requested_id=requested.pk, at=NOW)
    assert RequestedPaper.objects.count() == 1
