"""What is offered to whoever files online: where, by which case, in what time, for how much."""

from datetime import timedelta

import pytest

from egov.organizations.enums import Level
from egov.workdays.limit import Limit, LimitUnit
from onestop import public
from onestop.actions.filing import FilingNotAcceptable
from onestop.actions.submission import papers_of
from onestop.enums import Channel, OnlineLevel, SystemOfRecord
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import (
    CaseFactory,
    ChannelRuleFactory,
    FeeRuleFactory,
    ProcedureFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)

TODAY = NOW.date()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_procedure_of_the_communes_is_filed_with_one_of_them():
    commune = AgencyFactory(name="Ủy ban nhân dân xã Thụy Xuân")
    offer = public.filing_offer(ProcedureVersionFactory().procedure.local_code, TODAY)
    assert (commune.code, commune.name) in offer.agencies
    assert [one.code for one in offer.applicants] == ["citizen"]


def test_one_of_the_province_is_filed_with_its_own_agency():
    procedure = ProcedureFactory(provincial=True)
    assert procedure.level == Level.PROVINCE
    ProcedureVersionFactory(procedure=procedure)
    offer = public.filing_offer(procedure.local_code, TODAY)
    assert offer.agencies == ((procedure.agency.code, procedure.agency.name),)


@pytest.mark.rule("onestop", 3)
def test_notes_are_no_papers():
    version = ProcedureVersionFactory(draft=True, case=False)
    case = CaseFactory(version=version, papers=False)
    RequirementFactory(case=case, order=1, name="Tờ khai")
    RequirementFactory(case=case, order=2, name="Nộp tại nơi cư trú", note=True)
    offered = public.filing_offer(activated(version).procedure.local_code, TODAY).cases[0]
    assert [paper.name for paper in offered.papers] == ["Tờ khai"]
    assert offered.notes == ("Nộp tại nơi cư trú",)


@pytest.mark.parametrize(
    "change", [{"online_level": OnlineLevel.INFORMATION}, {"case__channels": (Channel.COUNTER,)}]
)
def test_what_takes_nothing_online_is_not_offered(change):
    version = ProcedureVersionFactory(**change)
    with pytest.raises(public.NotOnline):
        public.filing_offer(version.procedure.local_code, TODAY)


def test_what_a_ministry_keeps_is_not_offered():
    procedure = ProcedureFactory(system_of_record=SystemOfRecord.MINISTRY)
    ProcedureVersionFactory(procedure=procedure)
    with pytest.raises(public.NotOnline, match="bộ, ngành"):
        public.filing_offer(procedure.local_code, TODAY)


@pytest.mark.rule("onestop", 4)
def test_terms_are_those_of_the_online_row():
    version = ProcedureVersionFactory(draft=True, case=False)
    case = CaseFactory(version=version, rules=False, fee=False)
    ChannelRuleFactory(case=case, channel=Channel.COUNTER, limit=Limit(5, LimitUnit.WORKING_DAYS))
    ChannelRuleFactory(case=case, channel=Channel.ONLINE, limit=Limit(1, LimitUnit.WORKING_DAYS))
    FeeRuleFactory(case=case, channel=Channel.COUNTER, name="Lệ phí", amount=20_000)
    FeeRuleFactory(case=case, channel=Channel.ONLINE, name="Lệ phí", amount=10_000)
    commune = AgencyFactory()
    code = activated(version).procedure.local_code
    terms = public.filing_terms(code, case.pk, commune.code, at=NOW)
    assert (terms.total, terms.received_at, terms.due_at) == (10_000, NOW, NOW + timedelta(days=1))
    for case_id, agency_code in ((0, commune.code), (case.pk, "x")):
        with pytest.raises(public.NotOnline):
            public.filing_terms(code, case_id, agency_code, at=NOW)


def test_only_a_paper_that_is_shown_may_come_later():
    case = ProcedureVersionFactory().cases.get()
    assert papers_of(case, ()) == ()
    submitted = public.Submitted(
        procedure_code=case.version.procedure.local_code,
        agency_code=AgencyFactory().code,
        key="k",
        applicant=public.Applicant(kind="citizen", name="Vũ Thị Em", personal_number="034190001234"),
        shown_later=(case.requirements.get(order=1).pk,),
    )
    em = public.Identity(personal_number="034190001234", name="Vũ Thị Em", level=2)
    with pytest.raises(FilingNotAcceptable, match="xuất trình"):
        public.submit_online(em, submitted, at=NOW)
