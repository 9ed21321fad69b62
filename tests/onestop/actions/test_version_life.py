"""A version from draft to the end: four eyes, nothing active that is incomplete, nothing active edited."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from egov.audit.models import AuditEvent
from egov.organizations.enums import Level
from egov.workdays.limit import Limit, LimitUnit
from egov.workflow.refusal import NotPermitted
from onestop.actions.activate_version import DayNotPossible, activate_version
from onestop.actions.create_version import (
    Identity,
    ProcedureKnown,
    create_procedure,
    create_version,
)
from onestop.actions.edit_version import ContentNotAcceptable, EditedMeanwhile, edit_version
from onestop.actions.verify_version import (
    ReasonMissing,
    VersionIncomplete,
    send_back_version,
    verify_version,
)
from onestop.enums import Channel, VersionState
from onestop.models import Dossier, ProcedureVersion
from onestop.queries.catalogue import in_force
from onestop.queries.version_content import VersionContent, content_of
from tests.conftest import MONDAY_MORNING
from tests.factories.catalogue_people import Keepers, make_keepers
from tests.factories.dossiers import DossierFactory
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import (
    CaseFactory,
    ChannelRuleFactory,
    FeeRuleFactory,
    PlannedLegFactory,
    PlannedStepFactory,
    ProcedureFactory,
    ProcedureVersionFactory,
    SectorFactory,
)

AT, TODAY = MONDAY_MORNING, MONDAY_MORNING.date()
TOMORROW = TODAY + timedelta(days=1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def keepers() -> Keepers:
    return make_keepers()


@pytest.fixture
def active(keepers: Keepers) -> ProcedureVersion:
    return ProcedureVersionFactory(procedure__agency=keepers.province)


def verified(keepers: Keepers, version: ProcedureVersion) -> ProcedureVersion:
    draft = create_version(keepers.writer, version.procedure, at=AT)
    return verify_version(keepers.verifier, draft, at=AT)


def test_a_new_version_says_what_the_old_one_says(keepers, active):
    draft = create_version(keepers.writer, active.procedure, at=AT)
    assert (draft.number, draft.state) == (2, VersionState.DRAFT)
    assert content_of(draft) == content_of(active)
    assert content_of(draft).cases[0].planned_legs[0].steps[2].followers == (2, 4)


def test_two_drafts_of_one_procedure_are_not_begun(keepers, active):
    create_version(keepers.writer, active.procedure, at=AT)
    with pytest.raises(NotPermitted, match="dự thảo"):
        create_version(keepers.verifier, active.procedure, at=AT)


def test_from_draft_to_force_by_four_eyes(keepers, active):
    draft = create_version(keepers.writer, active.procedure, at=AT)
    content = replace(content_of(draft), name="Đăng ký khai sinh (sửa đổi)")
    draft = edit_version(keepers.writer, draft, content, at=AT)
    with pytest.raises(NotPermitted, match="người khác"):
        verify_version(keepers.writer, draft, at=AT)
    draft = verify_version(keepers.verifier, draft, at=AT)
    assert draft.verified_by == keepers.verifier.membership
    with pytest.raises(NotPermitted, match="lãnh đạo"):
        activate_version(keepers.writer, draft, on=TODAY, at=AT)
    activate_version(keepers.leader, draft, on=TODAY, at=AT)
    active.refresh_from_db()
    assert active.state == VersionState.SUPERSEDED
    assert in_force(active.procedure, TODAY).name == "Đăng ký khai sinh (sửa đổi)"
    steps = list(draft.changes.values_list("before", "after"))
    assert steps == [("", "draft"), ("draft", "draft"), ("draft", "verified"), ("verified", "active")]
    assert AuditEvent.objects.filter(action="onestop.activate_version").count() == 1


def test_whoever_edited_once_does_not_verify_even_after_others_did(keepers, active):
    draft = create_version(keepers.writer, active.procedure, at=AT)
    draft = edit_version(keepers.verifier, draft, content_of(draft), at=AT)
    draft = edit_version(keepers.writer, draft, content_of(draft), at=AT)
    with pytest.raises(NotPermitted):
        verify_version(keepers.verifier, draft, at=AT)
    assert verify_version(keepers.leader, draft, at=AT).state == VersionState.VERIFIED


def test_sending_back_needs_a_reason_and_is_no_writing(keepers, active):
    version = verified(keepers, active)
    with pytest.raises(ReasonMissing):
        send_back_version(keepers.verifier, version, reason="  ", at=AT)
    back = send_back_version(keepers.verifier, version, reason="Thiếu căn cứ", at=AT)
    assert (back.state, back.verified_by) == (VersionState.DRAFT, None)
    assert verify_version(keepers.verifier, back, at=AT).state == VersionState.VERIFIED


@pytest.mark.rule("onestop", 2)
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda case: ChannelRuleFactory(case=case, channel=Channel.POST, no_unit=True), "đơn vị"),
        (lambda case: FeeRuleFactory(case=case, is_confirmed=False), "chưa được xác nhận"),
        (lambda case: FeeRuleFactory(case=case, undetermined=True), "Hội đồng nhân dân"),
    ],
)
def test_nothing_incomplete_is_activated(keepers, make, words):
    version = ProcedureVersionFactory(
        draft=True, procedure__agency=keepers.province, case__channels=[Channel.COUNTER, Channel.ONLINE]
    )
    make(version.cases.get())
    with pytest.raises(VersionIncomplete, match=words):
        verify_version(keepers.verifier, version, at=AT)
    # Nor when it was verified before anybody asked.
    ProcedureVersion.objects.filter(pk=version.pk).update(
        state=VersionState.VERIFIED, verified_at=AT, verified_by=keepers.verifier.membership
    )
    version.refresh_from_db()
    with pytest.raises(VersionIncomplete, match=words):
        activate_version(keepers.leader, version, on=TODAY, at=AT)
    version.refresh_from_db()
    assert version.state == VersionState.VERIFIED


@pytest.mark.rule("onestop", 2)
def test_a_channel_without_any_fee_line_is_unconfirmed_too(keepers):
    version = ProcedureVersionFactory(draft=True, procedure__agency=keepers.province, case=False)
    case = CaseFactory(version=version, fee=False)
    FeeRuleFactory(case=case, channel=Channel.COUNTER)
    with pytest.raises(VersionIncomplete, match="Trực tuyến: chưa xác nhận mức thu"):
        verify_version(keepers.verifier, version, at=AT)


def test_steps_longer_than_the_limit_are_refused(keepers):
    version = ProcedureVersionFactory(draft=True, procedure__agency=keepers.province, case=False)
    case = CaseFactory(version=version, limit=Limit(2, LimitUnit.WORKING_DAYS))
    with pytest.raises(VersionIncomplete, match="24 giờ làm việc, quá thời hạn 2 ngày làm việc"):
        verify_version(keepers.verifier, version, at=AT)
    assert case.planned_legs.get().steps.count() == 4


def test_legs_side_by_side_count_once(keepers):
    version = ProcedureVersionFactory(draft=True, procedure__agency=keepers.province, case=False)
    case = CaseFactory(version=version, way=False)
    for order in (1, 2):
        leg = PlannedLegFactory(case=case, order=order, steps=False)
        PlannedStepFactory(leg=leg, hours=20)
    assert verify_version(keepers.verifier, version, at=AT).state == VersionState.VERIFIED


def test_legs_in_a_row_add_up(keepers):
    version = ProcedureVersionFactory(draft=True, procedure__agency=keepers.province, case=False)
    case = CaseFactory(version=version, way=False)
    for order, after in ((1, []), (2, [1])):
        leg = PlannedLegFactory(case=case, order=order, after=after, steps=False)
        PlannedStepFactory(leg=leg, hours=20)
    with pytest.raises(VersionIncomplete, match="40 giờ"):
        verify_version(keepers.verifier, version, at=AT)


@pytest.mark.rule("onestop", 5)
def test_a_running_dossier_keeps_deadline_papers_and_fee_of_its_version(keepers, active):
    rule = active.cases.get().channel_rules.get(channel=Channel.COUNTER)
    dossier = DossierFactory(version=active, agency=keepers.commune, channel_rule=rule)
    before = (dossier.due_at, content_of(active))
    draft = create_version(keepers.writer, active.procedure, at=AT)
    content = content_of(draft)
    (case,) = content.cases
    shorter = tuple(replace(one, committed_amount=1, committed_unit="hours") for one in case.channel_rules)
    dearer = tuple(replace(one, amount=99_000) for one in case.fee_rules)
    leg = case.planned_legs[0]
    way = replace(leg, amount=1, unit="hours", steps=(replace(leg.steps[0], hours=1, followers=()),))
    changed = replace(
        case, channel_rules=shorter, fee_rules=dearer, requirements=case.requirements[:1], planned_legs=(way,)
    )
    draft = edit_version(keepers.writer, draft, replace(content, cases=(changed,)), at=AT)
    draft = verify_version(keepers.verifier, draft, at=AT)
    activate_version(keepers.leader, draft, on=TODAY, at=AT)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert in_force(active.procedure, TODAY) == draft
    assert (dossier.due_at, content_of(dossier.version)) == before
    assert dossier.channel_rule.limit == Limit(3, LimitUnit.WORKING_DAYS)


@pytest.mark.rule("onestop", 5)
def test_an_active_version_is_not_edited(keepers, active):
    with pytest.raises(NotPermitted, match="phiên bản mới"):
        edit_version(keepers.writer, active, content_of(active), at=AT)


@pytest.mark.rule("onestop", 5)
def test_the_database_refuses_to_rewrite_what_is_in_force(active):
    case = active.cases.get()
    attempts = [
        lambda: case.channel_rules.update(legal_amount=99),
        lambda: case.fee_rules.update(amount=1),
        lambda: case.requirements.all().delete(),
        lambda: case.planned_legs.get().steps.update(hours=1),
        lambda: case.planned_legs.update(amount=1),
        lambda: ChannelRuleFactory(case=case, variant="khác"),
        lambda: type(case).objects.filter(pk=case.pk).update(name="khác"),
        lambda: ProcedureVersion.objects.filter(pk=active.pk).update(name="khác"),
        lambda: active.result_kinds.all().delete(),
    ]
    for attempt in attempts:
        with pytest.raises(InternalError), transaction.atomic():
            attempt()
    assert content_of(ProcedureVersion.objects.get(pk=active.pk)) == content_of(active)


def test_a_line_is_not_smuggled_from_a_draft_into_what_is_in_force(active):
    draft = ProcedureVersionFactory(draft=True)
    with pytest.raises(InternalError), transaction.atomic():
        draft.cases.get().fee_rules.update(case=active.cases.get())


def test_two_editors_do_not_overwrite_each_other(keepers, active):
    draft = create_version(keepers.writer, active.procedure, at=AT)
    seen = draft.changes.latest("pk").pk
    edit_version(
        keepers.writer, draft, replace(content_of(draft), name="Của người thứ nhất"), at=AT, seen=seen
    )
    with pytest.raises(EditedMeanwhile):
        edit_version(
            keepers.leader, draft, replace(content_of(draft), name="Của người sau"), at=AT, seen=seen
        )
    draft.refresh_from_db()
    assert draft.name == "Của người thứ nhất"


def test_one_channel_twice_is_refused_in_words(keepers, active):
    draft = create_version(keepers.writer, active.procedure, at=AT)
    content = content_of(draft)
    case = content.cases[0]
    twice = replace(case, channel_rules=(*case.channel_rules, case.channel_rules[0]))
    with pytest.raises(ContentNotAcceptable, match="hai lần"):
        edit_version(keepers.writer, draft, replace(content, cases=(twice,)), at=AT)


def test_a_day_in_the_past_or_already_taken_is_refused(keepers, active):
    version = verified(keepers, active)
    with pytest.raises(DayNotPossible, match="quá khứ"):
        activate_version(keepers.leader, version, on=TODAY - timedelta(days=1), at=AT)
    activate_version(keepers.leader, version, on=TOMORROW, at=AT)
    third = verified(keepers, active)
    with pytest.raises(DayNotPossible, match="Phiên bản 2"):
        activate_version(keepers.leader, third, on=TODAY, at=AT)


def test_a_procedure_is_taken_in_once_for_an_agency(keepers):
    identity = Identity(
        national_code="1.001193", agency=keepers.province, level=Level.COMMUNE, sector=SectorFactory()
    )
    content = VersionContent(name="Đăng ký khai sinh")
    version = create_procedure(keepers.writer, identity, content, at=AT)
    assert (version.number, version.procedure.national_code) == (1, "1.001193")
    with pytest.raises(ProcedureKnown):
        create_procedure(keepers.writer, identity, content, at=AT)


def test_an_agency_keeps_its_own_procedures_and_no_others(keepers):
    own = ProcedureVersionFactory(procedure__provincial=True)
    other = ProcedureFactory(provincial=True)
    officer = actor_for(MembershipFactory(agency=own.procedure.agency, specialist=True))
    assert create_version(officer, own.procedure, at=AT).number == 2
    with pytest.raises(NotPermitted):
        create_version(officer, other, at=AT)


@pytest.mark.parametrize("state", ["draft", "verified"])
def test_an_outsider_does_nothing(keepers, active, state):
    version = ProcedureVersionFactory(procedure__agency=keepers.province, **{state: True})
    before = content_of(version)
    identity = Identity(
        national_code="9.000001",
        agency=keepers.commune,
        level=Level.COMMUNE,
        sector=active.procedure.sector,
    )
    attempts = [
        lambda: create_procedure(keepers.outsider, identity, before, at=AT),
        lambda: create_version(keepers.outsider, active.procedure, at=AT),
        lambda: edit_version(keepers.outsider, version, before, at=AT),
        lambda: verify_version(keepers.outsider, version, at=AT),
        lambda: send_back_version(keepers.outsider, version, reason="x", at=AT),
        lambda: activate_version(keepers.outsider, version, on=TOMORROW, at=AT),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()
    assert ProcedureVersion.objects.get(pk=version.pk).state == version.state


@pytest.mark.rule("onestop", 8)
def test_a_day_begins_at_midnight_in_viet_nam(keepers, active, clock):
    """23:30 UTC on Monday is 06:30 on Tuesday here: the day of the offices, not of the server."""
    activate_version(keepers.leader, verified(keepers, active), on=TOMORROW, at=AT)
    clock.move_to(f"{TODAY}T16:59:59+00:00")
    assert in_force(active.procedure, timezone.localdate()).number == 1
    clock.move_to(f"{TODAY}T17:00:00+00:00")
    assert in_force(active.procedure, timezone.localdate()).number == 2
    assert date(2025, 9, 16) == timezone.localdate()
