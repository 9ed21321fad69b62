"""Taking a dossier in at the counter: code, day, papers, receipt; all or nothing."""

import re
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from egov.audit.models import AuditEvent
from egov.numbering.secret import ALPHABET
from egov.organizations.actor import Actor
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_holidays import load_holidays
from egov.workflow.refusal import NotPermitted
from onestop.actions.dossier_code import next_code
from onestop.actions.enter_filing import (
    DuplicateFiling,
    NotTakenHere,
    PapersMissing,
    ProcedureNotInForce,
)
from onestop.actions.filing import Applicant, FilingNotAcceptable, NumberDoubtful
from onestop.actions.receive import receive
from onestop.enums import ApplicantKind, Channel, Delivery, DossierState, FormKind, PaperSource
from onestop.models import Dossier, IssuedForm, Paper, Party
from onestop.models.dossier import CODE
from tests.conftest import MONDAY_MORNING
from tests.factories.filings import EM, filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.procedures import (
    ChannelRuleFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)
from tests.support.parallel import at_once

NOW = MONDAY_MORNING
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def unit(db: None) -> Unit:
    return make_unit()


def version_with(**line: object):
    """An active version with one more paper on its list."""
    version = ProcedureVersionFactory(draft=True)
    RequirementFactory(case=version.cases.first(), order=9, **line)
    return activated(version)


def nothing_is_kept() -> bool:
    return not (Dossier.objects.exists() or Party.objects.exists() or Paper.objects.exists())


@pytest.mark.rule("onestop", 10)
def test_a_received_dossier_has_code_day_papers_way_and_receipt(unit: Unit):
    version = ProcedureVersionFactory()
    dossier = receive(unit.counter, filing(version, unit.agency), at=NOW)
    assert dossier.code == f"{unit.agency.code}-250915-0001"
    assert dossier.state == DossierState.RECEIVED
    assert dossier.received_at == NOW
    # Three working days after Monday 08:00.
    assert dossier.due_at == dossier.promised_at == datetime(2025, 9, 18, 8, 0, tzinfo=HANOI)
    assert len(dossier.secret) == 4
    assert set(dossier.secret) <= set(ALPHABET)
    assert [one.name for one in dossier.papers.all()] == [
        "Tờ khai đăng ký khai sinh",
        "Giấy chứng sinh",
        "Căn cước của người đi đăng ký",
    ]
    assert dossier.legs.count() == 1
    assert dossier.legs.get().steps.count() == 4
    assert [one.kind for one in dossier.forms.all()] == [FormKind.RECEIPT]
    assert list(dossier.changes.values_list("before", "after")) == [("", "received")]
    event = AuditEvent.objects.get(action="onestop.receive")
    assert event.subject_id == str(dossier.pk)


@pytest.mark.rule("onestop", 4)
def test_the_chosen_channel_gives_the_limit(unit: Unit):
    version = ProcedureVersionFactory(draft=True)
    case = version.cases.first()
    case.channel_rules.filter(channel=Channel.POST).delete()
    ChannelRuleFactory(case=case, channel=Channel.POST, limit=Limit(5, LimitUnit.WORKING_DAYS))
    activated(version)
    by_post = filing(version, unit.agency, channel=Channel.POST)
    assert receive(unit.counter, by_post, at=NOW).due_at.date() == date(2025, 9, 22)


@pytest.mark.rule("onestop", 23)
def test_without_an_appointment_nothing_is_promised(unit: Unit):
    version = ProcedureVersionFactory(no_appointment=True)
    dossier = receive(unit.counter, filing(version, unit.agency), at=NOW)
    assert (dossier.due_at, dossier.promised_at) == (None, None)
    assert "không hẹn" in str(dossier.forms.get().content)


@pytest.mark.rule("onestop", 11)
def test_handed_in_after_work_before_tet_it_is_received_after_it(unit: Unit, clock):
    load_holidays([2026])
    at = datetime(2026, 2, 13, 23, 0, tzinfo=HANOI)
    dossier = receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=at)
    assert dossier.submitted_at == at
    assert dossier.received_at == datetime(2026, 2, 23, 7, 0, tzinfo=HANOI)
    # The code's date is that of receipt (rule 10).
    assert "-260223-" in dossier.code


@pytest.mark.rule("onestop", 10)
@pytest.mark.parametrize("code", ["H54", "H54.12.05", "000.00.00.H54"])
def test_codes_of_both_generations_have_the_law_s_shape(unit: Unit, code: str):
    agency = AgencyFactory(code=code)
    made = next_code(agency, NOW)
    assert made == f"{code}-250915-0001"
    assert re.match(CODE, made)


@pytest.mark.rule("onestop", 9)
def test_past_9999_the_serial_grows_wider(unit: Unit):
    from egov.numbering.next_number import next_numbers

    next_numbers(agency_id=unit.agency.pk, book="dossier-250915", year=2025, count=9999)
    dossier = receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW)
    assert dossier.code.endswith("-250915-10000")


@pytest.mark.rule("onestop", 9)
def test_a_refused_receipt_uses_no_number(unit: Unit):
    version = ProcedureVersionFactory(case__way=False)
    good = ProcedureVersionFactory()
    with pytest.raises(Exception, match="quy trình"):
        # Its way is not configured: told after the code was taken.
        receive(unit.counter, filing(version, unit.agency), at=NOW)
    assert nothing_is_kept()
    assert receive(unit.counter, filing(good, unit.agency), at=NOW).code.endswith("-0001")


@pytest.mark.rule("onestop", 9)
@pytest.mark.django_db(transaction=True)
def test_two_counters_at_once_get_consecutive_codes(transactional_db: None):
    unit, version = make_unit(), ProcedureVersionFactory()

    def one(number: int) -> str:
        owner = replace(EM, personal_number=f"0341900{number:05d}")
        return receive(unit.counter, filing(version, unit.agency, owner=owner), at=NOW).code

    codes = at_once(one, range(16))
    assert sorted(codes) == [f"{unit.agency.code}-250915-{number:04d}" for number in range(1, 17)]
    numbers = sorted(IssuedForm.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 17))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_dossier_and_shows_it(transactional_db: None):
    unit, version = make_unit(), ProcedureVersionFactory()
    twice = filing(version, unit.agency, idempotency_key="intake-1")
    dossiers = at_once(lambda _click: receive(unit.counter, twice, at=NOW).pk, range(4), threads=4)
    assert len(set(dossiers)) == 1
    assert Dossier.objects.count() == 1
    assert IssuedForm.objects.count() == 1


def test_the_key_of_another_agency_shows_nothing(unit: Unit):
    version = ProcedureVersionFactory()
    receive(unit.counter, filing(version, unit.agency, idempotency_key="k"), at=NOW)
    other = make_unit(AgencyFactory())
    with pytest.raises(NotTakenHere):
        receive(other.counter, filing(version, other.agency, idempotency_key="k"), at=NOW)


@pytest.mark.rule("onestop", 14)
def test_a_second_open_dossier_warns_and_is_received_apart_when_confirmed(unit: Unit):
    version = ProcedureVersionFactory()
    first = receive(unit.counter, filing(version, unit.agency), at=NOW)
    with pytest.raises(DuplicateFiling) as told:
        receive(unit.counter, filing(version, unit.agency), at=NOW)
    assert told.value.dossiers == [first]
    assert first.code in str(told.value)
    second = receive(unit.counter, filing(version, unit.agency, duplicate_confirmed=True), at=NOW)
    assert second.pk != first.pk
    assert second.owner_id != first.owner_id


@pytest.mark.rule("onestop", 14)
def test_another_owner_procedure_or_a_closed_dossier_warns_of_nothing(unit: Unit):
    version = ProcedureVersionFactory()
    first = receive(unit.counter, filing(version, unit.agency), at=NOW)
    other = replace(EM, personal_number="034190009999")
    receive(unit.counter, filing(version, unit.agency, owner=other), at=NOW)
    receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW)
    Dossier.objects.filter(pk=first.pk).update(state=DossierState.WITHDRAWN)
    receive(unit.counter, filing(version, unit.agency), at=NOW)


def test_missing_papers_are_named_and_nothing_is_kept(unit: Unit):
    version = ProcedureVersionFactory()
    complete = filing(version, unit.agency)
    with pytest.raises(PapersMissing) as told:
        receive(unit.counter, replace(complete, papers=complete.papers[1:]), at=NOW)
    assert [one.name for one in told.value.papers] == ["Tờ khai đăng ký khai sinh"]
    assert nothing_is_kept()


@pytest.mark.rule("onestop", 3)
@pytest.mark.parametrize("line", [{"note": True}, {"is_conditional": True}])
def test_notes_and_papers_if_any_never_block(unit: Unit, line: dict):
    version = version_with(name="Văn bản ủy quyền", **line)
    complete = filing(version, unit.agency)
    papers = tuple(one for one in complete.papers if one.requirement.order != 9)
    assert receive(unit.counter, replace(complete, papers=papers), at=NOW).code


@pytest.mark.rule("onestop", 46)
def test_what_a_connected_database_gives_is_not_demanded_but_stands_in_the_dossier(unit: Unit):
    version = version_with(name="Giấy tờ chứng minh nơi cư trú", available_from="CSDL quốc gia về dân cư")
    complete = filing(version, unit.agency)
    papers = tuple(one for one in complete.papers if one.requirement.order != 9)
    dossier = receive(unit.counter, replace(complete, papers=papers), at=NOW)
    looked_up = dossier.papers.get(requirement__order=9)
    assert (looked_up.source, looked_up.originals) == (PaperSource.DATABASE, 0)


@pytest.mark.rule("onestop", 6)
@pytest.mark.parametrize("trait", ["draft", "verified", "abolished"])
def test_only_an_active_version_takes_dossiers(unit: Unit, trait: str):
    version = ProcedureVersionFactory(**{trait: True})
    with pytest.raises(ProcedureNotInForce):
        receive(unit.counter, filing(version, unit.agency), at=NOW)


@pytest.mark.rule("onestop", 38)
def test_a_doubtful_number_is_passed_over_in_words_that_stay(unit: Unit):
    version = ProcedureVersionFactory()
    doubtful = replace(EM, sex=Party.Sex.MALE)
    with pytest.raises(NumberDoubtful, match="giới tính"):
        receive(unit.counter, filing(version, unit.agency, owner=doubtful), at=NOW)
    confirmed = filing(version, unit.agency, owner=replace(doubtful, number_confirmed=True))
    assert "giới tính" in receive(unit.counter, confirmed, at=NOW).owner.number_warning


@pytest.mark.rule("onestop", 38)
@pytest.mark.parametrize("number", ["151234567", "03419000123", ""])
def test_a_new_filing_needs_a_number_of_twelve_digits(unit: Unit, number: str):
    with pytest.raises(FilingNotAcceptable):
        receive(
            unit.counter,
            filing(ProcedureVersionFactory(), unit.agency, owner=replace(EM, personal_number=number)),
            at=NOW,
        )
    assert nothing_is_kept()


def test_owner_and_submitter_are_two_people_and_a_child_needs_no_number(unit: Unit):
    child = Applicant(kind=ApplicantKind.CITIZEN, name="Vũ Minh Anh", born_on=date(2025, 9, 1))
    dossier = receive(
        unit.counter,
        filing(ProcedureVersionFactory(), unit.agency, owner=child, submitter=EM),
        at=NOW,
    )
    assert (dossier.owner.name, dossier.submitter.name) == ("Vũ Minh Anh", "Vũ Thị Em")


def test_where_nobody_may_stand_in_the_owner_comes_in_person(unit: Unit):
    version = ProcedureVersionFactory(representative_allowed=False)
    child = replace(EM, name="Vũ Minh Anh", personal_number="034190005678")
    with pytest.raises(NotTakenHere, match="ủy quyền"):
        receive(unit.counter, filing(version, unit.agency, owner=child, submitter=EM), at=NOW)


@pytest.mark.rule("onestop", 32)
def test_one_commune_receives_for_another_which_decides(unit: Unit):
    other = AgencyFactory(name="Ủy ban nhân dân xã Thụy Trình")
    version = ProcedureVersionFactory()
    dossier = receive(unit.counter, filing(version, unit.agency, deciding_agency=other), at=NOW)
    assert (dossier.receiving_agency_id, dossier.deciding_agency_id) == (unit.agency.pk, other.pk)
    bound = ProcedureVersionFactory(across_boundaries=False)
    with pytest.raises(NotTakenHere, match="Thụy Trình"):
        receive(unit.counter, filing(bound, unit.agency, deciding_agency=other), at=NOW)


def test_an_agency_that_decides_no_such_matter_is_no_choice(unit: Unit):
    department = AgencyFactory(department=True)
    with pytest.raises(NotTakenHere):
        receive(
            unit.counter,
            filing(ProcedureVersionFactory(), unit.agency, deciding_agency=department),
            at=NOW,
        )


def test_the_provincial_counter_asks_whose_matter_it_is():
    centre = make_unit(AgencyFactory(department=True))
    version = ProcedureVersionFactory()
    with pytest.raises(NotTakenHere, match="chọn cơ quan giải quyết"):
        receive(centre.counter, filing(version, centre.agency), at=NOW)


def test_post_needs_an_address(unit: Unit):
    with pytest.raises(FilingNotAcceptable, match="địa chỉ"):
        receive(
            unit.counter,
            filing(ProcedureVersionFactory(), unit.agency, delivery=Delivery.POST),
            at=NOW,
        )


@pytest.mark.parametrize("who", ["specialist", "leader", "registry"])
def test_only_the_counter_takes_in(unit: Unit, who: str):
    with pytest.raises(NotPermitted):
        receive(getattr(unit, who), filing(ProcedureVersionFactory(), unit.agency), at=NOW)


def test_a_counter_takes_in_for_its_own_agency_only(unit: Unit):
    stranger: Actor = actor_for(MembershipFactory(agency=AgencyFactory(), role="counter"))
    with pytest.raises(NotTakenHere):
        receive(stranger, filing(ProcedureVersionFactory(), unit.agency), at=NOW)


def test_a_case_of_another_version_lends_no_papers(unit: Unit):
    version, other = ProcedureVersionFactory(), ProcedureVersionFactory()
    mixed = filing(version, unit.agency, papers=filing(other, unit.agency).papers)
    with pytest.raises(NotTakenHere):
        receive(unit.counter, mixed, at=NOW)
