"""A letter comes in over the portal: into its register at once, with a code for who sent it (rule 52)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.enter import add_matter, hold_key, put_in_register, sealed_person, write_people
from complaints.actions.entry import Entry, checked
from complaints.actions.pass_up import pass_up_where_due
from complaints.actions.seal_person import put_person_under_seal, put_under_seal
from complaints.actions.unnamed import require_contents_unnamed
from complaints.enums import Channel, SealedKind
from complaints.models import Attachment, Letter
from egov.files.inspect import inspect_attachment
from egov.files.refusals import FileRefused
from egov.files.store import put
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.performer import Performer

MOST_FILES = 10


@dataclass(frozen=True, slots=True)
class BroughtFile:
    """A file that came with the letter."""

    name: str
    content: bytes = field(repr=False)


class Unnamed:
    """Whoever writes to the protected register: the audit log learns neither who nor from where."""

    user_id = None
    agency_id = None
    caption = "Người gửi đơn qua Cổng thông tin"
    address = ""
    machine_key = ""


@action("complaints.send", allowed=rules.may_send)
def send(
    performer: Performer, agency: Agency, entry: Entry, files: Sequence[BroughtFile] = (), *, at: datetime
) -> Letter:
    """Enter what somebody sent to a body, all or nothing; a second call with its key gives the first letter.

    Files are inspected, hashed and kept unchanged (rule 53); those of a letter that denounces are sealed like
    the person. Pass :class:`Unnamed` for such a letter.

    Raises EntryNotAcceptable, NotADenunciation, NoCustodian, NamesDenouncer, FileRefused, FileTooLarge,
    SecretDocument.
    """
    if (earlier := hold_key(entry.idempotency_key)) is not None:
        return earlier
    entry = checked(replace(entry, channel=Channel.PORTAL, received_at=at), at=at)
    inspected = _inspected(files)
    letter = put_in_register(agency, entry, by=performer, at=at)
    matters = [add_matter(letter, content, by=performer, at=at) for content in entry.contents]
    if letter.is_protected:
        for sender in entry.senders:
            put_person_under_seal(letter, sealed_person(sender), by=performer, at=at)
        require_contents_unnamed(letter)
        for _type, one in inspected:
            put_under_seal(letter, SealedKind.ORIGINAL, one.content, by=performer, at=at)
    else:
        write_people(letter, entry.senders, matters)
        for media_type, one in inspected:
            _attach(letter, one, media_type, at)
    pass_up_where_due(matters, at=at)
    return letter


def _inspected(files: Sequence[BroughtFile]) -> list[tuple[str, BroughtFile]]:
    if len(files) > MOST_FILES:
        raise FileRefused(_("Gửi kèm nhiều nhất %(most)d tệp.") % {"most": MOST_FILES})
    found = []
    for file in files:
        seen = inspect_attachment(BytesIO(file.content), file.name)
        found.append((seen.media_type, BroughtFile(seen.filename, file.content)))
    return found


def _attach(letter: Letter, file: BroughtFile, media_type: str, at: datetime) -> None:
    Attachment.objects.create(
        letter=letter,
        kind=Attachment.Kind.EVIDENCE,
        name=file.name[:200],
        file=put(file.content, media_type=media_type),
        file_name=file.name[:200],
        added_at=at,
    )
