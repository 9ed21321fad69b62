"""An open letter turns out to denounce: as a whole it goes under seal, and who wrote it is forgotten here."""

from collections.abc import Sequence
from datetime import datetime

import pgtrigger
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.enter import add_matter, put_in_register
from complaints.actions.entry import Content, Entry, EntryNotAcceptable, checked_content
from complaints.actions.keep_print import forget_prints
from complaints.actions.pare_feed import pare_feed
from complaints.actions.pass_up import pass_up_where_due
from complaints.actions.seal_person import SealedPerson, put_person_under_seal, put_under_seal
from complaints.actions.seal_visits import seal_visits
from complaints.actions.unnamed import require_contents_unnamed
from complaints.enums import Channel, MatterState, SealedKind, SenderKind, Source
from complaints.models import ClockChange, Letter, MatterChange, Participant
from egov.files.forget import forget_unused
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class AlreadyProposed(Refusal):
    """Words and papers that may name the person stand in files that nobody can empty."""


class StillLinked(Refusal):
    """A letter of the same people on the same matter would stay open beside it, and say who denounces."""


@action("complaints.move_to_protected", allowed=rules.may_move_to_protected)
def move_to_protected(actor: Actor, letter: Letter, contents: Sequence[Content], *, at: datetime) -> None:
    """Enter the letter anew in the protected register and leave of the open one its number alone (rule 35).

    Its people, its papers and the visits about it go under seal, its contents and corrections are emptied,
    its matters stop. The new letter keeps the day of arrival, so its clocks run from there. Nothing is
    returned: the audit row of the open letter does not name the protected one.

    Backups made before keep the names until they are past their time; whoever read the open letter has read
    it. Raises EntryNotAcceptable, AlreadyProposed, StillLinked, NamesDenouncer, VisitNotSealable,
    NoCustodian.
    """
    contents = tuple(checked_content(content) for content in contents)
    if not any(content.denounces for content in contents):
        raise EntryNotAcceptable(_("Đơn chuyển sang sổ tố cáo phải có nội dung tố cáo."), "kind")
    if any(matter.proposals.exists() or matter.papers.exists() for matter in letter.matters.all()):
        raise AlreadyProposed(_("Đơn đã có đề xuất hoặc văn bản xử lý nên không chuyển sổ được nữa."))
    if letter.root_id is not None or letter.duplicates.exists():
        raise StillLinked(
            _(
                "Đơn đang liên kết với đơn trùng cùng người gửi. Hãy gỡ liên kết, rồi chuyển từng đơn "
                "sang sổ tố cáo."
            )
        )
    moved = put_in_register(letter.agency, _as_entered(letter, contents), by=actor, at=at, moved_from=letter)
    matters = [add_matter(moved, content, by=actor, at=at) for content in contents]
    _seal_people(actor, letter, moved, at=at)
    seal_visits(actor, letter, moved, at=at)
    require_contents_unnamed(moved)
    _seal_papers(actor, letter, moved, at=at)
    _empty(actor, letter, at=at)
    pare_feed(letter)
    pass_up_where_due(matters, at=at)


def _as_entered(letter: Letter, contents: tuple[Content, ...]) -> Entry:
    return Entry(
        channel=Channel(letter.channel),
        received_at=letter.received_at,
        contents=contents,
        source=Source(letter.source),
        written_on=letter.written_on,
        sent_by=letter.sent_by,
        sent_number=letter.sent_number,
        sent_on=letter.sent_on,
        wants_reply=letter.wants_reply,
        sender_kind=SenderKind(letter.sender_kind),
        people=letter.people,
        is_vietnamese=letter.is_vietnamese,
        has_translation=letter.has_translation,
        is_signed=letter.is_signed,
        is_named=letter.is_named,
        is_readable=letter.is_readable,
        to_several=letter.to_several,
    )


def _seal_people(actor: Actor, letter: Letter, moved: Letter, *, at: datetime) -> None:
    people = list(letter.participants.all())
    if not people:
        raise EntryNotAcceptable(_("Đơn tố cáo phải có họ tên người tố cáo."), "name")
    for one in people:
        put_person_under_seal(moved, _sealed(one), by=actor, at=at)
    # Whoever acts for somebody goes first: the rows point to each other.
    letter.participants.filter(acts_for__isnull=False).delete()
    letter.participants.all().delete()


def _sealed(person: Participant) -> SealedPerson:
    return SealedPerson(
        name=person.name,
        address=person.address,
        personal_number=person.personal_number,
        phone=person.phone,
        email=person.email,
        born_on=f"{person.born_on:%d/%m/%Y}" if person.born_on else "",
        note="; ".join(filter(None, [person.get_role_display(), person.authorisation, person.lawyer_card])),
    )


def _seal_papers(actor: Actor, letter: Letter, moved: Letter, *, at: datetime) -> None:
    papers = list(letter.attachments.select_related("file"))
    files = [paper.file for paper in papers if paper.file is not None]
    for file in files:
        put_under_seal(moved, SealedKind.ORIGINAL, read_checked(file), by=actor, at=at)
    letter.attachments.all().delete()
    # The same bytes may also be another letter's; only what nobody else refers to goes.
    forget_unused(files)


def _empty(actor: Actor, letter: Letter, *, at: datetime) -> None:
    letter.corrections.all().delete()
    with pgtrigger.ignore("complaints.MatterChange:append_only", "complaints.ClockChange:append_only"):
        MatterChange.objects.filter(matter__letter=letter).update(note="")
        ClockChange.objects.filter(matter__letter=letter).update(reason="")
    # The slip names who brought it; nothing else that was printed can be there yet.
    forget_unused(forget_prints(letter))
    letter.people, letter.sender_kind, letter.secret = 1, SenderKind.INDIVIDUAL, ""
    letter.sent_by = letter.sent_number = ""
    letter.sent_on, letter.wants_reply = None, False
    letter.save(
        update_fields=["people", "sender_kind", "secret", "sent_by", "sent_number", "sent_on", "wants_reply"]
    )
    for matter in letter.matters.select_for_update():
        matter.summary = _("Đã chuyển sang sổ tố cáo.")
        matter.request = matter.subject = ""
        matter.subject_agency = matter.subject_membership = matter.field = None
        matter.process_due_on = None
        emptied = ["summary", "request", "subject", "subject_agency", "subject_membership", "field"]
        move(
            matter,
            to=MatterState.STOPPED,
            by=actor,
            at=at,
            note=_("Chuyển sang sổ tố cáo."),
            also=[*emptied, "process_due_on"],
        )
