"""The desk of reception in the demo: somebody is received, heard and told what becomes of it."""

from datetime import datetime, timedelta

from complaints.actions.enter import enter
from complaints.actions.entry import Entry
from complaints.actions.receive_visit import Opening, close_visit, open_visit, write_visit
from complaints.actions.visit_entry import Came, Decided, Handed, Heard
from complaints.enums import VisitOutcome
from complaints.models import Letter
from complaints.rules.reception import is_group
from egov.organizations.actor import Actor

TALK = timedelta(minutes=25)
KEPT_ORDER = "Công an địa phương phối hợp giữ trật tự; đã báo cáo lãnh đạo cơ quan."


def visit_with_letter(officer: Actor, entry: Entry, *, at: datetime) -> Letter:
    """Somebody brings their letter: heard, entered, and the visit closed with it."""
    visit = open_visit(officer, officer.agency, Opening(), at=at)
    first = entry.contents[0]
    heard = Heard(
        matter_kind=first.kind,
        visitors=tuple(came(one.name, one.personal_number, one.address, one.phone) for one in entry.senders),
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
    words = "Đã nhận đơn và giấy tờ, cấp giấy biên nhận; kết quả xử lý sẽ được thông báo bằng văn bản."
    close_visit(
        officer, visit, Decided(outcome=VisitOutcome.RECEIVED, words=words, letter=letter), at=at + TALK
    )
    return letter


def came(name: str, number: str, address: str, phone: str) -> Came:
    """Somebody with their identity card."""
    return Came(
        name=name, personal_number=number, identity_paper="Căn cước công dân", address=address, phone=phone
    )
