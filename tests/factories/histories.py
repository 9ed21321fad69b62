"""Random lives of dossiers along legal paths, written as the events that real actions write.

Written step by step for all dossiers together, so that thousands of them take seconds; the database's own
triggers see each event in the order of its time.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.db.models import prefetch_related_objects

from egov.organizations.models import Agency
from egov.workdays.limit import Limit, LimitUnit
from onestop import states
from onestop.enums import Channel, ClockEventKind, DossierState
from onestop.models import (
    Case,
    ChannelRule,
    ClockEvent,
    Dossier,
    DossierChange,
    DossierTakeover,
    ProcedureVersion,
)
from tests.factories.dossiers import PartyFactory
from tests.factories.organizations import AgencyFactory
from tests.factories.procedures import ProcedureFactory, ProcedureVersionFactory, SectorFactory

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
FIRST, LAST = datetime(2025, 1, 1, tzinfo=ZONE), datetime(2025, 7, 1, tzinfo=ZONE)
MERGED_AT = datetime(2025, 4, 1, 7, 0, tzinfo=ZONE)
LONGEST = 14
S, K = DossierState, ClockEventKind


@dataclass(frozen=True)
class Happening:
    """One moment of a dossier: its new state if it moved, its times if they changed."""

    at: datetime
    state: str | None = None
    kind: str | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None


@dataclass
class History:
    """A dossier and everything that happened to it, oldest first."""

    version: ProcedureVersion
    agency: Agency
    channel: str
    happenings: list[Happening] = field(default_factory=list)
    # Taken over by this agency at MERGED_AT, if it was open then.
    successor: Agency | None = None

    @property
    def case(self) -> Case:
        """The only one of its version; with its rules it is at hand (``World.made``)."""
        (case,) = self.version.cases.all()
        return case

    @property
    def rule(self) -> ChannelRule:
        return self.case.channel_rules.all()[0]

    @property
    def in_hours(self) -> bool:
        return self.rule.legal_unit == LimitUnit.HOURS

    def before(self, moment: datetime) -> list[Happening]:
        """What had happened by then."""
        return [one for one in self.happenings if one.at < moment]

    def state_at(self, moment: datetime) -> str | None:
        moved = [one for one in self.before(moment) if one.state]
        return moved[-1].state if moved else None


@dataclass(frozen=True)
class World:
    """Three agencies, of which the last is merged into the first; four procedures in two sectors."""

    agencies: tuple[Agency, ...]
    versions: tuple[ProcedureVersion, ...]

    @classmethod
    def made(cls) -> "World":
        province = AgencyFactory(province=True)
        agencies = tuple(AgencyFactory(parent=province) for _ in range(3))
        civil, land = SectorFactory(), SectorFactory(code="G10-DD", name="Đất đai")
        hours = {"case__limit": Limit(8, LimitUnit.HOURS)}
        versions = tuple(
            ProcedureVersionFactory(procedure=ProcedureFactory(agency=province, sector=sector), **options)
            for sector, options in (
                (civil, {}),
                (civil, {"no_appointment": True}),
                (land, hours),
                (land, {"case__committed": Limit(1, LimitUnit.WORKING_DAYS)}),
            )
        )
        # Thousands of lives ask for them.
        prefetch_related_objects(versions, "cases__channel_rules")
        return cls(agencies, versions)

    def histories(self, count: int, seed: int) -> list[History]:
        """So many lives, the same for the same seed; nothing is written yet."""
        random = Random(seed)
        return [self._history(random) for _ in range(count)]

    def _history(self, random: Random) -> History:
        history = History(
            version=random.choice(self.versions),
            agency=random.choice(self.agencies),
            channel=random.choice(Channel.values),
        )
        at = FIRST + (LAST - FIRST) * random.random()
        if history.channel == Channel.ONLINE:
            history.happenings.append(Happening(at, S.FILED))
        else:
            history.happenings.append(_received(history, at, random))
        while len(history.happenings) < LONGEST:
            at += _pause(random)
            happening = _next(history, at, random)
            if happening is None:
                break
            history.happenings.append(happening)
        gone = history.agency == self.agencies[-1]
        open_then = history.state_at(MERGED_AT) in states.OPEN and history.before(MERGED_AT)
        if gone and open_then and history.state_at(MERGED_AT) != S.DONE:
            history.successor = self.agencies[0]
        return history


def written(histories: list[History], until: datetime | None = None) -> list[Dossier]:
    """Their dossiers with every event before ``until`` (none: all)."""
    owner = PartyFactory()
    dossiers = Dossier.objects.bulk_create(
        Dossier(
            filing_number=f"DK-{number}",
            version=one.version,
            case=one.case,
            channel=one.channel,
            channel_rule=one.rule,
            receiving_agency=one.agency,
            deciding_agency=one.agency,
            current_agency=one.agency,
            owner=owner,
            submitter=owner,
            content="Đăng ký",
            submitted_at=one.happenings[0].at,
            promised_at=_first_due(one),
            legal_due_at=_first_due(one),
        )
        for number, one in enumerate(histories)
    )
    write_events(list(zip(dossiers, histories, strict=True)), until=until)
    return dossiers


def write_events(
    pairs: list[tuple[Dossier, History]], *, since: datetime | None = None, until: datetime | None = None
) -> None:
    """The events of these dossiers in a stretch of time, in the order in which they happened."""
    todo = {
        dossier.pk: [
            one
            for one in history.happenings
            if (since is None or one.at >= since) and (until is None or one.at < until)
        ]
        for dossier, history in pairs
    }
    for turn in range(LONGEST):
        taken_over = [
            (dossier, history)
            for dossier, history in pairs
            if history.successor
            and (until is None or until > MERGED_AT)
            and (since is None or since <= MERGED_AT)
            and _turn_of_merger(todo[dossier.pk]) == turn
        ]
        _take_over(taken_over)
        due = [(dossier, todo[dossier.pk][turn]) for dossier, _ in pairs if turn < len(todo[dossier.pk])]
        _write(due, {dossier.pk: history for dossier, history in pairs})
    _take_over(
        [
            (dossier, history)
            for dossier, history in pairs
            if history.successor
            and (until is None or until > MERGED_AT)
            and (since is None or since <= MERGED_AT)
            and _turn_of_merger(todo[dossier.pk]) >= LONGEST
        ]
    )


def _write(due: list[tuple[Dossier, Happening]], histories: dict[int, History]) -> None:
    DossierChange.objects.bulk_create(
        DossierChange(
            dossier=dossier, before=histories[dossier.pk].state_at(one.at) or "", after=one.state, at=one.at
        )
        for dossier, one in due
        if one.state
    )
    ClockEvent.objects.bulk_create(
        ClockEvent(
            dossier=dossier,
            kind=one.kind,
            at=one.at,
            received_at=one.received_at,
            due_at=one.due_at,
            finished_at=one.finished_at,
        )
        for dossier, one in due
        if one.kind
    )


def _take_over(pairs: list[tuple[Dossier, History]]) -> None:
    DossierTakeover.objects.bulk_create(
        DossierTakeover(
            dossier=dossier,
            predecessor=history.agency,
            successor=history.successor,
            predecessor_name=history.agency.name,
            successor_name=history.successor.name,
            decision="12/NQ-HĐND",
            decided_on=MERGED_AT.date(),
            at=MERGED_AT,
        )
        for dossier, history in pairs
    )
    for successor in {history.successor for _dossier, history in pairs}:
        theirs = [dossier.pk for dossier, history in pairs if history.successor == successor]
        Dossier.objects.filter(pk__in=theirs).update(deciding_agency=successor)


def _turn_of_merger(happenings: list[Happening]) -> int:
    """Before which of these the merger comes; beyond all when it comes last."""
    return next((turn for turn, one in enumerate(happenings) if one.at >= MERGED_AT), LONGEST)


def _first_due(history: History) -> datetime | None:
    return next((one.due_at for one in history.happenings if one.due_at), None)


def _pause(random: Random) -> timedelta:
    """Minutes, hours, days or weeks."""
    return timedelta(minutes=random.choice([0, 5, 90, 400, 1500, 4000, 12_000, 45_000]) * random.random() + 1)


def _received(history: History, at: datetime, random: Random) -> Happening:
    received_at = at + random.choice([timedelta(), timedelta(), timedelta(hours=14), timedelta(days=2)])
    due_at = None
    if not history.version.no_appointment:
        due_at = (received_at + timedelta(days=random.randrange(9))).replace(
            hour=16, minute=0, second=0, microsecond=0
        )
    return Happening(at, S.RECEIVED, K.RECEIVED, received_at=received_at, due_at=due_at)


def _next(history: History, at: datetime, random: Random) -> Happening | None:
    state = history.state_at(at)
    told = _told(history, at)
    apologised = any(one.kind == K.APOLOGY for one in history.happenings)
    if state in states.RUNNING and told and told.due_at and not apologised and random.random() < 0.15:
        later = told.due_at + timedelta(days=random.randrange(1, 9))
        return Happening(at, None, K.APOLOGY, told.received_at, later)
    follow = sorted(states.DOSSIER.steps[state])
    if told and S.FILED in follow:
        follow.remove(S.FILED)
    if not told:
        # Before it is received only the intake acts.
        follow = [one for one in follow if one not in {S.PROCESSING, S.STOPPED}]
    if not follow:
        return None
    # Most dossiers end well.
    following = S.DONE if S.DONE in follow and random.random() < 0.5 else random.choice(follow)
    if following == S.RECEIVED and not told:
        return _received(history, at, random)
    if not told:
        return Happening(at, following)
    return Happening(at, following, *_times(state, following, told, at, random))


def _times(  # noqa: PLR0911  (one line a way to go)
    state: str, following: str, told: Happening, at: datetime, random: Random
) -> tuple:
    received, due = told.received_at, told.due_at
    if following == S.DONE:
        return K.FINISHED, received, due, at
    if following == S.RETURNED:
        return K.RETURNED, received, due, told.finished_at
    if following == S.WITHDRAWN:
        return K.CLOSED, received, due
    if following in states.PAUSED:
        return K.STOPPED, received, due
    if state in states.PAUSED:
        return K.RESUMED, received, due and due + timedelta(days=random.randrange(6))
    if state == S.DONE:
        return K.REOPENED, received, due
    return (None,)


def _told(history: History, at: datetime) -> Happening | None:
    events = [one for one in history.before(at) if one.kind]
    return events[-1] if events else None
