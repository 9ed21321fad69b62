"""What another body sent: entered in one's own register, or sent back at the door (rules 16 and 19)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.enter import add_matter, put_in_register
from complaints.actions.entry import Content, Entry
from complaints.actions.send_on import come_back
from complaints.enums import Channel, MatterKind, SenderKind, Source, Stage, SubjectKind
from complaints.models import Attachment, Letter, Matter, Participant, Transfer
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NoReasonToReturn(Refusal):
    """The body that sent it has to know why it comes back."""


@dataclass(frozen=True, kw_only=True)
class MovedEntry(Entry):
    """A content that stood in another body's register: protected there, protected here."""

    was_protected: bool

    @property
    def is_protected(self) -> bool:
        """As it was, also where the part that denounces stayed behind."""
        return self.was_protected


@action("complaints.take_in_transfer", allowed=rules.may_take_in_transfer)
def take_in_transfer(actor: Actor, transfer: Transfer, *, at: datetime) -> Matter:
    """Give it a number of one's own; it arrived when it was sent, and its clock runs from then.

    People and papers of an open letter come with it. Of a protected one only what its register shows comes:
    who denounces follows in the sealed annex, which the custodian of the other body sends apart.
    """
    old = transfer.matter
    letter = put_in_register(actor.agency, _entry(transfer, old), by=actor, at=at)
    matter = add_matter(letter, _content(old), by=actor, at=at)
    if not letter.is_protected:
        _copy_people(old.letter, letter)
        _copy_papers(old.letter, letter, actor, at)
    transfer.received = matter
    transfer.save(update_fields=["received"])
    return matter


@action("complaints.return_transfer", allowed=rules.may_return_transfer)
def return_transfer(actor: Actor, transfer: Transfer, *, reason: str, at: datetime) -> Transfer:
    """Send it back without entering it: it was not for this body. Raises NoReasonToReturn."""
    reason = clean_line(reason)
    if not reason:
        raise NoReasonToReturn(_("Hãy ghi lý do trả lại đơn."))
    come_back(actor, transfer, reason=reason, at=at)
    return transfer


def _entry(transfer: Transfer, old: Matter) -> MovedEntry:
    letter = old.letter
    return MovedEntry(
        was_protected=letter.is_protected,
        channel=Channel.TRANSFERRED,
        source=Source.TRANSFER,
        received_at=transfer.sent_at,
        contents=(_content(old),),
        written_on=letter.written_on,
        sent_by=transfer.sender.name,
        sent_number=transfer.paper.notation if transfer.paper else "",
        sent_on=timezone.localdate(transfer.sent_at),
        wants_reply=True,
        sender_kind=SenderKind(letter.sender_kind),
        people=letter.people,
        is_vietnamese=letter.is_vietnamese,
        has_translation=letter.has_translation,
        is_signed=letter.is_signed,
        is_named=letter.is_named,
        is_readable=letter.is_readable,
        to_several=letter.to_several,
    )


def _content(old: Matter) -> Content:
    return Content(
        kind=MatterKind(old.kind),
        summary=old.summary,
        request=old.request,
        field=old.field,
        subject_kind=SubjectKind(old.subject_kind),
        subject=old.subject,
        subject_agency=old.subject_agency,
        subject_membership=old.subject_membership,
        stage=Stage(old.stage),
        previous=old.previous,
    )


def _copy_people(old: Letter, new: Letter) -> None:
    """The same people; who acts for somebody acts for the same one here."""
    written: dict[int, Participant] = {}
    for person in old.participants.order_by("pk"):
        before, acts_for = person.pk, person.acts_for_id
        person.pk, person.letter, person.matter = None, new, None
        person.acts_for = written.get(acts_for) if acts_for else None
        person.save(force_insert=True)
        written[before] = person


def _copy_papers(old: Letter, new: Letter, actor: Actor, at: datetime) -> None:
    Attachment.objects.bulk_create(
        Attachment(
            letter=new,
            kind=one.kind,
            name=one.name,
            originals=one.originals,
            copies=one.copies,
            file=one.file,
            file_name=one.file_name,
            added_at=at,
            added_by=actor.membership,
        )
        for one in old.attachments.all()
    )
