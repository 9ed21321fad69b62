"""A result is on record only as what it is: numbered, dated and signed by those who decided."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest

from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workflow.refusal import NotPermitted
from onestop.actions.number_result import ResultKindNotOffered, number_result
from onestop.actions.record_result import (
    RefusalNotGrounded,
    RefusedBecause,
    ResultFileMissing,
    ResultNotAcceptable,
    ResultNotInRegister,
    ResultNotSigned,
    record_result,
)
from onestop.enums import RefusalGround
from onestop.models import Result, ResultEntry, ResultKind, Step
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.documents import pdf_of
from tests.factories.dossiers import processing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("trust")]


@pytest.fixture
def unit() -> Unit:
    unit = make_unit()
    unit.give_keys(at=NOW)
    return unit


@pytest.fixture
def dossier(unit: Unit):
    version = ProcedureVersionFactory(result_must_be_signed=True)
    return processing(version, counter=unit.counter, at_step=2, holder=unit.specialist)


@pytest.mark.rule("onestop", 44)
def test_a_validly_signed_result_is_kept_with_what_its_signatures_prove(unit: Unit, dossier):
    result = record_result(unit.specialist, dossier, unit.content(dossier, at=NOW), at=NOW)
    assert (result.is_signed, result.number, result.issued_on) == (True, "01/2025", NOW.date())
    assert (result.signer_name, result.signer_position) == ("Bùi Văn Lãnh", "Chủ tịch")
    assert (result.issuer, result.validation.status) == (unit.agency, "valid")
    assert result.entry.number == 1


@pytest.mark.rule("onestop", 44)
def test_a_file_without_signatures_is_not_a_result_that_must_be_signed(unit: Unit, dossier):
    content = unit.content(dossier, at=NOW, file=pdf_of("Giấy khai sinh"))
    with pytest.raises(ResultNotSigned, match="chưa có chữ ký số"):
        record_result(unit.specialist, dossier, content, at=NOW)
    assert not Result.objects.exists()


@pytest.mark.rule("onestop", 44)
def test_a_file_that_was_altered_after_signing_is_refused_even_where_none_is_needed(unit: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, at_step=2, holder=unit.specialist)
    content = unit.content(dossier, at=NOW)
    pdf = content.file.read()
    middle = pdf.index(b"stream") + 40
    altered = BytesIO(pdf[:middle] + bytes([pdf[middle] ^ 1]) + pdf[middle + 1 :])
    with pytest.raises(ResultNotSigned, match="không đạt"):
        record_result(unit.specialist, dossier, replace(content, file=altered), at=NOW)


@pytest.mark.rule("onestop", 44)
def test_a_person_alone_does_not_sign_for_the_agency(unit: Unit, dossier):
    content = unit.content(dossier, at=NOW)
    personal = unit.signed(content.number, at=NOW, sealed=False)
    with pytest.raises(ResultNotSigned, match="chưa có chữ ký của cơ quan"):
        record_result(unit.specialist, dossier, replace(content, file=personal), at=NOW)


@pytest.mark.rule("onestop", 32)
@pytest.mark.rule("onestop", 44)
def test_the_seal_of_an_agency_without_a_part_is_refused(unit: Unit, dossier):
    stranger = make_unit(AgencyFactory(name="Ủy ban nhân dân xã Khác"))
    stranger.give_keys(at=NOW)
    content = unit.content(dossier, at=NOW)
    foreign = stranger.signed(content.number, at=NOW)
    with pytest.raises(ResultNotSigned, match="xã Khác"):
        record_result(unit.specialist, dossier, replace(content, file=foreign), at=NOW)


@pytest.mark.rule("onestop", 44)
@pytest.mark.parametrize(
    "wrong", [{"number": "02/2025"}, {"number": ""}, {"issued_on": NOW.date() - timedelta(days=1)}]
)
def test_number_and_date_are_those_of_the_register(unit: Unit, dossier, wrong):
    content = unit.content(dossier, at=NOW, **wrong)
    with pytest.raises(ResultNotInRegister):
        record_result(unit.specialist, dossier, content, at=NOW)


@pytest.mark.rule("onestop", 44)
def test_a_number_serves_one_result(unit: Unit, dossier):
    content = unit.content(dossier, at=NOW)
    record_result(unit.specialist, dossier, content, at=NOW)
    with pytest.raises(ResultNotInRegister):
        record_result(unit.specialist, dossier, content, at=NOW)


def test_numbers_of_a_year_have_no_gap_and_a_double_click_takes_one(unit: Unit, dossier):
    kind = dossier.version.result_kinds.get()
    first = number_result(unit.specialist, dossier, kind=kind, at=NOW)
    assert number_result(unit.specialist, dossier, kind=kind, at=NOW) == first
    record_result(unit.specialist, dossier, unit.content(dossier, at=NOW), at=NOW)
    second = number_result(unit.specialist, dossier, kind=kind, at=NOW)
    next_year = NOW.replace(year=2026)
    third = number_result(unit.specialist, dossier, kind=kind, at=next_year)
    assert [str(one) for one in (first, second, third)] == ["01/2025", "02/2025", "01/2026"]
    assert ResultEntry.objects.count() == 3


def test_a_result_on_paper_needs_no_file_where_the_procedure_asks_for_none(unit: Unit):
    dossier = processing(ProcedureVersionFactory(), counter=unit.counter, at_step=2, holder=unit.specialist)
    result = record_result(unit.specialist, dossier, unit.content(dossier, at=NOW, signed=False), at=NOW)
    assert (result.is_signed, result.file, result.signer_name) == (False, None, "Bùi Văn Lãnh")


@pytest.mark.rule("onestop", 44)
def test_a_result_file_may_be_demanded(unit: Unit, dossier):
    content = unit.content(dossier, at=NOW, signed=False)
    with pytest.raises(ResultFileMissing):
        record_result(unit.specialist, dossier, content, at=NOW)


def test_a_refusal_letter_says_on_what_ground(unit: Unit, dossier):
    other = ProcedureVersionFactory(draft=True)
    letter = ResultKind.objects.create(version=other, name="Văn bản từ chối", is_refusal=True)
    dossier = processing(other, counter=unit.counter, at_step=2, holder=unit.specialist)
    entry = number_result(unit.specialist, dossier, kind=letter, at=NOW)
    content = replace(unit.content(dossier, at=NOW, signed=False), kind=letter, number=entry.notation)
    because = RefusedBecause(ground=RefusalGround.CONDITIONS, reason="Thửa đất đang tranh chấp (Điều 45).")
    for missing in (None, replace(because, reason=" ")):
        with pytest.raises(RefusalNotGrounded):
            record_result(unit.specialist, dossier, replace(content, refused=missing), at=NOW)
    result = record_result(unit.specialist, dossier, replace(content, refused=because), at=NOW)
    assert (result.is_refusal, result.get_refusal_ground_display()) == (
        True,
        "Không đủ điều kiện theo quy định",
    )


def test_a_grant_has_no_ground_of_refusal(unit: Unit, dossier):
    because = RefusedBecause(ground=RefusalGround.OTHER, reason="Nhầm")
    with pytest.raises(RefusalNotGrounded):
        record_result(unit.specialist, dossier, unit.content(dossier, at=NOW, refused=because), at=NOW)


def test_a_kind_of_another_procedure_and_an_expiry_before_issue_are_refused(unit: Unit, dossier):
    foreign = ProcedureVersionFactory().result_kinds.get()
    with pytest.raises(ResultKindNotOffered):
        number_result(unit.specialist, dossier, kind=foreign, at=NOW)
    content = unit.content(dossier, at=NOW, expires_on=date(2020, 1, 1))
    with pytest.raises(ResultNotAcceptable):
        record_result(unit.specialist, dossier, content, at=NOW)


@pytest.mark.rule("onestop", 32)
@pytest.mark.rule("onestop", 43)
def test_receiving_for_another_gives_no_power_to_decide(unit: Unit):
    elsewhere = make_unit(AgencyFactory())
    dossier = processing(
        ProcedureVersionFactory(), counter=unit.counter, at_step=1, receiving_agency=elsewhere.agency
    )
    # Even a step of its own (it passes the papers on) decides nothing.
    dossier.legs.update(agency=elsewhere.agency)
    Step.objects.filter(leg__dossier=dossier, state="running").update(holder=elsewhere.counter.membership)
    for actor in (elsewhere.counter, elsewhere.leader, elsewhere.registry):
        with pytest.raises(NotPermitted):
            number_result(actor, dossier, kind=None, at=NOW)


def test_outsiders_are_refused(unit: Unit, dossier, cast):
    content = unit.content(dossier, at=NOW)
    colleague = actor_for(MembershipFactory(agency=unit.agency))
    admin = actor_for(MembershipFactory(agency=Agency.objects.get(pk=unit.agency.pk), role=Role.AGENCY_ADMIN))
    for actor in (cast.dung, cast.em, colleague, admin, unit.counter):
        for act, given in ((record_result, (content,)), (number_result, ())):
            with pytest.raises(NotPermitted):
                act(actor, dossier, *given, **({} if given else {"kind": content.kind}), at=NOW)
