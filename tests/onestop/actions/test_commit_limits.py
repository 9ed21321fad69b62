"""Promising less than the law: shorter limits, steps that fit, drafts that others verify."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egov.workdays.limit import Limit, LimitUnit
from egov.workflow.refusal import NotPermitted
from onestop.actions.commit_limits import Commitment, CommitmentNotPossible, commit_limits, preview
from onestop.enums import VersionState
from onestop.models import ProcedureVersion
from onestop.queries.commitment import reduced
from onestop.queries.completeness import missing
from onestop.queries.version_content import content_of
from tests.conftest import MONDAY_MORNING as AT
from tests.factories.catalogue_people import make_keepers
from tests.factories.procedures import ProcedureVersionFactory

DAYS, HOURS = LimitUnit.WORKING_DAYS, LimitUnit.HOURS


@pytest.mark.parametrize(
    ("limit", "percent", "shorter"),
    [
        (Limit(10, DAYS), 50, Limit(5, DAYS)),
        (Limit(5, DAYS), 50, Limit(2, DAYS)),
        (Limit(1, DAYS), 50, Limit(4, HOURS)),
        (Limit(3, DAYS), 75, Limit(6, HOURS)),
        (Limit(15, LimitUnit.CALENDAR_DAYS), 60, Limit(6, LimitUnit.CALENDAR_DAYS)),
        (Limit(1, LimitUnit.MONTHS), 50, Limit(15, LimitUnit.CALENDAR_DAYS)),
        (Limit(1, LimitUnit.CALENDAR_DAYS), 50, None),
        (Limit(0, DAYS), 50, None),
    ],
)
def test_a_limit_is_cut_in_units_that_can_say_it(limit, percent, shorter):
    assert reduced(limit, percent) == shorter


@pytest.mark.rule("onestop", 29)
@given(st.integers(1, 200), st.sampled_from(LimitUnit), st.integers(50, 75))
def test_a_cut_is_never_smaller_than_promised(amount, unit, percent):
    shorter = reduced(Limit(amount, unit), percent)
    assert (
        shorter is None or shorter.working_hours <= Limit(amount, unit).working_hours * (100 - percent) / 100
    )


@pytest.mark.django_db
@pytest.mark.parametrize("percent", [50, 60, 75])
def test_the_steps_fit_the_shorter_limit(percent):
    keepers = make_keepers()
    active = ProcedureVersionFactory(procedure__agency=keepers.province)
    (draft,) = commit_limits(keepers.writer, Commitment(percent, (active,)), at=AT)
    content = content_of(draft)
    assert (draft.state, missing(content)) == (VersionState.DRAFT, [])
    rule = draft.cases.get().channel_rules.first()
    assert rule.legal_limit == Limit(3, DAYS)
    assert rule.limit.reduction_from(rule.legal_limit) >= percent / 100
    active.refresh_from_db()
    assert active.cases.get().channel_rules.first().limit == Limit(3, DAYS)


@pytest.mark.django_db
def test_the_preview_says_before_and_after_and_who_cannot():
    keepers = make_keepers()
    active, same_day = ProcedureVersionFactory(), ProcedureVersionFactory(same_day=True)
    lines = {line.version: line for line in preview(Commitment(50, (active, same_day)))}
    limit = lines[active].limits[0]
    assert (limit.where, limit.legal, limit.before, limit.after, limit.percent) == (
        "Trực tiếp",
        Limit(3, DAYS),
        Limit(3, DAYS),
        Limit(1, DAYS),
        66,
    )
    assert "không còn thời hạn" in lines[same_day].refusal
    with pytest.raises(CommitmentNotPossible):
        commit_limits(keepers.writer, Commitment(50, (active, same_day)), at=AT)
    assert not ProcedureVersion.objects.filter(state=VersionState.DRAFT).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("percent", [0, 91, -5])
def test_a_share_out_of_range_is_refused(percent):
    keepers = make_keepers()
    with pytest.raises(CommitmentNotPossible):
        commit_limits(keepers.writer, Commitment(percent, (ProcedureVersionFactory(),)), at=AT)


@pytest.mark.django_db
def test_an_outsider_commits_to_nothing():
    keepers = make_keepers()
    with pytest.raises(NotPermitted):
        commit_limits(keepers.outsider, Commitment(50, (ProcedureVersionFactory(),)), at=AT)
