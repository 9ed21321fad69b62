"""Take many documents one step further, each in a transaction of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from documents.models import Document
from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What happened to one document of a batch; ``refusal`` is empty when the step was done."""

    document_id: int
    label: str
    refusal: str = ""

    @property
    def done(self) -> bool:
        return not self.refusal


def each(actor: Actor, document_ids: Iterable[int], step: Callable[[Document], object]) -> list[BatchResult]:
    """Run ``step`` on every document that the actor can see, in order; a refusal stays with its document."""
    wanted = list(dict.fromkeys(document_ids))
    found = Document.objects.visible_to(actor).in_bulk(wanted)
    return [_one(document_id, found.get(document_id), step) for document_id in wanted]


def _one(document_id: int, document: Document | None, step: Callable[[Document], object]) -> BatchResult:
    if document is None:
        return BatchResult(document_id, "", _("Không tìm thấy văn bản."))
    try:
        step(document)
    except Refusal as refusal:
        return BatchResult(document_id, str(document), str(refusal))
    return BatchResult(document_id, str(document))
