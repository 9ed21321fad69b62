"""Present a draft to the person who signs (Decree 30/2020, Art. 10-12)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.announce import announce_to
from documents.actions.paper import keep_paper
from documents.enums import DocumentState, Source
from documents.exchange import routing
from documents.models import Document
from documents.queries.paper import set_paper
from documents.rules.authority import authority
from egov.files.store import read_checked
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.models import Membership
from egov.signing.places import Places
from egov.signing.sign import prepare
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class DraftIncomplete(Refusal):
    """Something that the paper needs is missing."""


class SignerNotCompetent(Refusal):
    """The chosen person may not sign this document in this capacity."""


@action("documents.submit", allowed=rules.may_submit)
def submit(
    actor: Actor, document: Document, *, signer: Membership, capacity: Capacity, at: datetime
) -> Document:
    """Set the paper, reserve the places of signature, seal, number and date, and hand it to the signer.

    Raises DraftIncomplete, SignerNotCompetent, RecipientEnded, UnprintableText, PdfNotSignable.
    """
    on = timezone.localdate(at)
    assert document.agency is not None  # noqa: S101  (the rule let only its drafter in)
    _require_complete(document)
    verdict = authority(signer, agency=document.agency, kind=document.kind, capacity=capacity, on=on)
    if not verdict:
        raise SignerNotCompetent(verdict.reason)
    routing.plan(document, on=on)
    document.signer, document.capacity = signer, capacity
    if document.source == Source.COMPOSED:
        _set(document, on)
    else:
        assert document.uploaded_file is not None  # noqa: S101  (checked as complete)
        uploaded = read_checked(document.uploaded_file)
        keep_paper(document, prepare(uploaded, Places(signer_name=signer.user.full_name)))
    document.save(update_fields=["signer", "capacity", "file", "page_count"])
    move(document, to=DocumentState.SUBMITTED, by=actor, at=at)
    announce_to(signer, document, event="submitted", text=_("Văn bản trình Quý vị ký"))
    return document


def _require_complete(document: Document) -> None:
    if not document.recipients.exists():
        raise DraftIncomplete(_("Chưa trình ký được: hãy chọn ít nhất một nơi nhận."))
    if document.source == Source.COMPOSED and not document.body.strip():
        raise DraftIncomplete(_("Chưa trình ký được: văn bản chưa có nội dung."))
    if document.source == Source.UPLOADED and document.uploaded_file is None:
        raise DraftIncomplete(_("Chưa trình ký được: hãy tải tệp PDF của văn bản lên."))


def _set(document: Document, on: date) -> None:
    printed = set_paper(document, on=on)
    keep_paper(document, prepare(printed.pdf, printed.places))
    # Nothing follows the signature, so its page is the last one.
    document.page_count = printed.places.signature.page + 1
