"""Papers that are missing: all asked for once, a leader's word for a second time, brought, or not in time."""

from datetime import date

import pytest

from egov.notifications.models import Notification
from egov.workflow.refusal import NotPermitted
from onestop.actions.filing import HandedPaper
from onestop.actions.forward import forward
from onestop.actions.halt import halt
from onestop.actions.reason import ReasonMissing
from onestop.actions.receive_supplement import NotAskedFor, StillMissing, receive_supplement
from onestop.actions.remind import remind
from onestop.actions.request_supplement import (
    Asked,
    DeadlineNotAhead,
    NothingAskedFor,
    PaperNotDemandable,
    RequestOpen,
    SupplementContent,
    approve_supplement,
    decline_supplement,
    request_supplement,
)
from onestop.actions.resume import resume
from onestop.enums import DossierState, FormKind, StopReason
from onestop.models import Dossier, Requirement
from onestop.rules import Citizen
from onestop.seeding.standard_forms import load_standard_forms
from tests.factories.dossiers import OWNER_NUMBER, DossierFactory
from tests.factories.procedures import (
    CaseFactory,
    ProcedureVersionFactory,
    RequirementFactory,
    activated,
)
from tests.factories.work import Desk, close_tet, make_desk, taken_in, vn

pytestmark = pytest.mark.django_db
MONDAY, WEDNESDAY = vn(2026, 3, 2), vn(2026, 3, 4)


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def dossier(desk: Desk) -> Dossier:
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=MONDAY)
    dossier.refresh_from_db()
    return dossier


def lines(dossier: Dossier) -> list[Requirement]:
    return list(dossier.case.requirements.all())


def content(*asked: Requirement, **changes: object) -> SupplementContent:
    values = {
        "papers": [Asked(one.pk, "Bản chính") for one in asked],
        "reason": "Tờ khai ghi sai năm sinh",
        "deadline_on": date(2026, 3, 20),
    }
    return SupplementContent(**(values | changes))


def brought(*lines: Requirement) -> list[HandedPaper]:
    return [HandedPaper(requirement=one, originals=1) for one in lines]


@pytest.mark.rule("onestop", 20)
def test_one_request_names_all_papers_stops_the_clock_and_issues_form_two(desk: Desk, dossier: Dossier):
    first, second, _shown = lines(dossier)
    request = request_supplement(desk.specialist, dossier, content(first, second), at=WEDNESDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.SUPPLEMENT
    assert dossier.stops.get().reason == StopReason.SUPPLEMENT
    assert (request.form.kind, request.form.form.number) == (FormKind.SUPPLEMENT, "02")
    assert [item.name for item in request.items.all()] == [first.name, second.name]
    with pytest.raises(NotPermitted):
        request_supplement(desk.specialist, dossier, content(second), at=WEDNESDAY)


@pytest.mark.rule("onestop", 18)
@pytest.mark.rule("onestop", 15)
def test_a_supplement_over_tet_leaves_what_was_left(desk: Desk):
    """Received Thursday 12 February 16:20, due 24 February 16:20; asked on Friday 13, brought on the 25th."""
    close_tet()
    dossier = taken_in(ProcedureVersionFactory(), desk, at=vn(2026, 2, 12, 16, 20))
    assert dossier.due_at == vn(2026, 2, 24, 16, 20)
    forward(desk.counter, dossier, to=2, holder=desk.specialist.membership, at=vn(2026, 2, 13, 7))
    first, *_rest = lines(dossier)
    request_supplement(desk.specialist, dossier, content(first), at=vn(2026, 2, 13, 9, 20))
    # Friday 09:20–17:00 is 5 h 40, Monday 8 h, Tuesday until 16:20 7 h 20: 21 hours of work are left.
    assert dossier.stops.get().remaining_minutes == 21 * 60
    receive_supplement(desk.counter, dossier, brought(first), at=vn(2026, 2, 25, 8))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_at) == (DossierState.PROCESSING, vn(2026, 2, 27, 15))
    assert dossier.papers.get(requirement=first).asked_in.request == dossier.supplements.get()


@pytest.mark.rule("onestop", 20)
def test_a_second_request_says_why_and_waits_for_a_leader(desk: Desk, dossier: Dossier):
    first, second, _shown = lines(dossier)
    request_supplement(desk.specialist, dossier, content(first), at=WEDNESDAY)
    receive_supplement(desk.counter, dossier, brought(first), at=vn(2026, 3, 6))
    with pytest.raises(ReasonMissing, match="lần thứ hai"):
        request_supplement(desk.specialist, dossier, content(second), at=vn(2026, 3, 9))
    again = content(second, again_reason="Mới phát hiện giấy chứng sinh bị sửa")
    proposed = request_supplement(desk.specialist, dossier, again, at=vn(2026, 3, 9))
    dossier.refresh_from_db()
    assert (proposed.form, dossier.state) == (None, DossierState.PROCESSING), "the applicant is not asked yet"
    assert Notification.objects.visible_to(desk.leader).filter(event="onestop.supplement_proposed").exists()
    with pytest.raises(RequestOpen):
        request_supplement(desk.specialist, dossier, again, at=vn(2026, 3, 9))
    with pytest.raises(NotPermitted):
        approve_supplement(desk.specialist, dossier, at=vn(2026, 3, 9))
    approved = approve_supplement(desk.leader, dossier, at=vn(2026, 3, 9))
    dossier.refresh_from_db()
    assert (approved.number, approved.approved_by) == (2, desk.leader.membership)
    assert dossier.state == DossierState.SUPPLEMENT


@pytest.mark.rule("onestop", 20)
def test_a_leader_may_decline_and_the_dossier_goes_on(desk: Desk, dossier: Dossier):
    first, second, _shown = lines(dossier)
    request_supplement(desk.specialist, dossier, content(first), at=WEDNESDAY)
    receive_supplement(desk.counter, dossier, brought(first), at=WEDNESDAY)
    again = content(second, again_reason="Chưa rõ nơi sinh")
    request_supplement(desk.specialist, dossier, again, at=WEDNESDAY)
    decline_supplement(desk.leader, dossier, reason="Tra cứu được", at=WEDNESDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING
    assert dossier.supplements.last().closed_reason == "Tra cứu được"


def test_nobody_may_ask_for_what_is_not_on_the_list_or_in_a_database(desk: Desk, dossier: Dossier):
    version = ProcedureVersionFactory(draft=True, case=False)
    case = CaseFactory(version=version)
    known = RequirementFactory(case=case, order=9, name="Xác nhận cư trú", available_from="CSDL dân cư")
    note = RequirementFactory(case=case, order=10, note=True)
    activated(version)
    mine = taken_in(version, desk, at=MONDAY)
    elsewhere = lines(dossier)[0]
    for wrong in (known, note, elsewhere):
        with pytest.raises(PaperNotDemandable):
            request_supplement(desk.counter, mine, content(wrong), at=MONDAY)
    with pytest.raises(NothingAskedFor):
        request_supplement(desk.counter, mine, content(), at=MONDAY)
    today = content(lines(mine)[0], deadline_on=MONDAY.date())
    with pytest.raises(DeadlineNotAhead):
        request_supplement(desk.counter, mine, today, at=MONDAY)


def test_the_clock_runs_on_only_when_everything_is_there(desk: Desk, dossier: Dossier):
    first, second, shown = lines(dossier)
    request_supplement(desk.specialist, dossier, content(first, second), at=WEDNESDAY)
    with pytest.raises(StillMissing, match=second.name):
        receive_supplement(desk.counter, dossier, brought(first), at=WEDNESDAY)
    with pytest.raises(NotAskedFor):
        receive_supplement(desk.counter, dossier, brought(first, second, shown), at=WEDNESDAY)
    receive_supplement(desk.counter, dossier, brought(first, second), at=vn(2026, 3, 6))
    dossier.refresh_from_db()
    assert dossier.state == DossierState.PROCESSING
    assert dossier.papers.count() == 2
    assert (
        Notification.objects.visible_to(desk.specialist).filter(event="onestop.supplement_brought").exists()
    )


def test_a_dossier_asked_for_papers_at_the_counter_goes_back_to_where_it_was(desk: Desk):
    dossier = taken_in(ProcedureVersionFactory(), desk, at=MONDAY)
    first, *_rest = lines(dossier)
    request_supplement(desk.counter, dossier, content(first), at=MONDAY)
    receive_supplement(desk.counter, dossier, brought(first), at=WEDNESDAY)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RECEIVED


@pytest.mark.rule("onestop", 21)
def test_a_passed_deadline_reminds_and_only_an_officer_stops_the_dossier(desk: Desk, dossier: Dossier):
    first, *_rest = lines(dossier)
    request_supplement(desk.specialist, dossier, content(first), at=WEDNESDAY)
    after = vn(2026, 3, 23)
    remind(after)
    remind(after)
    told = Notification.objects.filter(event="onestop.supplement_passed")
    assert told.filter(member=desk.specialist.membership).count() == 1, "told once, however often it runs"
    dossier.refresh_from_db()
    assert dossier.state == DossierState.SUPPLEMENT, "no timer stops it"
    halt(desk.leader, dossier, reason="Quá hạn bổ sung mà không bổ sung", at=after)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.STOPPED
    resume(desk.leader, dossier, reason="Người nộp có lý do chính đáng", at=vn(2026, 3, 24, 8))
    dossier.refresh_from_db()
    assert dossier.due_at == vn(2026, 3, 25, 8), "what was left on 4 March"
    assert dossier.legs.get().due_at == vn(2026, 3, 25, 8)


@pytest.mark.rule("onestop", 20)
def test_papers_missing_in_an_online_filing_are_asked_for_before_any_clock_runs(desk: Desk):
    version = ProcedureVersionFactory()
    filing = DossierFactory(
        version=version,
        agency=desk.agency,
        state=DossierState.FILED,
        code=None,
        filing_number="ĐK-1",
        promised_at=None,
        times=False,
    )
    load_standard_forms()
    first, *_rest = lines(filing)
    with pytest.raises(NotPermitted):
        request_supplement(desk.specialist, filing, content(first), at=MONDAY)
    request_supplement(desk.counter, filing, content(first), at=MONDAY)
    filing.refresh_from_db()
    assert (filing.state, filing.stops.count()) == (DossierState.SUPPLEMENT, 0)
    owner = Citizen(personal_number=OWNER_NUMBER, name="Vũ Thị Em", identity_level=2)
    receive_supplement(owner, filing, brought(first), at=WEDNESDAY)
    filing.refresh_from_db()
    assert (filing.state, filing.received_at) == (DossierState.FILED, None)
