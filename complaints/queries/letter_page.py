"""Read one matter with its letter for its page; every read by a person is on record (rules 37 and 40)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from complaints.models import Letter, Matter
from egov.audit.record import record
from egov.files.models import StoredFile
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import Refusal


class LetterNotFound(Refusal):
    """There is none, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy đơn, hoặc Quý vị không được xem đơn này."))


def visible_matter(actor: Actor | SignedOut, matter_id: int) -> Matter:
    """The matter for a step on it. Raises LetterNotFound."""
    matter = (
        Matter.objects.visible_to(actor)
        .select_related(
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
        .filter(pk=matter_id)
        .first()
    )
    if matter is None:
        raise LetterNotFound
    return matter


def read_matter(actor: Actor | SignedOut, matter_id: int) -> Matter:
    """The matter for its page. Raises LetterNotFound; the read is recorded, by the letter's code alone."""
    matter = visible_matter(actor, matter_id)
    record(
        actor,
        "complaints.read",
        matter,
        code=matter.letter.code,
        role=actor.role if isinstance(actor, Actor) else "",
    )
    return matter


def first_matter(actor: Actor | SignedOut, letter_id: int) -> Matter:
    """The first content of a letter that the actor may read. Raises LetterNotFound."""
    matter = Matter.objects.visible_to(actor).filter(letter=letter_id).order_by("ordinal").first()
    if matter is None:
        raise LetterNotFound
    return matter


def matters_beside(actor: Actor | SignedOut, letter: Letter) -> list[Matter]:
    """All contents of the letter that the actor may read, in order."""
    return list(Matter.objects.visible_to(actor).filter(letter=letter).order_by("ordinal"))


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
