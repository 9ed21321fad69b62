"""Visits, promises and appointments of the demo's year, as ``visits.toml`` tells them."""

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from complaints.actions.appointment import (
    Asking,
    agree_appointment,
    ask_appointment,
    decline_appointment,
    end_appointment,
)
from complaints.actions.promise import Word, keep_promise, postpone_promise, promise, report_promise
from complaints.actions.visit_register import close_register
from complaints.enums import AppointmentState
from complaints.models import ReceptionDay, Visit
from complaints.seeding.clockwork import Year
from complaints.seeding.desk import receive
from complaints.seeding.offices import Office
from complaints.seeding.people import citizen
from complaints.seeding.work import Steps

TEXTS = Path(__file__).with_name("visits.toml")
Told = Mapping[str, Any]


class Visits:
    """Everything that is told of reception; those who come on a head's day wait for one."""

    def __init__(self, year: Year) -> None:
        self.year = year
        texts = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
        self.dated: list[Told] = [one for one in texts["visit"] if "days" in one]
        self.for_the_head: list[Told] = [one for one in texts["visit"] if "days" not in one]
        self.appointments: list[Told] = texts["appointment"]

    def start(self) -> None:
        """Let all of them begin that have a day of their own."""
        for turn, told in enumerate(self.dated):
            self.year.start(self._visit(told, turn))
        for told in self.appointments:
            self.year.start(self._appointment(told))

    def received_by_head(self, office: Office, at: datetime) -> None:
        """The next one who waits for the head of this office, if there is one."""
        name = office.agency.short_name
        told = next((one for one in self.for_the_head if one["office"] == name), None)
        if told is None:
            return
        self.for_the_head.remove(told)
        visit = receive(office, told, self.year.random, host=office.head, at=at)
        self._follow(office, visit, told, at)

    def _visit(self, told: Told, turn: int) -> Steps:
        office = self.year.offices[told["office"]]
        at = yield self.year.days_ago(told["days"], 8 + turn % 3)
        self._follow(office, receive(office, told, self.year.random, at=at), told, at)

    def _follow(self, office: Office, visit: Visit, told: Told, at: datetime) -> None:
        if "promise" in told:
            self.year.start(self._promise(office, visit, told["promise"], at))

    def _promise(self, office: Office, visit: Visit, told: Told, at: datetime) -> Steps:
        """Promised at the visit; kept in time, reported, given another day, or still waited for."""
        at = yield at + timedelta(hours=1)
        due_on = timezone.localdate(at) + timedelta(days=told["days"])
        word = Word(text=told["text"], due_on=due_on, keeper=office.handlers[0].membership)
        made = promise(office.door, visit, word, at=at)
        if told["end"] in ("open", "late"):
            return
        at = yield self.year.hours.after(at, max(told["days"] // 2, 1), 15)
        match told["end"]:
            case "kept":
                report_promise(office.handlers[0], made, report=told["by"], at=at)
                at = yield self.year.hours.after(at, 1, 9)
                keep_promise(office.door, made, by=told["by"], at=at)
            case "reported":
                report_promise(office.handlers[0], made, report=told["by"], at=at)
            case "postponed":
                later = due_on + timedelta(days=told["to"])
                postpone_promise(office.head, made, to=later, reason=told["by"], at=at)

    def _appointment(self, told: Told) -> Steps:
        office = self.year.offices[told["office"]]
        at = yield self.year.days_ago(told["days"], 10)
        one = citizen(self.year.random, office.agency)
        asking = Asking(
            name=one.name,
            personal_number=one.personal_number,
            phone=one.phone,
            address=one.address,
            content=told["content"],
        )
        asked = ask_appointment(office.door, office.agency, asking, at=at)
        if told["end"] == "asked":
            return
        at = yield self.year.hours.after(at, 2, 14)
        if told["end"] == "declined":
            decline_appointment(office.head, asked, answer=told["answer"], at=at)
            return
        day = (
            ReceptionDay.objects.standing()
            .filter(agency=office.agency, day__gt=timezone.localdate(at), held_at=None)
            .order_by("day")
            .first()
        )
        if day is None:
            return
        agree_appointment(office.head, asked, day=day, time=day.opens, at=at)
        if told["end"] == "missed":
            at = yield self.year.hours.on(day.day, 16.5)
            end_appointment(office.door, asked, to=AppointmentState.MISSED, at=at)


def close_last_year(year: Year, office: Office) -> Steps:
    """The register of the year before is closed in the first days of this one."""
    first = timezone.localdate(year.now).replace(month=1, day=5)
    at = yield year.hours.on(first, 9)
    if Visit.objects.filter(agency=office.agency, year=first.year - 1).exists():
        close_register(office.door, office.agency, year=first.year - 1, at=at)
