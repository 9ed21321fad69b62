"""Send a signed, numbered and sealed document on its way to every recipient (Decree 30/2020, Art. 18)."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.announce import announce_to
from documents.actions.deliver import queue_of
from documents.actions.issue_listeners import tell_listeners
from documents.actions.signatures import require_agency_signature, require_personal_signature
from documents.enums import DocumentState
from documents.exchange import routing
from documents.models import Delivery, Document
from egov.organizations.actor import Actor
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class NotReadyToIssue(Refusal):
    """Rule 8: a signature, the number, the date, the register's line or a recipient is missing."""


@action("documents.issue", allowed=rules.may_issue)
def issue(actor: Actor, document: Document, *, at: datetime) -> Document:
    """Issue a document: one row per recipient and hop, written set-based; the first hop starts after commit.

    Raises NotReadyToIssue (rule 8), RecipientEnded (naming who closed), PersonalSignatureMissing.
    """
    on = timezone.localdate(at)
    _require_complete(document, on)
    verification = require_personal_signature(document, at=at)
    require_agency_signature(document, verification)
    way = routing.plan(document, on=on)
    document.issued_at = at
    document.save(update_fields=["issued_at"])
    move(document, to=DocumentState.ISSUED, by=actor, at=at)
    Delivery.objects.create_for(document, way, at=at)
    if document.drafter_id != actor.membership.pk:
        announce_to(document.drafter, document, event="issued", text=_("Văn bản đã phát hành"))
    tell_listeners(document.pk, at)
    enqueue(
        "documents.deliver_hop", queue=queue_of(document), document_id=document.pk, node_id=document.agency_id
    )
    return document


def _require_complete(document: Document, on: date) -> None:
    assert document.agency is not None  # noqa: S101  (the rule let only its own registry in)
    if not document.agency.exists_on(on):
        raise NotReadyToIssue(_("Cơ quan đã kết thúc hoạt động nên không phát hành văn bản được nữa."))
    if document.number is None or document.dated_on is None or not hasattr(document, "outgoing_entry"):
        raise NotReadyToIssue(
            _("Chưa phát hành được: văn bản chưa có số, ngày hoặc chưa vào sổ đăng ký văn bản đi.")
        )
    if not document.recipients.exists():
        raise NotReadyToIssue(_("Chưa phát hành được: văn bản chưa có nơi nhận."))
