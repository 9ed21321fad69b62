"""Take procedures from a file into the catalogue, as drafts, all of the file or none of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.enums import AgencyKind, Level
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.create_version import Identity, create_procedure, write_draft
from onestop.enums import VersionState
from onestop.exchange.catalogue.plan import ImportPlan, plan_of
from onestop.exchange.catalogue.record import NotReadable, Record
from onestop.models import Procedure, Sector
from onestop.queries.version_content import (
    CaseContent,
    FeeContent,
    VersionContent,
    content_of,
    with_lines,
)


class ImportRefused(Refusal):
    """Some rows cannot be taken; nothing of the file was."""

    status = 422


@dataclass(frozen=True, slots=True)
class CatalogueFile:
    """A file as it came in."""

    name: str
    content: bytes

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made."""

    plan: ImportPlan
    procedures: int
    versions: int
    unchanged: int


def planned(actor: Actor, file: CatalogueFile, *, at: datetime) -> ImportPlan:
    """The dry run: read everything and report every row, write nothing. Raises FileRefused, EmptyFile."""
    plan = plan_of(file.content, file.name, agency_id=_finder(at))
    known = _known(plan)
    for index, record in enumerate(plan.records):
        fault = _fault(actor, record, known, at) or _repeated(plan.records, index)
        if fault:
            plan.refuse(index, fault)
    return plan


@action("onestop.import_catalogue", allowed=rules.may_keep_catalogue)
def import_catalogue(actor: Actor, file: CatalogueFile, *, at: datetime) -> Imported:
    """Write what the dry run announced: new procedures, and next versions of known ones, all as drafts.

    What the file is silent about (steps, promises, flags) stays as the latest version has it. Raises
    ImportRefused when a single row is not in order, FileRefused when the file cannot be read.
    """
    plan = planned(actor, file, at=at)
    if plan.refused:
        raise ImportRefused(
            _("%(count)d dòng chưa nhập được nên chưa có gì được nhập. Hãy sửa tệp rồi gửi lại.")
            % {"count": len(plan.refused)}
        )
    known = _known(plan)
    made = {"procedures": 0, "versions": 0, "unchanged": 0}
    for record in plan.records:
        made[_write(actor, record, known, plan.filename, at)] += 1
    return Imported(plan, **made)


def _write(
    actor: Actor, record: Record, known: dict[tuple[str, int], Procedure], filename: str, at: datetime
) -> str:
    agency = _agency(record, at)
    procedure = known.get((record.code, agency.pk))
    note = _("Nhập từ tệp %(name)s") % {"name": filename}
    if procedure is None:
        sector, _created = Sector.objects.get_or_create(
            code=record.sector_code or record.sector[:30], defaults={"name": record.sector}
        )
        identity = Identity(
            national_code=record.code,
            agency=agency,
            level=record.level,
            sector=sector,
            suffix=record.suffix,
            system_of_record=record.system_of_record,
        )
        create_procedure(actor, identity, record.content, at=at)
        return "procedures"
    latest = procedure.versions.prefetch_related(*with_lines()).latest("number")
    before = content_of(latest)
    content = followed(before, record)
    if content == before:
        return "unchanged"
    write_draft(procedure, content, by=actor, at=at, note=note)
    return "versions"


def followed(before: VersionContent, record: Record) -> VersionContent:
    """The latest content with what the file says put in its place."""
    new = record.content
    values = {name: getattr(new, name) for name in record.given if hasattr(new, name) and name != "cases"}
    cases = tuple(
        _followed_case(before.cases[number], case) if number < len(before.cases) else case
        for number, case in enumerate(new.cases)
    )
    return replace(before, **values, cases=cases or before.cases)


def _followed_case(before: CaseContent, case: CaseContent) -> CaseContent:
    """Promises stay where the law's limit did; fees stay confirmed where nothing about them changed."""
    rules_before = {(rule.channel, rule.variant): rule for rule in before.channel_rules}
    channel_rules = []
    for rule in case.channel_rules:
        old = rules_before.get((rule.channel, rule.variant))
        same = old and (old.legal_amount, old.legal_unit) == (rule.legal_amount, rule.legal_unit)
        channel_rules.append(old if old and same else rule)
    return replace(
        case,
        channel_rules=tuple(channel_rules) or before.channel_rules,
        fee_rules=tuple(_followed_fee(before, fee) for fee in case.fee_rules) or before.fee_rules,
        requirements=case.requirements or before.requirements,
        planned_legs=case.planned_legs or before.planned_legs,
    )


def _followed_fee(before: CaseContent, fee: FeeContent) -> FeeContent:
    def price(one: FeeContent) -> tuple[object, ...]:
        return (one.channel, one.basis, one.amount)

    return next((old for old in before.fee_rules if price(old) == price(fee)), fee)


def _fault(actor: Actor, record: Record, known: dict[tuple[str, int], Procedure], at: datetime) -> str:
    """Why a readable procedure cannot be taken in; empty when it can."""
    try:
        agency = _agency(record, at)
    except NotReadable as fault:
        return str(fault)
    procedure = known.get((record.code, agency.pk))
    if procedure is None:
        verdict = rules.may_keep_catalogue(actor, record)
        return "" if verdict else str(verdict.reason)
    waiting = [one for one in procedure.versions.all() if one.state in _WAITING]
    if waiting:
        return _("thủ tục đã có bản dự thảo (phiên bản %(number)d) chưa áp dụng") % {
            "number": waiting[0].number
        }
    return ""


_WAITING = (VersionState.DRAFT, VersionState.VERIFIED)


def _repeated(records: list[Record], index: int) -> str:
    """One procedure in two places of a file would be two drafts."""
    here = records[index]
    earlier = [one for one in records[:index] if (one.code, one.agency) == (here.code, here.agency)]
    return _("mã thủ tục lặp lại trong tệp") if earlier else ""


def _known(plan: ImportPlan) -> dict[tuple[str, int], Procedure]:
    procedures = Procedure.objects.filter(national_code__in={one.code for one in plan.records})
    return {(one.national_code, one.agency_id): one for one in procedures.prefetch_related("versions")}


def _agency(record: Record, at: datetime) -> Agency:
    """The agency that the file names; the province's committee for what communes decide."""
    agencies = Agency.objects.existing(timezone.localdate(at))
    if record.agency:
        named = Q(code=record.agency) | Q(short_name=record.agency) | Q(name=record.agency)
        found = list(agencies.filter(named)[:2])
        if len(found) == 1:
            return found[0]
        raise NotReadable(_("không tìm thấy cơ quan “%(name)s”") % {"name": record.agency})
    if record.level != Level.COMMUNE:
        raise NotReadable(_("thiếu cơ quan thực hiện"))
    committee = agencies.filter(kind=AgencyKind.PEOPLES_COMMITTEE, level=Level.PROVINCE).first()
    if committee is None:
        raise NotReadable(_("thiếu cơ quan thực hiện"))
    return committee


def _finder(at: datetime) -> Callable[[str], int]:
    """Agencies of legs by code or short name."""

    def find(name: str) -> int:
        agencies: Any = Agency.objects.existing(timezone.localdate(at))
        found = list(agencies.filter(Q(code=name) | Q(short_name=name)).values_list("pk", flat=True)[:2])
        if len(found) != 1:
            raise NotReadable(_("không tìm thấy cơ quan “%(name)s”") % {"name": name})
        return int(found[0])

    return find
