"""Enter a letter in its register: from here on it has a number, and each of its contents a clock."""

from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import deadlines, rules
from complaints.actions.attach import keep_paper, seal_paper
from complaints.actions.classify import classify
from complaints.actions.entry import Content, Entry, Sender, checked
from complaints.actions.pass_up import pass_up_where_due
from complaints.actions.seal_person import SealedPerson, put_person_under_seal
from complaints.actions.unnamed import require_contents_unnamed
from complaints.enums import MatterState, ParticipantRole, Series
from complaints.models import Letter, Matter, Participant
from egov.numbering.next_number import next_number
from egov.numbering.secret import new_secret
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal

SECRET_LENGTH = 8
BOOK = "complaints-{series}"


class EnteredElsewhere(Refusal):
    """The key of this entry belongs to another body's letter."""


@action("complaints.enter", allowed=rules.may_enter)
def enter(actor: Actor, entry: Entry, *, at: datetime) -> Letter:
    """Put a letter in the register that its contents ask for, all or nothing (rules 2, 6 and 7).

    One transaction: letter, number, contents with their clocks, people, papers. The people and papers of a
    letter that denounces go straight under seal. A second call with the same idempotency key gives the first
    one's letter.

    Raises EntryNotAcceptable, NotADenunciation, RepresentativesWrong, AuthorisedTwice, NoCustodian,
    NamesDenouncer, PaperNotAcceptable, FileRefused, EnteredElsewhere; nothing is kept then and no number
    used up.
    """
    if (earlier := hold_key(entry.idempotency_key)) is not None:
        if earlier.agency_id != actor.agency_id:
            raise EnteredElsewhere(_("Đơn này đã được cơ quan khác vào sổ."))
        return earlier
    entry = checked(entry, at=at)
    letter = put_in_register(actor.agency, entry, by=actor, at=at)
    matters = [add_matter(letter, content, by=actor, at=at) for content in entry.contents]
    if letter.is_protected:
        for sender in entry.senders:
            put_person_under_seal(letter, sealed_person(sender), by=actor, at=at)
        require_contents_unnamed(letter)
        for paper in entry.papers:
            seal_paper(letter, paper, by=actor, at=at)
    else:
        write_people(letter, entry.senders, matters)
        for paper in entry.papers:
            keep_paper(letter, paper, by=actor, at=at)
    pass_up_where_due(matters, at=at)
    return letter


def hold_key(key: str | None) -> Letter | None:
    """The letter that this key has made already; else nobody else makes one until the transaction ends."""
    if key is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [key])
    return Letter.objects.filter(idempotency_key=key).first()


def put_in_register(
    agency: Agency, entry: Entry, *, by: Performer, at: datetime, moved_from: Letter | None = None
) -> Letter:
    """The letter's row with the next number of its register.

    The register's year is that of entry, whenever the letter arrived (rule 6). Other clerks of the register
    wait for the number until commit, and one that is rolled back gives it back (rule 7).
    """
    year = timezone.localdate(at).year
    series = entry.series
    number = next_number(agency_id=agency.pk, book=BOOK.format(series=series), year=year)
    return Letter.objects.create(
        agency=agency,
        series=series,
        year=year,
        number=number,
        code=f"{series}-{agency.code}-{year}-{number:05d}",
        is_protected=series == Series.DENUNCIATIONS,
        received_at=entry.received_at,
        entered_at=at,
        entered_by=by.membership if isinstance(by, Actor) else None,
        channel=entry.channel,
        source=entry.source,
        written_on=entry.written_on,
        sent_by=entry.sent_by,
        sent_number=entry.sent_number,
        sent_on=entry.sent_on,
        wants_reply=entry.wants_reply,
        sender_kind=entry.sender_kind,
        people=entry.people,
        is_vietnamese=entry.is_vietnamese,
        has_translation=entry.has_translation,
        is_signed=entry.is_signed,
        is_named=entry.is_named,
        is_readable=entry.is_readable,
        to_several=entry.to_several,
        moved_from=moved_from,
        secret=new_secret(SECRET_LENGTH),
        idempotency_key=entry.idempotency_key,
    )


def add_matter(letter: Letter, content: Content, *, by: Performer, at: datetime) -> Matter:
    """One content with the next place on the letter, its history begun and its clock set (rule 2)."""
    matter = Matter(
        letter=letter,
        ordinal=letter.matters.count() + 1,
        kind=content.kind,
        field=content.field,
        summary=content.summary,
        request=content.request,
        subject_kind=content.subject_kind,
        subject=content.subject,
        subject_agency=content.subject_agency,
        subject_membership=content.subject_membership,
        agency=letter.agency,
        stage=content.stage,
        previous=content.previous,
    )
    matter.process_due_on = deadlines.process_due(matter)
    matter.save()
    classify(matter, at=at)
    matter.changes.create(before="", after=MatterState.ENTERED, at=at, user_id=by.user_id, person=by.caption)
    return matter


def write_people(letter: Letter, senders: tuple[Sender, ...], matters: list[Matter]) -> list[Participant]:
    """The people of an open letter; who acts for somebody points to them, and to the content if to one."""
    written = [Participant.objects.create(letter=letter, **person_fields(sender)) for sender in senders]
    for sender, person in zip(senders, written, strict=True):
        if sender.role in (ParticipantRole.AUTHORISED, ParticipantRole.LAWYER):
            person.acts_for = written[sender.acts_for or 0]
            person.matter = None if sender.content is None else matters[sender.content]
            person.save(update_fields=["acts_for", "matter"])
    return written


def person_fields(sender: Sender) -> dict[str, object]:
    """What of a person stands in their row."""
    return {
        "role": sender.role,
        "name": sender.name,
        "born_on": sender.born_on,
        "personal_number": sender.personal_number,
        "address": sender.address,
        "phone": sender.phone,
        "email": sender.email,
        "has_signed": sender.has_signed,
        "authorisation": sender.authorisation,
        "is_certified": sender.is_certified,
        "lawyer_card": sender.lawyer_card,
    }


def sealed_person(sender: Sender) -> SealedPerson:
    """The same person as they go under seal; their part in the letter goes with them."""
    return SealedPerson(
        name=sender.name,
        address=sender.address,
        personal_number=sender.personal_number,
        phone=sender.phone,
        email=sender.email,
        born_on=f"{sender.born_on:%d/%m/%Y}" if sender.born_on else "",
        note="; ".join(filter(None, [str(sender.role.label), sender.authorisation, sender.lawyer_card])),
    )
