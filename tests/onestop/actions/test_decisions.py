"""Decisions: many procedures, each from 00:00 local time of its own day, whether or not a task runs."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from egov.audit.models import AuditEvent
from egov.workflow.refusal import NotPermitted
from onestop.actions.activate_version import DayNotPossible, activate_version
from onestop.actions.announce_decision import (
    DecisionContent,
    DecisionNotAcceptable,
    EffectLine,
    announce_decision,
)
from onestop.actions.apply_decisions import apply_decisions
from onestop.enums import EffectKind, VersionState
from onestop.models import AnnouncingDecision, DecisionEffect, ProcedureVersion
from onestop.queries.catalogue import find_procedures, held_on, in_force, standing
from onestop.tasks import apply_decisions as task
from tests.conftest import MONDAY_MORNING as AT
from tests.factories.catalogue_people import Keepers, make_keepers
from tests.factories.procedures import ProcedureVersionFactory

TODAY = AT.date()
FIRST_OF_OCTOBER, NEW_YEAR = date(2025, 10, 1), date(2026, 1, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def keepers() -> Keepers:
    return make_keepers()


def followed(active: ProcedureVersion) -> ProcedureVersion:
    """A verified next version."""
    return ProcedureVersionFactory(verified=True, procedure=active.procedure, number=2)


def decision(*lines: EffectLine, number: str = "1216/QĐ-UBND") -> DecisionContent:
    return DecisionContent(
        number=number,
        issuer="Chủ tịch Ủy ban nhân dân tỉnh",
        title="Công bố thủ tục hành chính",
        issued_on=TODAY,
        lines=lines,
    )


def amending(version: ProcedureVersion, on: date) -> EffectLine:
    return EffectLine(procedure=version.procedure, kind=EffectKind.AMENDED, effective_on=on, version=version)


def abolishing(version: ProcedureVersion, on: date) -> EffectLine:
    return EffectLine(procedure=version.procedure, kind=EffectKind.ABOLISHED, effective_on=on)


@pytest.mark.rule("onestop", 7)
def test_each_line_holds_from_its_own_day(keepers, clock):
    one, two, three = (ProcedureVersionFactory() for _ in range(3))
    content = decision(
        amending(followed(one), FIRST_OF_OCTOBER),
        amending(followed(two), NEW_YEAR),
        abolishing(three, NEW_YEAR),
    )
    announce_decision(keepers.leader, content, at=AT)

    def numbers(day: date) -> list[int | None]:
        held = [in_force(version.procedure, day) for version in (one, two, three)]
        return [version.number if version else None for version in held]

    # Nothing has run and no day has come: dates alone decide.
    assert numbers(TODAY) == [1, 1, 1]
    assert numbers(FIRST_OF_OCTOBER - timedelta(days=1)) == [1, 1, 1]
    assert numbers(FIRST_OF_OCTOBER) == [2, 1, 1]
    assert numbers(NEW_YEAR) == [2, 2, None]
    clock.move_to("2026-01-01T00:00:00+07:00")
    before = numbers(NEW_YEAR)
    assert apply_decisions(timezone.now()) == 6
    assert numbers(NEW_YEAR) == before
    states = list(ProcedureVersion.objects.order_by("procedure", "number").values_list("state", flat=True))
    assert states == ["superseded", "active", "superseded", "active", "abolished"]


@pytest.mark.rule("onestop", 7)
@pytest.mark.parametrize(
    ("moment", "number"), [("2025-09-30T23:59:59+07:00", 1), ("2025-10-01T00:00:00+07:00", 2)]
)
def test_the_day_turns_at_midnight_in_viet_nam(keepers, clock, moment, number):
    active = ProcedureVersionFactory()
    announce_decision(keepers.leader, decision(amending(followed(active), FIRST_OF_OCTOBER)), at=AT)
    clock.move_to(moment)
    task()
    assert in_force(active.procedure, timezone.localdate()).number == number
    active.refresh_from_db()
    assert (active.state == VersionState.SUPERSEDED) == (number == 2)


def test_applying_twice_changes_nothing(keepers, clock):
    active = ProcedureVersionFactory()
    announce_decision(keepers.leader, decision(amending(followed(active), FIRST_OF_OCTOBER)), at=AT)
    assert apply_decisions(AT) == 0
    clock.move_to("2025-10-05T08:00:00+07:00")
    assert apply_decisions(timezone.now()) == 2
    applied = DecisionEffect.objects.get().applied_at
    clock.shift(timedelta(minutes=5))
    assert apply_decisions(timezone.now()) == 0
    assert DecisionEffect.objects.get().applied_at == applied
    assert active.changes.filter(after=VersionState.SUPERSEDED).count() == 1
    assert AuditEvent.objects.filter(action="onestop.apply_decisions").count() == 1


@pytest.mark.rule("onestop", 6)
def test_an_abolished_procedure_takes_nothing_new_and_stays_to_be_read(keepers, clock):
    active = ProcedureVersionFactory(procedure__agency=keepers.province)
    announce_decision(keepers.leader, decision(abolishing(active, FIRST_OF_OCTOBER)), at=AT)
    eve = FIRST_OF_OCTOBER - timedelta(days=1)
    assert active in find_procedures("", keepers.commune, eve)
    assert active not in find_procedures("", keepers.commune, FIRST_OF_OCTOBER)
    version = ProcedureVersion.objects.get(pk=active.pk)
    assert version.accepts_on(eve)
    assert not version.accepts_on(FIRST_OF_OCTOBER)
    clock.move_to("2025-10-01T09:00:00+07:00")
    assert standing(version, timezone.now())[0] == "Hết áp dụng từ 01/10/2025"
    apply_decisions(timezone.now())
    version.refresh_from_db()
    assert standing(version, timezone.now())[0] == VersionState.ABOLISHED.label
    assert held_on(active.procedure, TODAY) == active


def test_what_abolishes_cannot_be_outlived_by_a_version_in_between(keepers):
    active = ProcedureVersionFactory(procedure__agency=keepers.province)
    announce_decision(keepers.leader, decision(abolishing(active, NEW_YEAR)), at=AT)
    version = followed(active)
    activate_version(keepers.leader, version, on=FIRST_OF_OCTOBER, at=AT)
    version.refresh_from_db()
    assert version.effective_to == NEW_YEAR
    assert in_force(active.procedure, NEW_YEAR) is None


def test_a_decision_is_entered_whole_or_not_at_all(keepers):
    one, two = ProcedureVersionFactory(), ProcedureVersionFactory(draft=True)
    content = decision(abolishing(one, NEW_YEAR), amending(two, FIRST_OF_OCTOBER))
    with pytest.raises(DecisionNotAcceptable, match="chưa được thẩm tra"):
        announce_decision(keepers.leader, content, at=AT)
    assert not AnnouncingDecision.objects.exists()
    one.refresh_from_db()
    assert one.effective_to is None


def test_faults_of_a_decision_are_said_in_words(keepers):
    active = ProcedureVersionFactory()
    version = followed(active)
    early = TODAY - timedelta(days=1)
    cases = [
        (decision(), "chưa có thủ tục nào"),
        (decision(amending(version, early)), "trước ngày ban hành"),
        (decision(amending(version, FIRST_OF_OCTOBER), abolishing(active, NEW_YEAR)), "hai lần"),
        (
            decision(EffectLine(procedure=active.procedure, kind=EffectKind.AMENDED, effective_on=NEW_YEAR)),
            "hãy chọn phiên bản",
        ),
    ]
    for content, words in cases:
        with pytest.raises(DecisionNotAcceptable, match=words):
            announce_decision(keepers.leader, content, at=AT)
    announce_decision(keepers.leader, decision(amending(version, FIRST_OF_OCTOBER)), at=AT)
    with pytest.raises(DecisionNotAcceptable, match="đã được ghi"):
        announce_decision(keepers.leader, decision(abolishing(active, NEW_YEAR)), at=AT)


def test_what_is_not_in_force_cannot_be_abolished(keepers):
    ended = ProcedureVersionFactory(abolished=True)
    with pytest.raises(DayNotPossible):
        announce_decision(keepers.leader, decision(abolishing(ended, NEW_YEAR)), at=AT)


def test_a_late_decision_does_not_rewrite_the_past(keepers):
    ended = ProcedureVersionFactory(abolished=True, effective_to=TODAY)
    version = ProcedureVersionFactory(verified=True, procedure=ended.procedure, number=2)
    content = DecisionContent(
        number="7/QĐ-UBND",
        issuer="Chủ tịch",
        title="Công bố",
        issued_on=date(2025, 9, 1),
        lines=(amending(version, date(2025, 9, 10)),),
    )
    with pytest.raises(DayNotPossible, match="hết áp dụng"):
        announce_decision(keepers.leader, content, at=AT)


@pytest.mark.parametrize("who", ["writer", "outsider"])
def test_only_those_who_decide_announce(keepers, who):
    active = ProcedureVersionFactory()
    with pytest.raises(NotPermitted):
        announce_decision(getattr(keepers, who), decision(abolishing(active, NEW_YEAR)), at=AT)
