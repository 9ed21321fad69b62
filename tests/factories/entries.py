"""Letters as a clerk types them, before they stand in a register."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from complaints.actions.entry import Content, Entry, Sender
from complaints.enums import Channel, MatterKind, ParticipantRole, SenderKind, SubjectKind

AUGUST_MORNING = datetime.fromisoformat("2026-08-03T09:30:00+07:00")
LAN = Sender(name="Vũ Thị Lan", address="Thôn Tân An, xã Thụy Xuân", personal_number="034185001234")


def content(kind: MatterKind = MatterKind.COMPLAINT, **traits: Any) -> Content:
    """One content: a complaint about a decision unless a trait says otherwise."""
    usual: dict[str, Any] = {
        "kind": kind,
        "summary": "Đề nghị xem xét lại mức bồi thường khi thu hồi đất",
        "subject_kind": SubjectKind.DECISION,
        "subject": "Quyết định số 12/QĐ-UBND ngày 02/03/2026",
    }
    return Content(**usual | traits)


def entry(*contents: Content, at: datetime = AUGUST_MORNING, **traits: Any) -> Entry:
    """A letter by post that arrived an hour before it is entered, of one person."""
    arrived = at - timedelta(hours=1)
    usual: dict[str, Any] = {
        "channel": Channel.POST,
        "received_at": arrived,
        "written_on": arrived.date(),
        "senders": (LAN,),
    }
    return Entry(contents=contents or (content(),), **usual | traits)


def people(count: int, *, representatives: int = 0) -> tuple[Sender, ...]:
    """So many who complain together, the first ones speaking for the others."""
    return tuple(
        replace(
            LAN,
            name=f"Người thứ {number}",
            personal_number=f"0341850{number:05d}",
            role=(ParticipantRole.REPRESENTATIVE if number <= representatives else ParticipantRole.PRINCIPAL),
        )
        for number in range(1, count + 1)
    )


def group(count: int, *, representatives: int = 0, **traits: Any) -> Entry:
    """A letter of a group whose people are all typed."""
    return entry(
        sender_kind=SenderKind.GROUP,
        people=count,
        senders=people(count, representatives=representatives),
        **traits,
    )
