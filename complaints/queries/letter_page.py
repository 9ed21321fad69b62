"""Read one matter with its letter for its page; every read by a person is on record (rules 37 and 40).

A page costs the same few statements however many contents, papers and people there are: the reader's side,
the contents, the lists below the one shown, those below its letter; rules and panels ask of what was read.
"""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from complaints.models import Matter
from complaints.models.side import Reader, as_reader
from egov.audit.record import record
from egov.files.models import StoredFile
from egov.organizations.actor import Actor, SignedOut
from egov.web.below import Below, read_below
from egov.workflow.refusal import Refusal

# Everything below a matter and below its letter that the page shows or its rules ask for.
MATTER_LISTS = (
    Below("proposals", follow=("proposed_by__user", "decided_by__user", "target")),
    Below("papers", follow=("addressee",)),
    Below("transfers", follow=("received__letter",)),
    Below("urgings", follow=("agency", "paper")),
    Below("takeovers"),
    Below("facts"),
    Below("extensions", follow=("order",)),
    Below("suspensions"),
    Below("withdrawals", follow=("order",)),
    Below("clock_changes"),
    Below(
        "verifications",
        follow=("order", "leader__user"),
        below=(Below("members", follow=("user",)), Below("evidence"), Below("report")),
    ),
    Below("dialogues", follow=("chaired_by__user",)),
    Below("outcomes", follow=("signer",), below=(Below("publications", follow=("prepared_by__user",)),)),
    Below("execution_items"),
    Below("sendings"),
    Below("published_answers", follow=("prepared_by__user", "approved_by__user")),
    Below("measures", follow=("order",)),
    Below("orders"),
    Below("second_filing"),
    Below("changes"),
)
LETTER_LISTS = (
    Below("participants"),
    Below("attachments", follow=("file",)),
    Below("corrections", follow=("by__user",)),
    Below("sealed_records"),
    Below("redacted_copies", follow=("file",)),
    Below("matters"),
    Below("duplicates"),
)


class LetterNotFound(Refusal):
    """There is none, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy đơn, hoặc Quý vị không được xem đơn này."))


@dataclass(frozen=True, slots=True)
class WholeMatter:
    """A matter with everything that its page shows, and who reads it."""

    reader: Reader
    matter: Matter
    # All contents of the letter that the reader may read, in order.
    beside: tuple[Matter, ...]


def visible_matter(actor: Actor | SignedOut, matter_id: int) -> Matter:
    """The matter for a step on it. Raises LetterNotFound."""
    matter = _with_letter(Matter.objects.visible_to(actor)).filter(pk=matter_id).first()
    if matter is None:
        raise LetterNotFound
    return matter


def read_matter(actor: Actor | SignedOut, matter_id: int) -> WholeMatter:
    """The matter for its page. Raises LetterNotFound; the read is recorded, by the letter's code alone."""
    found = whole(actor, matter_id)
    code = found.matter.letter.code
    record(found.reader, "complaints.read", found.matter, code=code, role=found.reader.role)
    return found


def whole(actor: Actor | SignedOut, matter_id: int) -> WholeMatter:
    """The same for the page that comes back with a refusal. Raises LetterNotFound."""
    if not isinstance(actor, Actor):
        raise LetterNotFound
    reader = as_reader(actor)
    letter_of = Matter.objects.filter(pk=matter_id).values("letter")
    seen = _with_letter(Matter.objects.visible_to(reader)).filter(letter__in=letter_of)
    beside = tuple(seen.order_by("ordinal"))
    matter = next((one for one in beside if one.pk == matter_id), None)
    if matter is None:
        raise LetterNotFound
    read_below([matter], *MATTER_LISTS)
    read_below([matter.letter], *LETTER_LISTS)
    return WholeMatter(reader.seeing(matter.letter_id, beside), matter, beside)


def first_matter(actor: Actor | SignedOut, letter_id: int) -> Matter:
    """The first content of a letter that the actor may read. Raises LetterNotFound."""
    matter = Matter.objects.visible_to(actor).filter(letter=letter_id).order_by("ordinal").first()
    if matter is None:
        raise LetterNotFound
    return matter


@dataclass(frozen=True, slots=True)
class ReadableFile:
    """The scan of a paper, under the name that it is given on the way out."""

    stored: StoredFile
    name: str


def read_attachment(actor: Actor | SignedOut, matter_id: int, attachment_id: int) -> ReadableFile:
    """The scan of one paper of an open letter. Raises LetterNotFound; the read is recorded."""
    matter = visible_matter(actor, matter_id)
    paper = matter.letter.attachments.select_related("file").filter(pk=attachment_id).first()
    if paper is None or paper.file is None:
        raise LetterNotFound
    record(actor, "complaints.read_file", matter, code=matter.letter.code, sha256=paper.file.sha256)
    return ReadableFile(paper.file, paper.file_name or matter.letter.code)


def _with_letter(rows: QuerySet[Matter]) -> QuerySet[Matter]:
    return rows.select_related(
        "letter__agency",
        "letter__entered_by__user",
        "letter__root",
        "letter__moved_from",
        "field__parent",
        "agency",
        "handler__user",
        "subject_agency",
        "subject_membership__user",
        "previous__letter",
    )
