"""The demo's letters as they are told in ``letters.toml``: who wrote what to whom, and what became of it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from complaints.actions.entry import Content, Entry, HandedPaper, Sender
from complaints.enums import Channel, MatterKind, ParticipantRole, SenderKind, Source, SubjectKind
from complaints.models import Attachment, ContentField
from complaints.seeding.people import citizen
from egov.organizations.models import Agency

TEXTS = Path(__file__).with_name("letters.toml")
GROUP = 5
# From writing to arrival.
ON_THE_WAY = timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Story:
    """One letter: to whom, how long ago, by whom; each content says besides what became of it."""

    office: str
    days: int
    key: str = ""
    channel: Channel = Channel.POST
    source: Source = Source.SENDER
    sent_by: str = ""
    people: int = 1
    lacks: tuple[str, ...] = ()
    contents: tuple[Mapping[str, Any], ...] = ()

    @property
    def denounces(self) -> bool:
        """Whether it goes into the protected register."""
        return any(one["kind"] == MatterKind.DENUNCIATION for one in self.contents)


def read_stories() -> list[Story]:
    """All of them, oldest first."""
    rows = tomllib.loads(TEXTS.read_text(encoding="utf-8"))["letter"]
    return sorted((_story(row) for row in rows), key=lambda one: -one.days)


def entry_of(story: Story, random: Random, agency: Agency, received_at: datetime) -> Entry:
    """The letter as a clerk types it on the day on which it arrived."""
    kinds = {one["kind"] for one in story.contents}
    is_anonymous = MatterKind.INFORMATION in kinds
    return Entry(
        channel=story.channel,
        source=story.source,
        received_at=received_at,
        written_on=timezone.localdate(received_at - ON_THE_WAY),
        contents=tuple(_content(one) for one in story.contents),
        senders=() if is_anonymous else _senders(story, random, agency),
        papers=() if is_anonymous or story.denounces else _papers(story),
        sender_kind=SenderKind.GROUP if story.people > 1 else SenderKind.INDIVIDUAL,
        people=story.people,
        sent_by=story.sent_by,
        sent_number=f"{random.randint(20, 400)}/PC-BTCD" if story.sent_by else "",
        sent_on=timezone.localdate(received_at - ON_THE_WAY) if story.sent_by else None,
        wants_reply=bool(story.sent_by),
        is_named=not is_anonymous,
        is_signed=not is_anonymous and "signature" not in story.lacks,
    )


def _story(row: dict[str, Any]) -> Story:
    """The row's own words are its first content; further ones stand below it."""
    channel = Channel(row.get("channel", Channel.POST))
    usual = Source.TRANSFER if channel == Channel.TRANSFERRED else Source.SENDER
    return Story(
        office=row["office"],
        days=row["days"],
        key=row.get("key", ""),
        channel=channel,
        source=Source(row.get("source", usual)),
        sent_by=row.get("sent_by", ""),
        people=row.get("people", 1),
        lacks=tuple(row.get("lacks", ())),
        contents=(row, *row.get("further", ())),
    )


def _content(words: Mapping[str, Any]) -> Content:
    about = words.get("about")
    return Content(
        kind=MatterKind(words["kind"]),
        summary=words["summary"],
        request=words.get("request", ""),
        field=ContentField.objects.filter(code=words.get("field", "")).first(),
        subject_kind=SubjectKind(words.get("subject_kind", SubjectKind.NONE)),
        subject=words.get("subject", ""),
        subject_agency=Agency.objects.get(short_name=about) if about else None,
    )


def _senders(story: Story, random: Random, agency: Agency) -> tuple[Sender, ...]:
    """The people; of a group three sign by name, one or two of whom speak for the others."""
    named = min(story.people, 3)
    speakers = 2 if story.people >= GROUP else 0
    found = []
    for place in range(named):
        one = citizen(random, agency)
        found.append(
            Sender(
                name=one.name,
                address=one.address,
                personal_number=one.personal_number,
                phone=one.phone,
                born_on=one.born_on,
                role=ParticipantRole.REPRESENTATIVE if place < speakers else ParticipantRole.PRINCIPAL,
            )
        )
    return tuple(found)


def _papers(story: Story) -> tuple[HandedPaper, ...]:
    """What came with it, on paper: the letter itself, and what a group needs."""
    kind = Attachment.Kind
    papers = [HandedPaper(kind=kind.LETTER, name="Đơn", originals=1)]
    if any(one["kind"] == MatterKind.COMPLAINT for one in story.contents):
        papers.append(HandedPaper(kind=kind.EVIDENCE, name="Quyết định bị khiếu nại (bản sao)", copies=1))
    if story.people > 1 and "signatures" not in story.lacks:
        papers.append(HandedPaper(kind=kind.SIGNATURES, name="Danh sách chữ ký", originals=1))
    if story.people >= GROUP and "representation" not in story.lacks:
        papers.append(HandedPaper(kind=kind.REPRESENTATION, name="Văn bản cử người đại diện", originals=1))
    return tuple(papers)
