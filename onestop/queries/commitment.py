"""What a version would say if the province promised less time than the law allows (domain: 3.5)."""

from dataclasses import replace

from egov.workdays.limit import DAYS_PER_MONTH, HOURS_PER_WORKING_DAY, Limit, LimitUnit
from onestop.queries.completeness import (
    legal_limit_of,
    limit_of,
    way_hours,
    working_hours,
)
from onestop.queries.version_content import (
    CaseContent,
    ChannelContent,
    LegContent,
    VersionContent,
)


def reduced(limit: Limit, percent: int) -> Limit | None:
    """A limit shorter by at least that share; in a smaller unit where whole ones cannot say it.

    One working day less a half is four hours. None where nothing shorter can be promised in its unit.
    """
    kept = 100 - percent
    for smaller in (limit, _in_smaller_unit(limit)):
        if smaller is not None and (amount := smaller.amount * kept // 100):
            return Limit(amount, smaller.unit)
    return None


def committed_content(content: VersionContent, percent: int) -> VersionContent:
    """The same version with every limit reduced, and the steps of its way shortened to fit."""
    return replace(content, cases=tuple(_case(case, content, percent) for case in content.cases))


def without_commitment(content: VersionContent) -> VersionContent:
    """The same version promising what the law says."""
    return replace(
        content,
        cases=tuple(
            replace(
                case,
                channel_rules=tuple(
                    replace(rule, committed_amount=None, committed_unit="") for rule in case.channel_rules
                ),
            )
            for case in content.cases
        ),
    )


def _case(case: CaseContent, content: VersionContent, percent: int) -> CaseContent:
    # A service of the same day has nothing left to promise: its cut-off hour is the promise.
    rules = tuple(
        rule if content.no_appointment or content.cutoff else _rule(rule, percent)
        for rule in case.channel_rules
    )
    return replace(case, channel_rules=rules, planned_legs=_fitted(case.planned_legs, rules))


def _rule(rule: ChannelContent, percent: int) -> ChannelContent:
    legal = legal_limit_of(rule)
    shorter = reduced(legal, percent) if legal else None
    if shorter is None:
        return rule
    return replace(rule, committed_amount=shorter.amount, committed_unit=shorter.unit.value)


def _fitted(legs: tuple[LegContent, ...], rules: tuple[ChannelContent, ...]) -> tuple[LegContent, ...]:
    """The way, shortened evenly to the shortest promise; an hour is the least that a step keeps."""
    limits = [working_hours(limit) for rule in rules if (limit := limit_of(rule))]
    total = way_hours(legs)
    if not limits or total <= min(limits):
        return legs
    share = min(limits) / total
    shorter = tuple(_shorter(leg, share) for leg in legs)
    # Steps that were rounded up to an hour are made good by the longest ones.
    while way_hours(shorter) > min(limits) and (spared := _spared(shorter)) is not None:
        shorter = spared
    return shorter


def _shorter(leg: LegContent, share: float) -> LegContent:
    """In hours, so that nothing is lost by rounding to days; never less than the leg's steps need."""
    steps = tuple(replace(step, hours=max(1, int(step.hours * share))) for step in leg.steps)
    if not leg.unit:
        return replace(leg, steps=steps)
    hours = int(working_hours(Limit(leg.amount, LimitUnit(leg.unit))) * share)
    return replace(
        leg, steps=steps, amount=max(hours, sum(step.hours for step in steps)), unit=LimitUnit.HOURS.value
    )


def _spared(legs: tuple[LegContent, ...]) -> tuple[LegContent, ...] | None:
    """The same way with an hour less in its longest step; None when every step is down to one."""
    longest = max((step.hours for leg in legs for step in leg.steps), default=1)
    if longest == 1:
        return None
    at = next(
        (place, number)
        for place, leg in enumerate(legs)
        for number, step in enumerate(leg.steps)
        if step.hours == longest
    )
    return tuple(
        leg
        if place != at[0]
        else replace(
            leg,
            steps=tuple(
                replace(step, hours=step.hours - (number == at[1])) for number, step in enumerate(leg.steps)
            ),
        )
        for place, leg in enumerate(legs)
    )


def _in_smaller_unit(limit: Limit) -> Limit | None:
    if limit.unit == LimitUnit.WORKING_DAYS:
        return Limit(limit.amount * HOURS_PER_WORKING_DAY, LimitUnit.HOURS)
    if limit.unit == LimitUnit.MONTHS:
        return Limit(limit.amount * DAYS_PER_MONTH, LimitUnit.CALENDAR_DAYS)
    return None
