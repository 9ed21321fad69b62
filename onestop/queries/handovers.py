"""Hand-over lists of an agency: what it sent and what it was sent, line by line."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from egov.audit.record import record
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.refusal import Refusal
from onestop.models import HandoverLine, HandoverList
from onestop.rules.work import AT_THE_DOOR


class HandoverNotFound(Refusal):
    """There is none, or it is not the actor's agency's: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy danh sách bàn giao."))


def handovers(actor: Actor | SignedOut) -> QuerySet[HandoverList]:
    """Lists that the actor's agency sent or was sent, for whoever stands at its door."""
    if not (isinstance(actor, Actor) and actor.is_(*AT_THE_DOOR)):
        return HandoverList.objects.none()
    agency = actor.agency.pk
    return (
        HandoverList.objects.filter(Q(sender_agency_id=agency) | Q(receiver_agency_id=agency))
        .select_related("sender_agency__unit", "receiver_agency", "sender__user")
        .annotate(
            line_count=Count("lines"),
            open_count=Count("lines", filter=Q(lines__answered_at__isnull=True)),
            back_count=Count("lines", filter=Q(lines__answer="given_back")),
        )
    )


def read_handover(actor: Actor | SignedOut, handover_id: int) -> tuple[HandoverList, list[HandoverLine]]:
    """One list with its lines. Raises HandoverNotFound; the read is recorded: it names owners (rule 42)."""
    handover = handovers(actor).filter(pk=handover_id).first()
    if handover is None:
        raise HandoverNotFound
    record(actor, "onestop.read_handover", handover, purpose="handover")
    lines = handover.lines.select_related("leg__dossier__owner", "leg__dossier__version", "receiver__user")
    return handover, list(lines)
