"""A year of dossiers in the demo: each one played through the real actions, at its own time.

Four agencies, a fixed seed, and the fates that a year has: most in time, some early, some late with an
apology, papers asked for, withdrawn, refused, and the last weeks still on the desks.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction
from django.utils import timezone

from egov.organizations.actor import SignedOut
from egov.organizations.enums import AgencyKind, Role
from egov.organizations.models import Agency
from egov.workdays import terms
from egov.workdays.load_calendar import calendar_of
from onestop.actions.apologize import apologize
from onestop.actions.filing import Applicant, Filing, HandedPaper
from onestop.actions.rate import rate
from onestop.actions.receive import receive
from onestop.actions.refuse_intake import refuse_intake
from onestop.actions.withdraw import withdraw
from onestop.enums import (
    ApplicantKind,
    Channel,
    DossierState,
    IntakeRefusalGround,
    RatingStage,
    RequirementKind,
    Satisfaction,
    SystemOfRecord,
)
from onestop.models import Case, Dossier, ProcedureVersion, Requirement
from onestop.queries.intake import deciding_agency
from onestop.seeding.people import company, person
from onestop.seeding.playing import Play, ask_for_papers, hand_over, official, pay

SEED = 2015
DAYS = 365
DOSSIERS = 90
COMMUNES = ("UBND thị trấn Quỳnh Côi", "UBND xã An Ấp", "UBND xã Đông Quan")
CENTRE = "Văn phòng UBND tỉnh"
# How much of its time a dossier takes: fate, share of all, least and most part of the term.
FATES = (
    ("early", 0.34, 0.25, 0.7),
    ("on_time", 0.40, 0.75, 0.95),
    ("late", 0.05, 1.1, 1.4),
    ("apology", 0.06, 1.2, 1.5),
    ("papers", 0.08, 0.5, 0.9),
    ("withdrawn", 0.04, 0.3, 0.6),
    ("refused", 0.03, 0.0, 0.0),
)
LEVELS = (Satisfaction.VERY_SATISFIED, Satisfaction.SATISFIED, Satisfaction.NORMAL, Satisfaction.UNSATISFIED)
RATED, LEVEL_WEIGHTS = 0.35, (62, 28, 8, 2)
# A day's work for what has no appointment of its own.
USUAL = timedelta(days=1)


def play_year(now: datetime, *, count: int = DOSSIERS) -> int:
    """Play so many dossiers of the year before ``now``; none when there are some. Returns how many."""
    if Dossier.objects.exists():
        return 0
    # Posts may have changed hands since another run in the same process.
    official.cache_clear()
    return _Year(now).play(count)


class _Year:
    """One run over the year, in the order of receipt, so that codes and numbers follow the days."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.random = Random(SEED)  # noqa: S311  (stories, no secrets)
        names = (*COMMUNES, CENTRE)
        on = timezone.localdate(now)
        found = {one.short_name: one for one in Agency.objects.existing(on).filter(short_name__in=names)}
        self.agencies = [found[name] for name in names if name in found]

    def play(self, count: int) -> int:
        """All of them; each in a transaction of its own, as in life."""
        moments = sorted(self._moment() for _ in range(count))
        return sum(self._one(moment) for moment in moments)

    def _moment(self) -> datetime:
        """Some working hour of the year; the last weeks are fuller, as their dossiers are still open."""
        back = int(DAYS * self.random.random() ** 1.6)
        day = timezone.localdate(self.now) - timedelta(days=back)
        at = datetime.combine(day, time(7, 30), timezone.get_default_timezone())
        at += timedelta(minutes=self.random.randint(0, 8 * 60))
        agency = self.agencies[0]
        return min(terms.counts_from(calendar_of(agency, day), at), self.now)

    @transaction.atomic
    def _one(self, at: datetime) -> bool:
        agency = self.random.choice(self.agencies)
        version = self._version(agency, timezone.localdate(at))
        if version is None:
            return False
        filing = self._filing(agency, version)
        fate, _share, least, most = self.random.choices(FATES, weights=[one[1] for one in FATES])[0]
        counter = official(agency.pk, Role.COUNTER)
        if fate == "refused":
            reason = "Nơi cư trú của người nộp không thuộc phạm vi giải quyết; đề nghị nộp tại nơi cư trú."
            refuse_intake(counter, filing, ground=IntakeRefusalGround.COMPETENCE, reason=reason, at=at)
            return True
        dossier = receive(counter, filing, at=at)
        pay(dossier, at=at)
        self._live(dossier, fate, self.random.uniform(least, most))
        return True

    def _live(self, dossier: Dossier, fate: str, part: float) -> None:
        assert dossier.received_at is not None  # noqa: S101  (just received)
        begin = dossier.received_at
        calendar = calendar_of(dossier.receiving_agency, timezone.localdate(begin))
        term = terms.working_minutes_between(calendar, begin, dossier.due_at or begin + USUAL)
        end = terms.add_working_minutes(calendar, begin, max(int(term * part), 30))
        if fate == "papers" and dossier.due_at is not None:
            stop = terms.add_working_minutes(calendar, begin, 20)
            back = terms.add_working_minutes(calendar, stop, self.random.randint(480, 5 * 480))
            if stop <= self.now:
                ask_for_papers(dossier, at=stop, back_at=back, until=self.now)
            begin, end = back, terms.add_working_minutes(calendar, back, max(int(term * part), 30))
        if dossier.state == DossierState.SUPPLEMENT:
            return
        if fate == "withdrawn":
            if end <= self.now:
                counter = official(dossier.receiving_agency_id, Role.COUNTER)
                withdraw(counter, dossier, reason="Người nộp xin rút để bổ sung nội dung khác", at=end)
            return
        if fate == "apology" and dossier.due_at is not None:
            self._sorry(
                dossier, calendar_moment=terms.add_working_minutes(calendar, begin, max(term // 3, 1))
            )
        Play(dossier, begin=begin, end=end).run(until=self.now)
        dossier.refresh_from_db()
        self._fetch(dossier, calendar_moment=terms.add_working_minutes(calendar, end, 120))

    def _sorry(self, dossier: Dossier, *, calendar_moment: datetime) -> None:
        """Only where a whole day is left to say it in time."""
        assert dossier.due_at is not None  # noqa: S101  (its caller looked)
        in_time = timezone.localdate(calendar_moment) < timezone.localdate(dossier.due_at)
        if not in_time or calendar_moment > self.now:
            return
        leader = official(dossier.deciding_agency_id, Role.LEADER)
        apologize(
            leader,
            dossier,
            reason="Hồ sơ cần xác minh thêm tại cơ sở",
            days=self.random.randint(2, 4),
            at=calendar_moment,
        )
        dossier.refresh_from_db()

    def _fetch(self, dossier: Dossier, *, calendar_moment: datetime) -> None:
        calendar = calendar_of(dossier.receiving_agency, timezone.localdate(calendar_moment))
        at = terms.add_working_minutes(calendar, calendar_moment, self.random.randint(30, 3 * 480))
        if dossier.state != DossierState.DONE or at > self.now:
            return
        hand_over(dossier, at=at)
        dossier.refresh_from_db()
        if self.random.random() < RATED:
            (level,) = self.random.choices(LEVELS, weights=LEVEL_WEIGHTS)
            rate(SignedOut(), dossier, secret=dossier.secret, stage=RatingStage.RESULT, level=level, at=at)

    def _version(self, agency: Agency, on: date) -> ProcedureVersion | None:
        """Some procedure that this counter takes on that day, settled by agencies that have the people."""
        is_commune = agency.kind == AgencyKind.PEOPLES_COMMITTEE
        accepting = ProcedureVersion.objects.accepting(on).filter(
            procedure__system_of_record=SystemOfRecord.LOCAL,
            result_must_be_signed=False,
            result_file_required=False,
            cases__planned_legs__isnull=False,
        )
        versions = [
            version
            for version in accepting.select_related("procedure__agency").distinct().order_by("pk")
            if _settles(version, agency, is_commune=is_commune)
        ]
        return self.random.choice(versions) if versions else None

    def _filing(self, agency: Agency, version: ProcedureVersion) -> Filing:
        case = self.random.choice(list(version.cases.all()))
        make = person if ApplicantKind.CITIZEN in version.applicant_kinds else company
        owner: Applicant = make(self.random, agency.unit.name)
        papers = tuple(
            HandedPaper(requirement=one, originals=one.originals, photocopies=one.copies)
            for one in _demanded(case)
        )
        filing = Filing(case=case, agency=agency, owner=owner, papers=papers, duplicate_confirmed=True)
        channels = {rule.channel for rule in case.channel_rules.all()}
        channel = Channel.COUNTER if Channel.COUNTER in channels else Channel.POST
        return replace(filing, channel=channel)


def _settles(version: ProcedureVersion, agency: Agency, *, is_commune: bool) -> bool:
    """A commune its own matters, the province's centre those of the other agencies."""
    decides = deciding_agency(version, agency)
    applicants = {ApplicantKind.CITIZEN, ApplicantKind.ENTERPRISE}
    return (
        decides is not None
        and (decides.pk == agency.pk) == is_commune
        and not applicants.isdisjoint(version.applicant_kinds)
    )


def _demanded(case: Case) -> list[Requirement]:
    lines = case.requirements.exclude(kind=RequirementKind.NOTE).filter(
        is_conditional=False, available_from=""
    )
    return list(lines)
