"""Write an outgoing paper with the body's next number, inside the action that it belongs to; print it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import rules
from complaints.models import Matter, MatterPaper
from complaints.queries.matter_paper import paper_pdf
from complaints.queries.paper_words import NOTATIONS, Said, paper_words
from egov.files.store import put
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal

# One series of outgoing papers about letters per body and year (domain: 11).
BOOK = "letter-papers"
PDF = "application/pdf"


def issue_paper(
    by: Performer,
    matter: Matter,
    kind: MatterPaper.Kind,
    said: Said,
    *,
    addressee: Agency | None = None,
    at: datetime,
) -> MatterPaper:
    """The paper with its number and its words of today; its file is made when it is first printed."""
    on = timezone.localdate(at)
    agency = matter.agency
    number = next_number(agency_id=agency.pk, book=BOOK, year=on.year)
    notation = f"{number:02d}/{NOTATIONS[kind] % agency.abbreviation}"
    content = paper_words(matter, kind, said, agency=agency, notation=notation, on=on)
    return MatterPaper.objects.create(
        matter=matter,
        proposal=said.proposal,
        kind=kind,
        agency=agency,
        year=on.year,
        number=number,
        notation=notation,
        content=content,
        addressee=addressee,
        issued_at=at,
        issued_by=by.membership if isinstance(by, Actor) else None,
    )


class PaperDestroyed(Refusal):
    """Its words were destroyed with the letter; that it went out is still on record (rule 41)."""


@action("complaints.print_paper", allowed=rules.may_print_paper)
def print_paper(actor: Actor, paper: MatterPaper, *, at: datetime) -> MatterPaper:  # noqa: ARG001
    """The paper with its file: the same bytes at every print.

    Raises PaperDestroyed, UnprintableText, StoreFull, StoreUnavailable.
    """
    if not paper.content:
        raise PaperDestroyed(_("Nội dung văn bản đã tiêu hủy cùng với đơn."))
    if paper.file is None:
        paper.file = put(paper_pdf(paper), media_type=PDF)
        paper.save(update_fields=["file"])
    return paper
