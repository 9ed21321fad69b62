"""Keep a paper of a letter: looked into before it is kept, hashed, and never changed (rule 53)."""

from datetime import datetime

from django.utils.translation import gettext as _

from complaints import rules
from complaints.actions.entry import HandedPaper
from complaints.actions.seal_person import put_under_seal
from complaints.enums import SealedKind
from complaints.models import Attachment, Letter
from egov.files.inspect import inspect_attachment
from egov.files.store import put
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal

MOST_PAPERS, MOST_COPIES, NAME_LENGTH = 200, 999, 200


class GoesThroughTheSeal(Refusal):
    """The papers of a letter that denounces are sealed first (rule 38)."""


class PaperNotAcceptable(Refusal):
    """A paper without a name, a strange count, or one too many."""


@action("complaints.attach", allowed=rules.may_attach)
def attach(actor: Actor, letter: Letter, paper: HandedPaper, *, at: datetime) -> Attachment:
    """Add one paper to an open letter, with its scan byte for byte as it came.

    Raises GoesThroughTheSeal, PaperNotAcceptable, FileRefused (with its kinds), StoreFull; nothing is kept
    then.
    """
    if letter.is_protected:
        raise GoesThroughTheSeal(
            _("Giấy tờ của đơn tố cáo phải niêm phong bản gốc và dùng bản đã che danh tính.")
        )
    return keep_paper(letter, paper, by=actor, at=at)


def keep_paper(letter: Letter, paper: HandedPaper, *, by: Performer, at: datetime) -> Attachment:
    """As :func:`attach`, inside a step that asked its own rule."""
    name = clean_line(paper.name)[:NAME_LENGTH]
    if not name:
        raise PaperNotAcceptable(_("Hãy ghi tên giấy tờ."))
    if not (0 <= paper.originals <= MOST_COPIES and 0 <= paper.copies <= MOST_COPIES):
        raise PaperNotAcceptable(_("Số bản phải từ 0 đến %(most)d.") % {"most": MOST_COPIES})
    if letter.attachments.count() >= MOST_PAPERS:
        raise PaperNotAcceptable(_("Mỗi đơn có tối đa %(most)d giấy tờ.") % {"most": MOST_PAPERS})
    stored, file_name = None, ""
    if paper.file is not None:
        inspected = inspect_attachment(paper.file, paper.file_name)
        stored, file_name = put(paper.file, media_type=inspected.media_type), inspected.filename
    return Attachment.objects.create(
        letter=letter,
        kind=paper.kind,
        name=name,
        originals=paper.originals,
        copies=paper.copies,
        file=stored,
        file_name=file_name[:NAME_LENGTH],
        added_at=at,
        added_by=by.membership if isinstance(by, Actor) else None,
    )


def seal_paper(letter: Letter, paper: HandedPaper, *, by: Performer, at: datetime) -> None:
    """The scan of a paper of a protected letter under seal, whatever it was called: names tell who wrote.

    Raises FileRefused, NoCustodian.
    """
    if paper.file is None:
        return
    inspect_attachment(paper.file, paper.file_name)
    paper.file.seek(0)
    put_under_seal(letter, SealedKind.ORIGINAL, paper.file.read(), by=by, at=at)
