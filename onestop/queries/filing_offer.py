"""What somebody at home needs to know before filing online: where, by which case, with which papers, from
which day on, for how much; and which papers of their own store they may use again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.queries.tree import resolve_code
from egov.workdays.explain import DayLine
from egov.workflow.refusal import Refusal
from onestop.deadlines import counted_days
from onestop.enums import ApplicantKind, Channel, OnlineLevel, RequirementKind, SystemOfRecord
from onestop.fees import charges_for, undetermined
from onestop.models import Case, ProcedureVersion, Requirement, StoredPaper
from onestop.queries import intake
from onestop.queries.published import door_of, version_with_cases
from onestop.queries.store import store_of, usable
from onestop.rules.identity import ORGANISATIONS


class NotOnline(Refusal):
    """The procedure is filed elsewhere: at the counter, by post, or in a ministry's own system."""


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A line of the list. ``looked_up_in``: the database that gives it, so that nobody has to (rule 46)."""

    id: int
    name: str
    is_shown: bool
    is_conditional: bool
    looked_up_in: str
    form_name: str

    @property
    def is_demanded(self) -> bool:
        """Nothing is filed without it."""
        return not self.is_conditional and not self.looked_up_in


@dataclass(frozen=True, slots=True)
class OfferedCase:
    """One way of applying that may be filed online; notes are no papers (rule 3)."""

    id: int
    name: str
    papers: tuple[AskedPaper, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicantEntry:
    """A kind of applicant that the procedure is for."""

    code: str
    words: str
    is_organisation: bool


@dataclass(frozen=True, slots=True)
class FilingOffer:
    """A procedure as it may be filed online on a day; ``agencies`` are (code, name) of who takes it in.

    ``code`` is its door, which names the agency where several offer one under the same code.
    """

    code: str
    name: str
    version: int
    effective_from: date | None
    # Nothing has to be brought afterwards (toàn trình).
    is_full: bool
    applicants: tuple[ApplicantEntry, ...]
    representative_allowed: bool
    pays_first: bool
    cases: tuple[OfferedCase, ...]
    agencies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChargeEntry:
    """What is paid, in dong; ``basis_words`` says for what, where it is counted."""

    name: str
    basis_words: str
    amount: int


@dataclass(frozen=True, slots=True)
class FilingTerms:
    """What filing at a moment means: from when it counts, when its result is due, what it costs.

    ``undetermined`` names fees whose amount nobody has written down: unknown, not nothing.
    """

    received_at: datetime
    due_at: datetime | None
    limit: str
    days: tuple[DayLine, ...]
    charges: tuple[ChargeEntry, ...]
    undetermined: tuple[str, ...]

    @property
    def total(self) -> int:
        """Dong, of what is known."""
        return sum(charge.amount for charge in self.charges)

    @property
    def has_charges(self) -> bool:
        """Whether there is anything to say of money at all (rule 34)."""
        return bool(self.charges or self.undetermined)


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """A paper of one's own store; ``is_usable``: it holds on the day that was asked about (rule 45)."""

    id: int
    name: str
    number: str
    issued_on: date | None
    expires_on: date | None
    issuer: str
    validity_words: str
    reason: str
    is_usable: bool
    sha256: str
    size: int


def offer(code: str, on: date) -> FilingOffer:
    """The procedure as it may be filed online on that day. Raises ProcedureUnknown, NotOnline."""
    version = version_with_cases(code, on)
    procedure = version.procedure
    cases = tuple(_offered(case) for case in version.cases.all() if _online(case))
    if procedure.system_of_record != SystemOfRecord.LOCAL:
        raise NotOnline(_("Thủ tục này được nộp trên hệ thống của bộ, ngành."))
    if version.online_level == OnlineLevel.INFORMATION or not cases:
        raise NotOnline(_("Thủ tục này không nhận hồ sơ trực tuyến."))
    return FilingOffer(
        code=door_of(version),
        name=version.name,
        version=version.number,
        effective_from=version.effective_from,
        is_full=version.online_level == OnlineLevel.FULL,
        applicants=tuple(
            ApplicantEntry(kind, str(ApplicantKind(kind).label), kind in ORGANISATIONS)
            for kind in version.applicant_kinds
        ),
        representative_allowed=version.representative_allowed,
        pays_first=version.online_payment_required,
        cases=cases,
        agencies=_agencies(version, on),
    )


def terms(code: str, case_id: int, agency_code: str, at: datetime) -> FilingTerms:
    """What filing at that moment with that agency means. Raises ProcedureUnknown, NotOnline."""
    on = timezone.localdate(at)
    version = version_with_cases(code, on)
    case = next((one for one in version.cases.all() if one.pk == case_id and _online(one)), None)
    agency = resolve_code(agency_code, on)
    if case is None or agency is None:
        raise NotOnline(_("Hãy chọn trường hợp của thủ tục và cơ quan nhận hồ sơ."))
    rule = intake.channel_rule(case, Channel.ONLINE)
    promised, days = counted_days(rule, version, agency, at)
    return FilingTerms(
        received_at=promised.received_at,
        due_at=promised.due_at,
        limit=str(rule.limit) if rule and rule.limit else "",
        days=days,
        charges=tuple(
            ChargeEntry(line.name, line.rule.get_basis_display(), line.amount)
            for line in charges_for(case, Channel.ONLINE, {})
        ),
        undetermined=tuple(rule.name for rule in undetermined(case, Channel.ONLINE, {})),
    )


def reusable_papers(
    personal_number: str, code: str, case_id: int, on: date
) -> dict[int, tuple[StoreEntry, ...]]:
    """Papers of a person's own store that stand for a line of the case on that day, by key of the line.

    Revoked, replaced and expired ones are none of them (rule 45). Whoever asks has proved who they are.
    """
    version = version_with_cases(code, on)
    requirements = [
        one
        for case in version.cases.all()
        if case.pk == case_id
        for one in case.requirements.all()
        if one.type_code and one.kind != RequirementKind.NOTE
    ]
    wanted = {one.type_code for one in requirements}
    found = usable(personal_number, on).filter(type_code__in=wanted, file__isnull=False) if wanted else ()
    kept = [(paper.type_code, _entry(paper, usable_now=True)) for paper in found]
    by_line = {
        one.pk: tuple(entry for type_code, entry in kept if type_code == one.type_code)
        for one in requirements
    }
    return {key: entries for key, entries in by_line.items() if entries}


def own_store(personal_number: str, on: date) -> tuple[StoreEntry, ...]:
    """Everything in a person's own store, what no longer holds as well, the newest first."""
    holding = set(usable(personal_number, on).values_list("pk", flat=True))
    return tuple(_entry(paper, usable_now=paper.pk in holding) for paper in store_of(personal_number))


def _online(case: Case) -> bool:
    return any(rule.channel == Channel.ONLINE for rule in case.channel_rules.all())


def _offered(case: Case) -> OfferedCase:
    lines: Iterable[Requirement] = case.requirements.all()
    return OfferedCase(
        id=case.pk,
        name=case.name,
        papers=tuple(
            AskedPaper(
                id=one.pk,
                name=one.name,
                is_shown=one.kind == RequirementKind.SHOWN,
                is_conditional=one.is_conditional,
                looked_up_in=one.available_from,
                form_name=one.form_name,
            )
            for one in lines
            if one.kind != RequirementKind.NOTE
        ),
        notes=tuple(one.name for one in lines if one.kind == RequirementKind.NOTE),
    )


def _agencies(version: ProcedureVersion, on: date) -> tuple[tuple[str, str], ...]:
    """Its own agency where that decides; where every committee of a level decides its own, all of them."""
    procedure = version.procedure
    if procedure.level == procedure.agency.level:
        return ((procedure.agency.code, procedure.agency.name),)
    return tuple(intake.possible_deciders(version, on).values_list("code", "name"))


def _entry(paper: StoredPaper, *, usable_now: bool) -> StoreEntry:
    return StoreEntry(
        id=paper.pk,
        name=paper.name,
        number=paper.number,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        issuer=paper.issuer,
        validity_words=paper.get_validity_display(),
        reason=paper.validity_reason,
        is_usable=usable_now,
        sha256=paper.file.sha256 if paper.file else "",
        size=paper.file.size if paper.file else 0,
    )
