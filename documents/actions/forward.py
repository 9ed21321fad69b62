"""Send an incoming document on: the signed original itself, never a copy of it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.actions.deliver import queue_of
from documents.exchange import routing
from documents.models import Delivery
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.taskqueue.enqueue import enqueue
from egov.workflow.action import action
from egov.workflow.refusal import Refusal


class NobodyToForwardTo(Refusal):
    """Every agency named has the document already, or none was named."""


class PaperNotForwarded(Refusal):
    """Paper has no signed original in the system that could travel."""


@action("documents.forward", allowed=rules.may_forward)
def forward(actor: Actor, delivery: Delivery, *, to: Iterable[Agency], at: datetime) -> int:
    """Send the document on to other agencies by the same hops; return how many get it.

    Who has it already does not get it twice. The first sender sees these recipients too.
    Raises NobodyToForwardTo, PaperNotForwarded, RecipientEnded.
    """
    if delivery.node_id is None:
        raise PaperNotForwarded(_("Văn bản giấy không chuyển tiếp được trên hệ thống; hãy sao y rồi gửi."))
    document = delivery.document
    reached = set(document.deliveries.values_list("agency_id", flat=True)) | {document.agency_id}
    fresh = {agency.pk: agency.name for agency in to if agency.pk not in reached}
    if not fresh:
        raise NobodyToForwardTo(_("Các cơ quan đã chọn đều đã có văn bản này."))
    way = routing.plan_between(delivery.agency_id, fresh, on=timezone.localdate(at))
    Delivery.objects.create_for(document, way, at=at)
    for hop in way.hops:
        enqueue(
            "documents.deliver_hop", queue=queue_of(document), document_id=document.pk, node_id=hop.node_id
        )
    delivery.note_step(
        by=actor, at=at, note=_("Chuyển tiếp: %(names)s") % {"names": ", ".join(list(fresh.values())[:20])}
    )
    return len(fresh)
