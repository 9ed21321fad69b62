"""What a version still lacks before it may be used, in words (rule 2; domain 2.3, 3.4)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from egov.workdays.limit import HOURS_PER_WORKING_DAY, Limit, LimitUnit
from onestop.enums import Channel, FeeBasis, RequirementKind
from onestop.queries.version_content import (
    CaseContent,
    ChannelContent,
    LegContent,
    VersionContent,
)


def missing(content: VersionContent) -> list[str]:
    """Sentences, one a fault; none: the version may be activated."""
    found = [] if content.cases else [_("Chưa có trường hợp nào (thời hạn, giấy tờ, phí, quy trình).")]
    if not content.applicant_kinds:
        found.append(_("Chưa ghi đối tượng thực hiện."))
    for number, case in enumerate(content.cases, start=1):
        where = _("Trường hợp %(number)d") % {"number": number} if len(content.cases) > 1 else ""
        found += [f"{where}: {fault}" if where else fault for fault in _of_case(case, content)]
    return found


def unknown_units(content: VersionContent) -> list[str]:
    """Where the catalogue printed a number without its unit: a person has to look it up."""
    return [
        _("%(channel)s: “%(amount)d” không có đơn vị")
        % {"channel": Channel(rule.channel).label, "amount": rule.legal_amount}
        for case in content.cases
        for rule in case.channel_rules
        if rule.legal_amount is not None and not rule.legal_unit
    ]


def limit_of(rule: ChannelContent) -> Limit | None:
    """What the appointment is computed from: the commitment where there is one, else the law."""
    return _limit(rule.committed_amount, rule.committed_unit) or legal_limit_of(rule)


def legal_limit_of(rule: ChannelContent) -> Limit | None:
    """By law; none when there is no limit or its unit is unknown."""
    return _limit(rule.legal_amount, rule.legal_unit)


def working_hours(limit: Limit) -> float:
    """How many working hours a limit gives; one in days ends at closing time, so it gives a whole day."""
    least = 0 if limit.unit == LimitUnit.HOURS else HOURS_PER_WORKING_DAY
    return max(limit.working_hours, least)


def way_hours(legs: tuple[LegContent, ...]) -> int:
    """Working hours of the longest way through the legs: those that run side by side count once.

    Raises ValueError when a leg waits for itself.
    """
    ends: dict[int, int] = {}

    def end(number: int, path: tuple[int, ...]) -> int:
        if number in path:
            raise ValueError("a leg waits for itself")
        if number not in ends:
            leg = legs[number - 1]
            before = [end(one, (*path, number)) for one in leg.after if 1 <= one <= len(legs)]
            ends[number] = max(before, default=0) + sum(step.hours for step in leg.steps)
        return ends[number]

    return max((end(number, ()) for number in range(1, len(legs) + 1)), default=0)


def _of_case(case: CaseContent, content: VersionContent) -> Iterator[str]:
    if not case.channel_rules:
        yield _("Chưa có cách thức nộp nào.")
    for rule in case.channel_rules:
        yield from _of_channel(rule, content)
    yield from _of_fees(case)
    if not any(one.kind != RequirementKind.NOTE for one in case.requirements):
        yield _("Chưa có giấy tờ nào phải nộp hoặc xuất trình.")
    yield from _of_way(case, content)


def _of_channel(rule: ChannelContent, content: VersionContent) -> Iterator[str]:
    name = {"channel": str(Channel(rule.channel).label)}
    if rule.legal_amount is None:
        if not content.no_appointment:
            yield _("%(channel)s: chưa có thời hạn giải quyết.") % name
    elif not rule.legal_unit:
        yield _("%(channel)s: thời hạn chưa có đơn vị (ngày làm việc, ngày, giờ, tháng).") % name
    if rule.committed_amount is not None and not rule.committed_unit:
        yield _("%(channel)s: thời hạn cam kết chưa có đơn vị.") % name
    legal, committed = legal_limit_of(rule), _limit(rule.committed_amount, rule.committed_unit)
    if legal and committed and legal.is_shorter_than(committed):
        yield _("%(channel)s: thời hạn cam kết dài hơn thời hạn theo quy định.") % name


def _of_fees(case: CaseContent) -> Iterator[str]:
    for fee in case.fee_rules:
        if fee.basis == FeeBasis.COUNCIL or (fee.basis != FeeBasis.FREE and fee.amount is None):
            yield _(
                "Khoản thu “%(name)s”: mức do Hội đồng nhân dân tỉnh quy định chưa được ghi; ghi mức thu, "
                "cách tính và số nghị quyết."
            ) % {"name": fee.name}
        elif not fee.is_confirmed:
            yield _("Khoản thu “%(name)s” chưa được xác nhận với văn bản quy định.") % {"name": fee.name}
    covered = {fee.channel for fee in case.fee_rules}
    for rule in case.channel_rules:
        if "" not in covered and rule.channel not in covered:
            yield _("%(channel)s: chưa xác nhận mức thu (kể cả khi không thu).") % {
                "channel": str(Channel(rule.channel).label)
            }


def _of_way(case: CaseContent, content: VersionContent) -> Iterator[str]:
    if not case.planned_legs:
        yield _("Chưa có quy trình nội bộ.")
    for leg in case.planned_legs:
        name = {"name": leg.name}
        if not leg.steps:
            yield _("Công đoạn “%(name)s” chưa có bước nào.") % name
        if any(not 1 <= one <= len(case.planned_legs) for one in leg.after):
            yield _("Công đoạn “%(name)s” chờ một công đoạn không có.") % name
        if any(not 1 <= one <= len(leg.steps) for step in leg.steps for one in step.followers):
            yield _("Công đoạn “%(name)s” có bước chuyển đến một bước không có.") % name
        hours = sum(step.hours for step in leg.steps)
        limit = _limit(leg.amount, leg.unit)
        if limit is None:
            yield _("Công đoạn “%(name)s”: thời hạn chưa có đơn vị.") % name
        elif hours > working_hours(limit):
            yield _("Công đoạn “%(name)s”: các bước cộng lại %(hours)d giờ, quá thời hạn %(limit)s.") % {
                **name,
                "hours": hours,
                "limit": limit,
            }
    limits = [limit for rule in case.channel_rules if (limit := limit_of(rule))]
    if content.no_appointment or not limits:
        return
    shortest = min(limits, key=working_hours)
    try:
        hours = way_hours(case.planned_legs)
    except ValueError:
        yield _("Các công đoạn chờ lẫn nhau nên không công đoạn nào bắt đầu được.")
        return
    if hours > working_hours(shortest):
        yield _("Các bước của quy trình cộng lại %(hours)d giờ làm việc, quá thời hạn %(limit)s.") % {
            "hours": hours,
            "limit": shortest,
        }


def _limit(amount: int | None, unit: str) -> Limit | None:
    return None if amount is None or not unit else Limit(amount, LimitUnit(unit))
