"""Outgoing papers about matters: find one to print, and set it as PDF/A from its kept words."""

from complaints.models import Matter, MatterPaper, Transfer
from complaints.queries.letter_page import LetterNotFound
from egov.organizations.actor import Actor, SignedOut
from egov.printing.markup import clean_line
from egov.printing.typesetter import typeset


def paper_of(actor: Actor | SignedOut, pk: int) -> MatterPaper:
    """A paper about a matter that the actor sees, or that came with one. Raises LetterNotFound."""
    seen = Matter.objects.visible_to(actor)
    papers = MatterPaper.objects.select_related("file", "matter__letter", "agency")
    paper = papers.filter(pk=pk, matter__in=seen).first()
    if paper is None:
        came = Transfer.objects.filter(received__in=seen, paper=pk)
        paper = papers.filter(pk__in=came.values("paper")).first()
    if paper is None:
        raise LetterNotFound
    return paper


def paper_pdf(paper: MatterPaper) -> bytes:
    """Set the paper. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    content = _printable(paper.content)
    assert isinstance(content, dict)  # noqa: S101  (the snapshot of a paper is an object)
    return typeset("slip", {**content, "qr": ""}).pdf


def _printable(value: object) -> object:
    """The content with every text as one printable line."""
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, list):
        return [_printable(one) for one in value]
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return value
