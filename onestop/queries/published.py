"""The catalogue as the public reads it: what may be filed, how, in what time, at what price."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from egov.web.below import Below, read_below
from egov.workflow.refusal import Refusal
from onestop.enums import (
    ApplicantKind,
    Channel,
    EffectKind,
    FeeBasis,
    OnlineLevel,
    RequirementKind,
    SystemOfRecord,
)
from onestop.models import Case, ChannelRule, FeeRule, LifeEvent, ProcedureVersion, Requirement
from onestop.queries.catalogue import searched

# What is published below a version, read in one statement.
CASES = Below("cases", below=(Below("channel_rules"), Below("fee_rules"), Below("requirements")))
PUBLISHED_LISTS = (CASES, Below("legal_bases"), Below("result_kinds"), Below("effects", follow=("decision",)))


class ProcedureUnknown(Refusal):
    """No procedure of this code is in force on that day."""

    status = 404


@dataclass(frozen=True, slots=True)
class ProcedureEntry:
    """A procedure in a list; ``code`` is the province's, such as 1.001193.H54.

    ``door`` asks for it here: the code, and behind an @ its agency's where several offer one under that code.
    """

    code: str
    door: str
    name: str
    sector: str
    agency: str
    level: str
    online_level: str
    online_words: str
    effective_from: date | None
    # Other words that people look for it by.
    keywords: str


@dataclass(frozen=True, slots=True)
class LimitLine:
    """How long it takes through one channel; ``committed`` where the province promises less than the law."""

    channel: str
    channel_words: str
    variant: str
    legal: str
    committed: str
    note: str


@dataclass(frozen=True, slots=True)
class FeeLine:
    """What is paid through one channel (empty: through any). No amount: it is still being determined."""

    channel: str
    kind_words: str
    name: str
    basis: str
    basis_words: str
    amount: int | None
    later_from: int | None
    later_amount: int | None
    cap: int | None
    is_optional: bool
    legal_basis: str

    @property
    def is_free(self) -> bool:
        """Surely nothing to pay; an amount that nobody has set is not that."""
        return self.basis == FeeBasis.FREE


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of what to bring. ``is_provided``: the office looks it up itself, nobody has to bring it."""

    id: int
    name: str
    kind: str
    originals: int
    copies: int
    is_conditional: bool
    is_provided: bool
    form_name: str
    # A blank form can be fetched.
    has_form: bool


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One way of applying."""

    id: int
    name: str
    limits: tuple[LimitLine, ...]
    fees: tuple[FeeLine, ...]
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class ProcedureDetail:
    """A procedure in full, by the version in force on the day that was asked about."""

    entry: ProcedureEntry
    version: int
    process: str
    conditions: str
    intake_address: str
    applicants: tuple[str, ...]
    representative_allowed: bool
    takes_online: bool
    no_appointment: bool
    results: tuple[str, ...]
    legal_bases: tuple[tuple[str, str], ...]
    decisions: tuple[tuple[str, date], ...]
    cases: tuple[CaseEntry, ...]


@dataclass(frozen=True, slots=True)
class LifeEventEntry:
    """What happens in a life, and the procedures in force that come with it."""

    code: str
    name: str
    description: str
    procedures: tuple[ProcedureEntry, ...]


def published(
    on: date,
    *,
    text: str = "",
    sector: str = "",
    level: str = "",
    applicant: str = "",
    online: str = "",
) -> QuerySet[ProcedureVersion]:
    """Versions in force by words without accents or code, sector's code, level, applicant, online level."""
    versions = searched(ProcedureVersion.objects.accepting(on), text.replace("\0", ""))
    wanted = {
        "procedure__sector__code": sector,
        "procedure__level": level,
        "applicant_kinds__contains": [applicant] if applicant else "",
        "online_level": online,
    }
    versions = versions.filter(**{name: value for name, value in wanted.items() if value})
    return _telling_apart(versions, on).order_by("name", "pk")


def entry_of(version: ProcedureVersion) -> ProcedureEntry:
    """As a list shows it."""
    procedure = version.procedure
    return ProcedureEntry(
        code=procedure.local_code,
        door=door_of(version),
        name=version.name,
        sector=procedure.sector.name,
        agency=procedure.agency.name,
        level=procedure.level,
        online_level=version.online_level,
        online_words=str(OnlineLevel(version.online_level).label),
        effective_from=version.effective_from,
        keywords=version.keywords,
    )


def door_of(version: ProcedureVersion) -> str:
    """What asks for this very procedure; of a version from here, or from ``version_of_code``."""
    procedure = version.procedure
    is_shared = version.is_shared  # type: ignore[attr-defined]  # annotated
    return f"{procedure.local_code}@{procedure.agency.code}" if is_shared else procedure.local_code


def version_of_code(code: str, on: date) -> ProcedureVersion:
    """The version in force, by the code with or without its suffix (rule 1), or by its door.

    Where several agencies offer one under that code and none is named, the oldest. Raises ProcedureUnknown.
    """
    typed, _at, agency_code = code.strip().replace("\0", "").partition("@")
    national, suffix = typed[:8], typed[9:]
    versions = ProcedureVersion.objects.accepting(on).filter(procedure__national_code=national)
    if suffix:
        versions = versions.filter(procedure__suffix__iexact=suffix)
    if agency_code:
        versions = versions.filter(procedure__agency__code=agency_code)
    version = _telling_apart(versions, on).order_by("procedure_id").first()
    if version is None or (len(typed) > len(national) and typed[8] != "."):
        raise ProcedureUnknown(_("Không có thủ tục nào mang mã này đang được áp dụng."))
    return version


def version_with_cases(code: str, on: date) -> ProcedureVersion:
    """The same with its cases: limits, fees, papers. Raises ProcedureUnknown."""
    version = version_of_code(code, on)
    read_below([version], CASES)
    return version


def detail_of(version: ProcedureVersion) -> ProcedureDetail:
    """Everything that is published of a version."""
    read_below([version], *PUBLISHED_LISTS)
    return ProcedureDetail(
        entry=entry_of(version),
        version=version.number,
        process=version.process,
        conditions=version.conditions,
        intake_address=version.intake_address,
        applicants=tuple(str(ApplicantKind(kind).label) for kind in version.applicant_kinds),
        representative_allowed=version.representative_allowed,
        takes_online=version.online_level != OnlineLevel.INFORMATION
        and version.procedure.system_of_record == SystemOfRecord.LOCAL,
        no_appointment=version.no_appointment,
        results=tuple(result.name for result in version.result_kinds.all() if not result.is_refusal),
        legal_bases=tuple((basis.number, basis.title) for basis in version.legal_bases.all()),
        decisions=tuple(
            (effect.decision.number, effect.effective_on)
            for effect in version.effects.all()
            if effect.kind != EffectKind.ABOLISHED
        ),
        cases=tuple(_case(case) for case in version.cases.all()),
    )


def life_events(on: date) -> list[LifeEventEntry]:
    """Every life event with its procedures of that day."""
    rows = published(on).filter(procedure__in=LifeEvent.procedures.through.objects.values("procedure"))
    by_procedure = {version.procedure_id: entry_of(version) for version in rows}
    return [
        LifeEventEntry(
            event.code,
            event.name,
            event.description,
            tuple(by_procedure[one.pk] for one in event.procedures.all() if one.pk in by_procedure),
        )
        for event in LifeEvent.objects.prefetch_related("procedures")
    ]


def _telling_apart(versions: QuerySet[ProcedureVersion], on: date) -> QuerySet[ProcedureVersion]:
    """With what an entry tells; ``is_shared``: another agency offers one under the same code."""
    others = ProcedureVersion.objects.accepting(on).filter(
        procedure__national_code=OuterRef("procedure__national_code"),
        procedure__suffix=OuterRef("procedure__suffix"),
    )
    is_shared = Exists(others.exclude(procedure=OuterRef("procedure")).order_by())
    return versions.select_related("procedure__sector", "procedure__agency").annotate(is_shared=is_shared)


def _case(case: Case) -> CaseEntry:
    return CaseEntry(
        id=case.pk,
        name=case.name,
        limits=tuple(_limits(case.channel_rules.all())),
        fees=tuple(_fee(rule) for rule in case.fee_rules.all()),
        papers=tuple(_paper(one) for one in case.requirements.all()),
    )


def _limits(rules: Iterable[ChannelRule]) -> Iterable[LimitLine]:
    for rule in rules:
        legal, counts = rule.legal_limit, rule.limit
        yield LimitLine(
            channel=rule.channel,
            channel_words=str(Channel(rule.channel).label),
            variant=rule.variant,
            legal=str(legal) if legal else "",
            committed=str(counts) if counts and counts != legal else "",
            note=rule.note,
        )


def _fee(rule: FeeRule) -> FeeLine:
    known = rule.is_confirmed
    return FeeLine(
        channel=rule.channel,
        kind_words=rule.get_kind_display(),
        name=rule.name,
        # What nobody has compared with the law is neither free nor an amount (domain: 2.3).
        basis=rule.basis if known else FeeBasis.COUNCIL,
        basis_words=rule.get_basis_display() if known else str(FeeBasis.COUNCIL.label),
        amount=rule.amount if known else None,
        later_from=rule.later_from if known else None,
        later_amount=rule.later_amount if known else None,
        cap=rule.cap if known else None,
        is_optional=rule.is_optional,
        legal_basis=rule.legal_basis,
    )


def _paper(one: Requirement) -> PaperLine:
    return PaperLine(
        id=one.pk,
        name=one.name,
        kind=one.kind,
        originals=one.originals,
        copies=one.copies,
        is_conditional=one.is_conditional,
        is_provided=bool(one.available_from) and one.kind != RequirementKind.NOTE,
        form_name=one.form_name,
        has_form=one.form_id is not None,
    )
