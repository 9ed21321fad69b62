"""Visits, a day, an appointment and a promise of an agency, so that their addresses name something real."""

from collections.abc import Mapping
from datetime import time

from complaints.actions.appointment import Asking, ask_appointment
from complaints.actions.promise import Word, promise
from complaints.actions.timetable import Plan, plan_day
from complaints.actions.visit_entry import Came, Handed
from egov.organizations.models import Agency
from tests.conftest import MONDAY_MORNING
from tests.factories.visits import heard, make_desk

OF_VISIT = ("detail", "correct", "follow", "link", "promise", "step", "slip", "notice", "minutes_print")
OF_APPOINTMENT = ("detail", "end", "told", "print")


def plant_reception(agency: Agency, secret: str) -> Mapping[str, int]:
    """What each address of reception is to name, by its view."""
    desk = make_desk(agency)
    said = heard(
        summary=secret,
        visitors=(Came(name=secret, address=secret),),
        papers=(Handed(name=secret),),
        settled_by=secret,
    )
    visit = desk.closed(said, at=MONDAY_MORNING)
    desk.written(said, at=MONDAY_MORNING)
    plan = Plan(
        on=MONDAY_MORNING.date(),
        opens=time(7),
        closes=time(11),
        place=secret,
        host=desk.head.membership,
    )
    day = plan_day(desk.officer, agency, plan, at=MONDAY_MORNING)
    asked = ask_appointment(
        desk.officer, agency, Asking(name=secret, content=secret, visit=visit), at=MONDAY_MORNING
    )
    word = Word(text=secret, due_on=MONDAY_MORNING.date(), keeper=desk.head.membership)
    promised = promise(desk.head, visit, word, at=MONDAY_MORNING)
    return {
        **{f"visit_{view}": visit.pk for view in OF_VISIT},
        **{f"appointment_{view}": asked.pk for view in OF_APPOINTMENT},
        "day_detail": day.pk,
        "promise_detail": promised.pk,
    }
