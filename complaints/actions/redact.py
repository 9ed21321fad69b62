"""Puts the redacted copy beside the seal: what everybody who works on the letter reads (rule 38)."""

from datetime import datetime
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.seal_person import put_under_seal
from complaints.actions.unnamed import require_unnamed
from complaints.enums import SealedKind
from complaints.models import Letter, RedactedCopy, SealedRecord
from egov.files.filenames import extension_of
from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.files.strip import PDF_TYPE, PICTURES, stripped, text_of_office
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

MOST_COPIES = 200


class TooManyCopies(Refusal):
    """More papers than one letter can have."""


@action("complaints.seal_original", allowed=rules.may_redact)
def seal_original(
    actor: Actor, letter: Letter, *, file: IO[bytes], filename: str, at: datetime
) -> SealedRecord:
    """Close a paper as it came, byte for byte; its name on the sender's computer is not kept.

    Raises FileRefused (with its kinds), NoCustodian.
    """
    inspect_attachment(file, filename)
    file.seek(0)
    return put_under_seal(letter, SealedKind.ORIGINAL, file.read(), by=actor, at=at)


@action("complaints.add_redacted_copy", allowed=rules.may_redact)
def add_redacted_copy(
    actor: Actor,
    letter: Letter,
    *,
    file: IO[bytes],
    filename: str,
    record: SealedRecord | None = None,
    at: datetime,
) -> RedactedCopy:
    """Keep a copy from which a person took out who wrote it; the system takes out what the file itself says.

    A PDF is drawn page by page, so that nothing is left under a black bar. Raises FileRefused (with its
    kinds), NamesDenouncer, TooManyCopies.
    """
    inspected = inspect_attachment(file, filename)
    if letter.redacted_copies.count() >= MOST_COPIES:
        raise TooManyCopies(_("Mỗi đơn có tối đa %(most)d bản đã che.") % {"most": MOST_COPIES})
    clean = stripped(file, media_type=inspected.media_type, name=_("tệp gửi lên"))
    if inspected.media_type not in {PDF_TYPE, *PICTURES}:
        require_unnamed(actor, letter, text_of_office(clean))
    last = letter.redacted_copies.order_by("-ordinal").values_list("ordinal", flat=True).first()
    return RedactedCopy.objects.create(
        letter=letter,
        ordinal=(last or 0) + 1,
        record=record if record is not None and record.letter_id == letter.pk else None,
        file=put(BytesIO(clean), media_type=inspected.media_type),
        extension=extension_of(inspected.filename),
        added_at=at,
        added_by=actor.membership,
    )
