"""A paper to another body of the network becomes an official document: drafted here, signed and issued there.

The signer and the registry take their steps on the documents' own pages; when it is issued the paper learns
its number and time (decision record 5). What the document says is what the paper says: of a protected letter
its code alone.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from complaints import rules
from complaints.models import MatterPaper
from documents.public import PaperRef, PaperRequest, issued_papers, request_paper
from egov.organizations.actor import Actor
from egov.organizations.enums import Capacity
from egov.organizations.models import Membership
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

OFFICIAL_LETTER = "CV"


class PaperHasNoAddressee(Refusal):
    """It goes to nobody in the network, or its words were destroyed."""


@action("complaints.send_paper", allowed=rules.may_send_paper)
def send_paper(
    actor: Actor, paper: MatterPaper, *, signer: Membership, capacity: Capacity, at: datetime
) -> MatterPaper:
    """Have it signed and sent as an official letter to its addressee.

    Raises PaperHasNoAddressee and every refusal of ``documents.public.request_paper``.
    """
    if paper.addressee is None or not paper.content:
        raise PaperHasNoAddressee(_("Văn bản này không còn nội dung hoặc không có nơi nhận trong hệ thống."))
    request = PaperRequest(
        kind_code=OFFICIAL_LETTER,
        abstract=_("%(kind)s %(code)s")
        % {"kind": paper.get_kind_display(), "code": paper.matter.letter.code},
        signer_id=signer.pk,
        capacity=capacity,
        recipient_codes=(paper.addressee.code,),
        body=_body(paper.content),
    )
    paper.document_id = request_paper(actor, request, at=at).document_id
    paper.save(update_fields=["document_id"])
    return paper


def note_issued_paper(document_id: int, at: datetime) -> None:
    """A document was issued: if it is one of these, the paper learns so. Runs inside the issue itself."""
    paper = MatterPaper.objects.filter(document_id=document_id).first()
    if paper is None:
        return
    ref = PaperRef(document_id)
    paper.document_notation = issued_papers([ref])[ref].notation
    paper.sent_at = at
    paper.save(update_fields=["document_notation", "sent_at"])


def _body(content: dict[str, Any]) -> str:
    """The paper's blocks as the text of a letter, one line each."""
    lines: list[str] = []
    for block in content["blocks"]:
        if block["kind"] == "facts":
            lines += [f"{label}: {value}" for label, value in block["rows"] if label != "Kính gửi"]
        else:
            lines.append(block["text"])
    return "\n".join(lines)
