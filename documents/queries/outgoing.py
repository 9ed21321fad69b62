"""Lists of outgoing documents: drafts, what waits for whom, what is late."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet

from documents import rules
from documents.enums import DocumentState, Urgency
from documents.models import Document
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workdays.clock import is_working_day
from egov.workflow.verdict import Verdict

SIGNED_NOT_SENT = (DocumentState.SIGNED, DocumentState.NUMBERED, DocumentState.SEALED)

# The steps of an outgoing document in the law's order, each with its rule.
STEPS = {
    "edit": rules.may_edit,
    "submit": rules.may_submit,
    "withdraw": rules.may_withdraw,
    "sign": rules.may_sign,
    "return_to_drafter": rules.may_return_to_drafter,
    "number": rules.may_number,
    "seal": rules.may_seal,
    "issue": rules.may_issue,
}


def outgoing(actor: Actor | SignedOut) -> QuerySet[Document]:
    """Documents of the actor's agency that the actor may see, newest first."""
    if not isinstance(actor, Actor):
        return Document.objects.none()
    documents = Document.objects.visible_to(actor).filter(agency=actor.agency)
    return documents.select_related("kind", "department", "signer__user", "drafter__user")


def drafts(actor: Actor) -> QuerySet[Document]:
    """The actor's own drafts, returned ones among them."""
    return outgoing(actor).filter(state=DocumentState.DRAFT, drafter=actor.membership)


def waiting_for_signature(actor: Actor) -> QuerySet[Document]:
    """What was submitted to the actor: urgent first, then oldest first."""
    waiting = outgoing(actor).filter(state=DocumentState.SUBMITTED, signer=actor.membership)
    return waiting.order_by("-urgency", "created_at", "pk")


def waiting_at_registry(actor: Actor, state: DocumentState) -> QuerySet[Document]:
    """What waits for the registry's next step in that state: urgent first, then oldest first."""
    if not actor.is_(Role.REGISTRY):
        return outgoing(actor).none()
    return outgoing(actor).filter(state=state).order_by("-urgency", "signed_at", "pk")


def overdue_to_issue(on: date) -> QuerySet[Document]:
    """Rule 12, in every agency: signed and not sent by the end of the next working day; urgent ones at once.

    The next working day after signing is over when a whole working day lies between signing and ``on``.
    """
    late = Q(signed_at__date__lt=working_day_before(on))
    urgent = Q(urgency__gt=Urgency.NORMAL)
    waiting = Document.objects.filter(late | urgent, state__in=SIGNED_NOT_SENT)
    return waiting.select_related("agency", "kind").order_by("agency_id", "-urgency", "signed_at")


def steps(actor: Actor | SignedOut, document: Document) -> dict[str, Verdict]:
    """Which steps the actor may take now, and why not the others: for the buttons of the document's page."""
    return {name: rule(actor, document) for name, rule in STEPS.items()}


def working_day_before(day: date) -> date:
    earlier = day - timedelta(days=1)
    while not is_working_day(earlier):
        earlier -= timedelta(days=1)
    return earlier
