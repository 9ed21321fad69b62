"""Read one incoming document; which steps the reader may take with it."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from documents import rules
from documents.enums import DeliveryState, DocumentState
from documents.models import Assignment, Attachment, Delivery, DeliveryChange, Directive, Document
from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.signing.verification import Verification
from egov.workflow.refusal import Refusal
from egov.workflow.verdict import Verdict

STEPS = {
    "register": rules.may_register,
    "return": rules.may_return,
    "present": rules.may_present,
    "direct": rules.may_direct,
    "assign": rules.may_assign,
    "start": rules.may_start,
    "complete_part": rules.may_complete_part,
    "finish": rules.may_finish,
}


class IncomingNotFound(Refusal):
    """There is no such incoming document, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy văn bản đến, hoặc Quý vị không được xem văn bản này."))


def read_incoming(actor: Actor | SignedOut, delivery_id: int) -> Delivery:
    """One incoming document with what its page shows; the read is recorded. Raises IncomingNotFound."""
    delivery = visible_incoming(actor, delivery_id)
    record(actor, "documents.read", delivery.document, delivery=delivery.pk)
    return delivery


def visible_incoming(actor: Actor | SignedOut, delivery_id: int) -> Delivery:
    """The same without a record, for a step that is recorded itself. Raises IncomingNotFound."""
    visible = Delivery.objects.visible_to(actor).select_related(
        "agency",
        "document__agency",
        "document__kind",
        "document__file",
        "document__signer__user",
        "presented_to__user",
        "incoming_entry__registered_by__user",
        "validation",
    )
    # Rules, paper and page all look at these: fetched once.
    parts = Assignment.objects.select_related("department", "member__user", "within").order_by("pk")
    visible = visible.prefetch_related(
        Prefetch("directives", queryset=Directive.objects.select_related("author__user")),
        Prefetch("directives__assignments", queryset=parts),
        Prefetch("document__attachments", queryset=Attachment.objects.select_related("file")),
    )
    delivery = visible.filter(pk=delivery_id).first()
    if delivery is None:
        raise IncomingNotFound
    return delivery


def steps(actor: Actor | SignedOut, delivery: Delivery) -> dict[str, Verdict]:
    """Which steps the actor may take now, and why not the others."""
    return {name: rule(actor, delivery) for name, rule in STEPS.items()}


def step_taken(delivery: Delivery, to: DeliveryState) -> DeliveryChange | None:
    """When and by whom the step to a state was taken; None when nobody has."""
    return delivery.changes.filter(after=to).exclude(before=to).first()


def issued_answers(actor: Actor | SignedOut, delivery: Delivery) -> QuerySet[Document]:
    """Issued documents of the agency that answer this one."""
    return Document.objects.visible_to(actor).filter(
        answers=delivery, agency_id=delivery.agency_id, state=DocumentState.ISSUED
    )


def kept_verification(delivery: Delivery) -> tuple[Verification, datetime] | None:
    """What the registry found when it took the document in, and when; None before that."""
    if delivery.validation is None:
        return None
    return delivery.validation.verification, delivery.validation.checked_at
