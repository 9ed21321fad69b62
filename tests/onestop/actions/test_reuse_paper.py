"""The owner's store: what goes in, what may come out again."""

from datetime import date, timedelta

import pytest

from egov.files.store import put
from egov.workflow.refusal import NotPermitted
from onestop.actions.filing import Applicant, Filing, HandedPaper
from onestop.actions.finish import finish
from onestop.actions.keep_in_store import keep_results, keep_scanned
from onestop.actions.receive import receive
from onestop.actions.record_result import RefusedBecause, record_result
from onestop.actions.return_result import Collector, return_result
from onestop.actions.reuse_paper import PaperNotAskedFor, StoredPaperNotUsable, reuse_paper
from onestop.actions.revoke_result import RevocationNeedsReason, revoke_result
from onestop.enums import ApplicantKind, PaperSource, RefusalGround
from onestop.models import Paper, ResultKind, StoredPaper
from onestop.queries.store import not_demanded, reusable, store_of, usable
from onestop.seeding.standard_forms import load_standard_forms
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import pdf_of
from tests.factories.dossiers import OWNER_NUMBER, DossierFactory, PartyFactory, processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import (
    ProcedureFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = NOW.date()
CODE = "KQ.G15.000031"


@pytest.fixture
def unit() -> Unit:
    return make_unit()


def stored(**fields: object) -> StoredPaper:
    return StoredPaper.objects.create(
        **{
            "owner_number": OWNER_NUMBER,
            "type_code": CODE,
            "name": "Giấy khai sinh",
            "issued_on": date(2024, 1, 1),
            "file": put(pdf_of("Giấy khai sinh"), media_type="application/pdf"),
            "source": PaperSource.RESULT,
        }
        | fields
    )


@pytest.fixture
def asking(unit: Unit):
    """A dossier of the same owner whose list asks for a birth certificate."""
    version = ProcedureVersionFactory(draft=True)
    requirement = RequirementFactory(case=version.cases.get(), order=4, name="Giấy khai sinh", type_code=CODE)
    activated(version)
    return DossierFactory(version=version, agency=unit.agency), requirement


def test_a_paper_of_the_owners_store_is_used_again(unit: Unit, asking):
    dossier, requirement = asking
    item = stored()
    assert list(reusable(OWNER_NUMBER, requirement, TODAY)) == [item]
    paper = reuse_paper(unit.counter, dossier, requirement=requirement, stored_id=item.pk, at=NOW)
    assert (paper.source, paper.stored, paper.file) == (PaperSource.STORE, item, item.file)
    assert paper.file_name == "Giấy khai sinh.pdf"
    again = reuse_paper(unit.counter, dossier, requirement=requirement, stored_id=item.pk, at=NOW)
    assert (again, Paper.objects.count()) == (paper, 1)


@pytest.mark.rule("onestop", 45)
@pytest.mark.parametrize(
    "wrong",
    [
        {"validity": "revoked"},
        {"validity": "replaced"},
        {"expires_on": TODAY - timedelta(days=1)},
        {"issued_on": TODAY + timedelta(days=1)},
        {"owner_number": "034190009999"},
        {"type_code": "KQ.G15.000099"},
        {"file": None},
    ],
)
def test_what_no_longer_holds_or_is_anothers_is_not_used(unit: Unit, asking, wrong: dict[str, object]):
    dossier, requirement = asking
    item = stored(**wrong)
    assert not reusable(OWNER_NUMBER, requirement, TODAY).exists()
    with pytest.raises(StoredPaperNotUsable):
        reuse_paper(unit.counter, dossier, requirement=requirement, stored_id=item.pk, at=NOW)
    assert not Paper.objects.exists()


@pytest.mark.rule("onestop", 45)
def test_a_paper_holds_on_its_last_day_and_by_the_day_of_filing(unit: Unit, asking):
    dossier, requirement = asking
    item = stored(expires_on=TODAY)
    later = NOW + timedelta(days=5)
    assert reuse_paper(unit.counter, dossier, requirement=requirement, stored_id=item.pk, at=later)


@pytest.mark.rule("onestop", 45)
def test_a_revoked_result_is_reusable_no_more(unit: Unit, asking):
    dossier, requirement = asking
    first = processing(ProcedureVersionFactory(), counter=unit.counter)
    content = unit.content(first, at=NOW, signed=False, file=pdf_of("KS"), file_name="ks.pdf")
    result = record_result(unit.leader, first, content, at=NOW)
    finish(unit.counter, first, at=NOW)
    return_result(unit.counter, first, Collector(name="Vũ Thị Em", number=OWNER_NUMBER), at=NOW)
    (item,) = reusable(OWNER_NUMBER, requirement, TODAY)
    with pytest.raises(RevocationNeedsReason):
        revoke_result(unit.leader, result, reason="", at=NOW)
    revoke_result(unit.leader, result, reason="Quyết định 12/QĐ-UBND: cấp sai thẩm quyền", at=NOW)
    assert not reusable(OWNER_NUMBER, requirement, TODAY).exists()
    with pytest.raises(StoredPaperNotUsable):
        reuse_paper(unit.counter, dossier, requirement=requirement, stored_id=item.pk, at=NOW)
    item.refresh_from_db()
    assert (item.validity, item.validity_reason[:14]) == ("revoked", "Quyết định 12/")
    with pytest.raises(NotPermitted, match="đã được thu hồi"):
        revoke_result(unit.leader, result, reason="Lần nữa", at=NOW)


@pytest.mark.rule("onestop", 46)
def test_what_a_database_or_the_store_gives_is_not_demanded(unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    case = version.cases.get()
    looked_up = RequirementFactory(case=case, order=4, available_from="CSDL quốc gia về dân cư")
    kept = RequirementFactory(case=case, order=5, type_code=CODE)
    other = RequirementFactory(case=case, order=6, type_code="KQ.G15.000099")
    item = stored()
    given = not_demanded(OWNER_NUMBER, list(case.requirements.all()), TODAY)
    assert given == {looked_up.pk: None, kept.pk: item}
    assert other.pk not in given
    assert not_demanded("", [kept], TODAY) == {}


def test_only_lines_of_the_dossiers_own_list(unit: Unit, asking):
    dossier, _requirement = asking
    foreign = RequirementFactory(
        type_code=CODE, case=ProcedureVersionFactory(draft=True).cases.get(), order=9
    )
    with pytest.raises(PaperNotAskedFor):
        reuse_paper(unit.counter, dossier, requirement=foreign, stored_id=stored().pk, at=NOW)


def test_scanned_papers_that_must_be_digitised_go_into_the_store_once(unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    case = version.cases.get()
    must = RequirementFactory(case=case, order=4, must_digitise=True, type_code="GT01")
    may = RequirementFactory(case=case, order=5)
    dossier = DossierFactory(version=version, agency=unit.agency)
    file = put(pdf_of("Sổ đỏ"), media_type="application/pdf")
    for requirement, source, kept in (
        (must, PaperSource.SCAN, file),
        (must, PaperSource.STORE, file),
        (must, PaperSource.SCAN, None),
        (may, PaperSource.SCAN, file),
    ):
        Paper.objects.create(
            dossier=dossier, requirement=requirement, name="Sổ đỏ", source=source, file=kept, added_at=NOW
        )
    (item,) = keep_scanned(dossier)
    assert (item.type_code, item.owner_number, item.source) == ("GT01", OWNER_NUMBER, PaperSource.SCAN)
    assert keep_scanned(dossier) == []


def test_refusals_and_owners_without_a_number_leave_the_store_empty(unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    letter = ResultKind.objects.create(version=version, name="Văn bản từ chối", is_refusal=True)
    version.result_kinds.exclude(pk=letter.pk).delete()
    dossier = processing(version, counter=unit.counter)
    because = RefusedBecause(ground=RefusalGround.OTHER, reason="Điều 5")
    content = unit.content(dossier, at=NOW, signed=False, refused=because)
    record_result(unit.leader, dossier, content, at=NOW)
    assert keep_results(dossier) == []
    nameless = processing(
        ProcedureVersionFactory(), counter=unit.counter, owner=PartyFactory(personal_number="")
    )
    record_result(unit.leader, nameless, unit.content(nameless, at=NOW, signed=False), at=NOW)
    assert keep_results(nameless) == []
    assert keep_scanned(nameless) == []


def test_a_store_without_owner_is_empty(asking):
    stored(owner_number="")
    assert not store_of("").exists()
    assert not usable("", TODAY).exists()


def test_outsiders_are_refused(unit: Unit, asking, cast):
    dossier, requirement = asking
    item = stored()
    done = processing(ProcedureVersionFactory(), counter=unit.counter)
    result = record_result(unit.leader, done, unit.content(done, at=NOW, signed=False), at=NOW)
    for actor in (cast.dung, cast.em, cast.binh, unit.specialist, unit.registry):
        with pytest.raises(NotPermitted):
            reuse_paper(actor, dossier, requirement=requirement, stored_id=item.pk, at=NOW)
        with pytest.raises(NotPermitted):
            revoke_result(actor, result, reason="Sai", at=NOW)


def test_what_is_scanned_at_the_counter_is_in_the_store_when_the_receipt_is_printed(unit: Unit):
    load_standard_forms()
    version = ProcedureVersionFactory(
        draft=True, case__papers=False, procedure=ProcedureFactory(agency=unit.agency)
    )
    must = RequirementFactory(case=version.cases.get(), order=1, must_digitise=True, type_code="GT01")
    activated(version)
    scan = HandedPaper(
        requirement=must,
        source=PaperSource.SCAN,
        file=put(pdf_of("Sổ đỏ"), media_type="application/pdf"),
        file_name="so-do.pdf",
    )
    owner = Applicant(
        kind=ApplicantKind.CITIZEN,
        name="Vũ Thị Em",
        personal_number=OWNER_NUMBER,
        sex="female",
        number_confirmed=True,
    )
    filing = Filing(case=version.cases.get(), agency=unit.agency, owner=owner, papers=(scan,))
    receive(unit.counter, filing, at=NOW)
    assert store_of(OWNER_NUMBER).get().type_code == "GT01"
