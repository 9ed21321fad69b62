"""The desk of reception in the demo: somebody is received, heard and told what becomes of it."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings

from complaints.actions.enter import enter
from complaints.actions.entry import Entry
from complaints.actions.minutes import confirm_minutes, sign_minutes_with_pin, write_minutes
from complaints.actions.online_session import ask_consent, check_identity, note_line
from complaints.actions.receive_visit import Opening, close_visit, open_visit, write_visit
from complaints.actions.refuse_visit import Refusing, refuse_visit
from complaints.actions.visit_entry import Came, Decided, Handed, Heard
from complaints.enums import (
    EarlierResult,
    MatterKind,
    ReceptionForm,
    ReceptionKind,
    ReceptionRefusalGround,
    SessionEventKind,
    VisitOutcome,
)
from complaints.models import ContentField, Letter, Visit
from complaints.rules.reception import is_group, most_representatives
from complaints.seeding.offices import Office
from complaints.seeding.people import citizen
from egov.organizations.actor import Actor

TALK = timedelta(minutes=25)
KEPT_ORDER = "Công an địa phương phối hợp giữ trật tự; đã báo cáo lãnh đạo cơ quan."
RECEIVED = "Đã nhận đơn và giấy tờ, cấp giấy biên nhận; kết quả xử lý sẽ được thông báo bằng văn bản."
# Written by ``manage.py seed``: how the demo's people sign in and sign.
SIGNINS = "demo-signins.json"


def visit_with_letter(officer: Actor, entry: Entry, *, at: datetime) -> Letter:
    """Somebody brings their letter: heard, entered, and the visit closed with it.

    Of somebody who denounces the register of reception learns nothing but that their papers were seen.
    """
    visit = open_visit(officer, officer.agency, Opening(), at=at)
    heard = Heard(matter_kind=MatterKind.DENUNCIATION, people=entry.people, identity_seen=True)
    if not entry.is_protected:
        first = entry.contents[0]
        heard = Heard(
            matter_kind=first.kind,
            visitors=tuple(
                _with_card(one.name, one.personal_number, one.born_on, one.address, one.phone)
                for one in entry.senders[: most_representatives(entry.people)]
            ),
            papers=tuple(
                Handed(name=one.name, copies=one.copies or 1, is_original=bool(one.originals))
                for one in entry.papers
            ),
            people=entry.people,
            summary=first.summary,
            field=first.field,
            group_note=KEPT_ORDER if is_group(entry.people) else "",
        )
    write_visit(officer, visit, heard, at=at + TALK / 2)
    letter = enter(officer, entry, at=at + TALK / 2)
    words = "" if entry.is_protected else RECEIVED
    decided = Decided(outcome=VisitOutcome.RECEIVED, words=words, letter=letter)
    close_visit(officer, visit, decided, at=at + TALK)
    return letter


def receive(
    office: Office, told: Mapping[str, Any], random: Random, *, host: Actor | None = None, at: datetime
) -> Visit:
    """Somebody comes with their words alone; ``host``: the leader who receives on their day."""
    officer = office.door
    is_online = told.get("online", False)
    receiver = office.deputy if is_online else host
    opening = Opening(
        kind=ReceptionKind.UNSCHEDULED if is_online else _occasion(host),
        form=ReceptionForm.ONLINE if is_online else ReceptionForm.IN_PERSON,
        host=receiver.membership if receiver else None,
        room="Phòng họp trực tuyến số 1" if is_online else "",
    )
    visit = open_visit(officer, office.agency, opening, at=at)
    write_visit(officer, visit, _heard(office, told, random), at=at + TALK / 2)
    if told.get("outcome") == "open":
        return visit
    if "refused" in told:
        refusing = Refusing(
            ground=ReceptionRefusalGround(told["refused"]),
            reason=told["words"],
            decider=office.head.membership,
        )
        refuse_visit(officer, visit, refusing, at=at + TALK)
        return visit
    if is_online:
        _on_the_line(officer, office.deputy, visit, told["minutes"], at)
    decided = Decided(
        outcome=VisitOutcome(told["outcome"]),
        words=told["words"],
        directed_to=told.get("to", ""),
        paper_number=told.get("number", ""),
    )
    return close_visit(officer, visit, decided, at=at + TALK * 2)


def _occasion(host: Actor | None) -> ReceptionKind:
    return ReceptionKind.SCHEDULED if host else ReceptionKind.REGULAR


def _heard(office: Office, told: Mapping[str, Any], random: Random) -> Heard:
    people = told.get("people", 1)
    speakers = min(most_representatives(people), people)
    came = (citizen(random, office.agency) for _ in range(speakers))
    return Heard(
        matter_kind=MatterKind(told["kind"]),
        visitors=tuple(
            _with_card(one.name, one.personal_number, one.born_on, one.address, one.phone) for one in came
        ),
        people=people,
        summary=told["summary"],
        field=ContentField.objects.get(code=told["field"]),
        settled_by=told.get("settled_by", ""),
        earlier_result=EarlierResult(told.get("earlier", EarlierResult.NONE)),
        group_note=KEPT_ORDER if is_group(people) else "",
    )


def _on_the_line(officer: Actor, host: Actor, visit: Visit, text: str, at: datetime) -> None:
    """Identity, consent, a line that drops once, minutes read aloud and signed by who received."""
    session = visit.session
    check_identity(officer, session, how="Đối chiếu thẻ căn cước trước máy quay", at=at)
    ask_consent(officer, session, consents=True, at=at)
    kind = SessionEventKind
    for minutes, event in ((1, kind.STARTED), (9, kind.DROPPED), (12, kind.RESUMED), (24, kind.ENDED)):
        note_line(officer, session, kind=event, at=at + timedelta(minutes=minutes))
    written = write_minutes(officer, visit, text=text, at=at + TALK)
    confirm_minutes(officer, written, how="Đọc lại qua đường truyền, người dân đồng ý", at=at + TALK)
    sign_minutes_with_pin(host, written, pin=_pin_of(host), at=at + TALK)


def _pin_of(actor: Actor) -> str:
    """The PIN that this person of the demo types."""
    known = json.loads((Path(settings.VAR_DIR) / SIGNINS).read_text(encoding="utf-8"))
    return next(str(one["pin"]) for one in known["people"] if one["username"] == actor.user.username)


def _with_card(name: str, number: str, born_on: date | None, address: str, phone: str) -> Came:
    """Somebody with their identity card."""
    return Came(
        name=name,
        personal_number=number,
        born_on=born_on,
        identity_paper="Căn cước công dân",
        address=address,
        phone=phone,
    )
