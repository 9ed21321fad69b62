"""What a version says, line by line in words, and what differs between two of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import time
from typing import Any

from django.db.models import CharField, Choices
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workdays.limit import LimitUnit
from onestop.enums import (
    ApplicantKind,
    Channel,
    FeeBasis,
    LegAgency,
    RequirementKind,
    StopReason,
)
from onestop.models import ProcedureVersion
from onestop.queries.completeness import legal_limit_of, limit_of
from onestop.queries.version_content import (
    LINES,
    CaseContent,
    ChannelContent,
    FeeContent,
    LegContent,
    RequirementContent,
    VersionContent,
)

LISTS: Mapping[str, type[Choices]] = {"applicant_kinds": ApplicantKind, "allowed_stops": StopReason}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement of a version: where it stands, what it is about, what it says."""

    section: str
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of which two versions say different things; empty where one says nothing of it."""

    section: str
    label: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def differences(before: VersionContent, after: VersionContent) -> list[Difference]:
    """Every line that differs, in the order of the new version; what it no longer says comes last."""
    old, new = _by_place(lines_of(before)), _by_place(lines_of(after))
    places = [*new, *(place for place in old if place not in new)]
    return [
        Difference(*place[:2], before=old.get(place, ""), after=new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "")
    ]


def lines_of(content: VersionContent) -> Iterator[Line]:
    """Everything that a version says; empty statements are left out."""
    section = _("Thông tin chung")
    for field in fields(VersionContent):
        if field.name in LINES:
            continue
        words = _words(field.name, getattr(content, field.name))
        if words:
            yield Line(section, str(_model_label(field.name)), words)
    for basis in content.legal_bases:
        yield Line(_("Căn cứ pháp lý"), basis.number, basis.title or basis.number)
    for result in content.result_kinds:
        words = f"{result.name} – {_('văn bản từ chối')}" if result.is_refusal else result.name
        yield Line(_("Kết quả"), result.code or result.name, words)
    names = _agency_names(content)
    for number, case in enumerate(content.cases, start=1):
        yield from _case_lines(number, case, names)


def fee_words(fee: FeeContent) -> str:
    """“8.000 đồng mỗi bản”, “không thu”, “chưa xác định”."""
    if fee.basis == FeeBasis.FREE:
        return _("không thu")
    if fee.amount is None:
        return _("chưa xác định mức thu")
    words = _("%(amount)s đồng, %(basis)s") % {
        "amount": number_format(fee.amount, force_grouping=True),
        "basis": str(FeeBasis(fee.basis).label).lower(),
    }
    if fee.later_from and fee.later_amount is not None:
        words += _("; từ %(from)d: %(amount)s đồng") % {
            "from": fee.later_from,
            "amount": number_format(fee.later_amount, force_grouping=True),
        }
    if fee.cap:
        words += _("; tối đa %(cap)s đồng") % {"cap": number_format(fee.cap, force_grouping=True)}
    return words


def paper_words(paper: RequirementContent) -> str:
    """“1 bản chính, 2 bản sao”, with what else is said of it."""
    if paper.kind == RequirementKind.NOTE:
        return str(RequirementKind.NOTE.label)
    if paper.kind == RequirementKind.SHOWN:
        words = _("xuất trình")
    else:
        counts = (
            (paper.originals, _("%(count)d bản chính")),
            (paper.copies, _("%(count)d bản sao")),
        )
        words = ", ".join(text % {"count": count} for count, text in counts if count)
    if paper.is_conditional:
        words += f"; {_('nếu có')}"
    if paper.available_from:
        words += "; " + _("tra cứu được từ %(source)s") % {"source": paper.available_from}
    return words


def limit_words(rule: ChannelContent) -> str:
    """“15 ngày; cam kết 7 ngày”."""
    legal, limit = legal_limit_of(rule), limit_of(rule)
    if legal is None:
        words = _("chưa có thời hạn")
        if rule.legal_amount is not None:
            words = _("%(amount)d, chưa rõ đơn vị") % {"amount": rule.legal_amount}
    else:
        words = str(legal)
    if rule.committed_amount is not None and limit is not None:
        words += "; " + _("cam kết %(limit)s") % {"limit": limit}
    return f"{words}; {rule.note}" if rule.note else words


def _case_lines(number: int, case: CaseContent, names: Mapping[int, str]) -> Iterator[Line]:
    section = case.name or _("Trường hợp %(number)d") % {"number": number}
    for rule in case.channel_rules:
        label = ", ".join(filter(None, [str(Channel(rule.channel).label), rule.variant]))
        yield Line(section, _("Thời hạn, %(channel)s") % {"channel": label.lower()}, limit_words(rule))
    for fee in case.fee_rules:
        where = str(Channel(fee.channel).label).lower() if fee.channel else _("mọi cách thức")
        words = fee_words(fee) + ("" if fee.is_confirmed else f" ({_('chưa xác nhận')})")
        yield Line(section, f"{fee.name}, {where}", "; ".join(filter(None, [words, fee.legal_basis])))
    for paper in case.requirements:
        yield Line(section, paper.name, paper_words(paper))
    for order, leg in enumerate(case.planned_legs, start=1):
        yield from _leg_lines(section, order, leg, names)


def _leg_lines(section: str, order: int, leg: LegContent, names: Mapping[int, str]) -> Iterator[Line]:
    who = names.get(leg.agency_id or 0) or str(LegAgency(leg.agency_choice).label)
    limit = f"{leg.amount} {LimitUnit(leg.unit).label}" if leg.unit else str(leg.amount)
    after = _("; sau công đoạn %(numbers)s") % {"numbers": _numbers(leg.after)} if leg.after else ""
    yield Line(
        section,
        _("Công đoạn %(order)d: %(name)s") % {"order": order, "name": leg.name},
        f"{who}; {limit}{after}",
    )
    for number, step in enumerate(leg.steps, start=1):
        following = _("; tiếp theo: %(numbers)s") % {"numbers": _numbers(step.followers)}
        yield Line(
            section,
            _("Bước %(order)d.%(number)d: %(name)s") % {"order": order, "number": number, "name": step.name},
            f"{Role(step.role).label}; "
            + _("%(hours)d giờ") % {"hours": step.hours}
            + (following if step.followers else ""),
        )


def _by_place(lines: Iterable[Line]) -> dict[tuple[str, str, int], str]:
    """By section and label; the second line with the same label is another line."""
    found: dict[tuple[str, str, int], str] = {}
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        place = (line.section, line.label)
        seen[place] = seen.get(place, 0) + 1
        found[(*place, seen[place])] = line.words
    return found


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if name in LISTS:
        return ", ".join(str(LISTS[name](one).label) for one in value)
    field = ProcedureVersion._meta.get_field(name)
    choices: dict[Any, Any] = dict(field.flatchoices) if isinstance(field, CharField) else {}
    return str(choices.get(value, value or ""))


def _model_label(name: str) -> object:
    label = ProcedureVersion._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return str(label)[:1].upper() + str(label)[1:]


def _numbers(numbers: tuple[int, ...]) -> str:
    return ", ".join(str(one) for one in numbers)


def _agency_names(content: VersionContent) -> dict[int, str]:
    wanted = {leg.agency_id for case in content.cases for leg in case.planned_legs if leg.agency_id}
    return dict(Agency.objects.filter(pk__in=wanted).values_list("pk", "short_name")) if wanted else {}
