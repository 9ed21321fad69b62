"""Terms that run now, and whom each of them binds: what reminders are made from.

A term runs until the event that ends it is on record; nothing here is ever typed as late. What a row says of
a protected letter is its code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from complaints import deadlines, states
from complaints.enums import MatterKind, MatterState
from complaints.models import Matter, MatterPaper, Promise, Publication, Visit
from complaints.models.matter import MatterQuerySet
from complaints.models.sending import SendingKind
from complaints.models.term import TermKey
from complaints.queries.people import approvers, at_the_door
from complaints.queries.sendings import owed_sendings
from complaints.queries.transfers import not_yet_sent
from complaints.rules.conflict import tie_to
from complaints.rules.transfers import TOLD
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.organizations.queries.people import holders
from egov.workdays.calendar import Calendar
from egov.workdays.load_calendar import calendar_of

PERCENT = 100
LETTER, VISIT, PROMISE = _("Đơn %(code)s"), _("Lượt tiếp %(code)s"), _("Việc đã hứa tại lượt tiếp %(code)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningTerm:
    """One term: of what, from when to when, and who has to see to it."""

    # What names the term together with its end: a longer one is another.
    key: str
    # What its page shows, and how a person calls it: by code.
    about: Model
    of: LazyText
    code: str
    name: LazyText
    started_on: date
    # The day on which the limit ends, and the open day that counts as its last.
    ends_on: date
    due_on: date
    # Days on which the clock stood still.
    paused: int = 0
    # Of a limit in working days: which days those are.
    calendar: Calendar | None = None
    agency: Agency
    keeper: Membership | None
    # Nothing for a promise or a visit.
    matter: Matter | None = None

    def used(self, on: date) -> int:
        """How much of it has passed on that day, in per cent: whole only on its last open day."""
        if on >= self.due_on:
            return max(PERCENT, self._share(on))
        return min(PERCENT - 1, self._share(on))

    def bound(self, on: date) -> list[Membership]:
        """Who has to see to it; where nobody has it in hand, who would take it, or their leaders."""
        if self.keeper is not None and self.keeper.holds_on(on):
            return [self.keeper]
        return self._at_the_door(on) or self.above(on)

    def above(self, on: date) -> list[Membership]:
        """The superiors: leaders of the agency, of a letter only those who may decide about it."""
        if self.matter is not None:
            return approvers(self.matter, but=None, on=on)
        return list(holders(self.agency, on, Role.LEADER))

    def _at_the_door(self, on: date) -> list[Membership]:
        if self.matter is None or self.matter.state not in states.PROCESSED:
            return []
        door = at_the_door(self.agency, self.matter.letter, on=on)
        return [one for one in door if tie_to(self.matter, one) is None]

    def _share(self, on: date) -> int:
        if self.calendar is not None:
            whole = self.calendar.working_days_between(self.started_on, self.ends_on)
            passed = self.calendar.working_days_between(self.started_on, on)
        else:
            whole = (self.ends_on - self.started_on).days - self.paused
            passed = (on - self.started_on).days - self.paused
        return PERCENT * passed // whole if whole > 0 else PERCENT


def running_terms() -> Iterator[RunningTerm]:
    """Every term that runs now, of settlement first."""
    calendars = _Calendars()
    yield from _settlements()
    yield from _processing(calendars)
    yield from _transfers(calendars)
    yield from _replies(calendars)
    yield from _sendings(calendars)
    yield from _publications()
    yield from _visits()
    yield from _promises()


class _Calendars:
    """One calendar for an agency and a year, read once in a run over thousands of terms."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], Calendar] = {}

    def of(self, agency: Agency, day: date) -> Calendar:
        key = (agency.pk, day.year)
        if key not in self._read:
            self._read[key] = calendar_of(agency, date(day.year, 1, 1))
        return self._read[key]


def _matters() -> MatterQuerySet:
    return Matter.objects.select_related(
        "letter__root", "letter__agency", "handler__user", "agency", "subject_membership"
    ).prefetch_related("suspensions", "withdrawals", "facts")


def _of_matter(
    matter: Matter, kind: str, name: LazyText, *, started_on: date, due_on: date, **more: Any
) -> RunningTerm:
    ends_on = more.pop("ends_on", due_on)
    return RunningTerm(
        key=f"{kind}.{matter.pk}",
        about=matter.letter,
        of=LETTER,
        code=matter.letter.code,
        name=name,
        started_on=started_on,
        ends_on=ends_on,
        due_on=due_on,
        agency=matter.agency,
        keeper=matter.handler,
        matter=matter,
        **more,
    )


def _settlements() -> Iterator[RunningTerm]:
    """Accepted and not decided (rule 25)."""
    for matter in _matters().filter(state=MatterState.SETTLING, settle_due_on__isnull=False):
        assert matter.accepted_on and matter.settle_ends_on and matter.settle_due_on  # noqa: S101, PT018
        stood = sum((until - since).days for since, until in deadlines.pauses(matter) if until is not None)
        yield _of_matter(
            matter,
            "settle",
            _("thời hạn giải quyết"),
            started_on=matter.accepted_on,
            ends_on=matter.settle_ends_on,
            due_on=matter.settle_due_on,
            paused=stood,
        )


def _processing(calendars: _Calendars) -> Iterator[RunningTerm]:
    """Not sorted yet: whoever wrote waits for a word (domain: 5.1)."""
    waiting = _matters().filter(state__in=states.PROCESSED, process_due_on__isnull=False)
    for matter in waiting:
        assert matter.process_due_on is not None  # noqa: S101  (the query asks for it)
        start = deadlines.law_day(matter.letter)
        calendar = calendars.of(matter.agency, start)
        name = _("thời hạn xử lý đơn")
        due_on = matter.process_due_on
        yield _of_matter(matter, "process", name, started_on=start, due_on=due_on, calendar=calendar)


def _transfers(calendars: _Calendars) -> Iterator[RunningTerm]:
    """Denunciations that are to go to another body and have not gone (rule 15)."""
    for matter in not_yet_sent(_matters()):
        start = deadlines.law_day(matter.letter)
        calendar = calendars.of(matter.agency, start)
        limit = deadlines.term(TermKey.DENUNCIATION_TRANSFER, start).limit
        due_on = deadlines.ending(calendar, start, limit).due_on
        name = _("thời hạn chuyển đơn")
        yield _of_matter(matter, "transfer", name, started_on=start, due_on=due_on, calendar=calendar)


def _replies(calendars: _Calendars) -> Iterator[RunningTerm]:
    """The body that sent the letter asked for a reply and has none."""
    told = MatterPaper.objects.filter(matter=OuterRef("pk"), kind=MatterPaper.Kind.REPLY)
    owing = _matters().filter(letter__wants_reply=True, state__in=(*states.PROCESSED, *TOLD))
    for matter in owing.exclude(Exists(told)):
        start = deadlines.law_day(matter.letter)
        limit = deadlines.term(deadlines.reply_key(matter), start).limit
        ending = deadlines.ending(calendars.of(matter.agency, start), start, limit)
        name = _("thời hạn báo kết quả cho nơi chuyển đơn")
        yield _of_matter(
            matter, "reply", name, started_on=start, ends_on=ending.ends_on, due_on=ending.due_on
        )


def _sendings(calendars: _Calendars) -> Iterator[RunningTerm]:
    """People have to be told that a denunciation was accepted, and get the result (domain: 6.1, 6.2)."""
    told_of = (MatterState.SETTLING, MatterState.SUSPENDED, MatterState.SETTLED)
    names = {
        SendingKind.ACCEPTANCE: _("thời hạn thông báo thụ lý"),
        SendingKind.RESULT: _("thời hạn gửi kết quả giải quyết"),
    }
    for matter in _matters().filter(state__in=told_of).prefetch_related("sendings", "outcomes"):
        for owed in owed_sendings(matter):
            calendar = calendars.of(matter.agency, owed.started_on) if owed.in_working_days else None
            yield _of_matter(
                matter,
                f"send-{owed.kind}",
                names[owed.kind],
                started_on=owed.started_on,
                due_on=owed.due_on,
                calendar=calendar,
            )


def _publications() -> Iterator[RunningTerm]:
    """A decision on a complaint is to be made public, and nothing approved does so yet (rule 31)."""
    public = Publication.objects.filter(outcome__matter=OuterRef("pk"), approved_at__isnull=False)
    settled = _matters().filter(kind=MatterKind.COMPLAINT, state=MatterState.SETTLED).exclude(Exists(public))
    for matter in settled.prefetch_related("outcomes"):
        result = next((one for one in reversed(matter.outcomes.all()) if one.dated_on), None)
        due_on = deadlines.publish_due(result) if result else None
        if result is not None and result.dated_on is not None and due_on is not None:
            name = _("thời hạn công khai kết quả")
            yield _of_matter(matter, "publish", name, started_on=result.dated_on, due_on=due_on)


def _visits() -> Iterator[RunningTerm]:
    """Somebody was told at the desk that an answer will come (Law 42/2013/QH13, Art. 28). What became a
    letter runs on the letter's clock."""
    waiting = Visit.objects.effective().filter(
        answer_due_on__isnull=False, letter=None, is_protected=False, follow_ups=None
    )
    for visit in waiting.select_related("agency", "officer__user"):
        assert visit.answer_due_on is not None  # noqa: S101  (the query asks for it)
        yield RunningTerm(
            key=f"visit.{visit.pk}",
            about=visit,
            of=VISIT,
            code=visit.code,
            name=_("thời hạn thông báo kết quả cho công dân"),
            started_on=timezone.localdate(visit.started_at),
            ends_on=visit.answer_due_on,
            due_on=visit.answer_due_on,
            agency=visit.agency,
            keeper=visit.officer,
        )


def _promises() -> Iterator[RunningTerm]:
    """Promised to a visitor and not kept."""
    for promise in Promise.objects.open().select_related("visit__agency", "keeper__user"):
        yield RunningTerm(
            key=f"promise.{promise.pk}",
            about=promise,
            of=PROMISE,
            code=promise.visit.code,
            name=_("thời hạn đã hứa"),
            started_on=timezone.localdate(promise.made_at),
            ends_on=promise.due_on,
            due_on=promise.due_on,
            agency=promise.visit.agency,
            keeper=promise.keeper,
        )
