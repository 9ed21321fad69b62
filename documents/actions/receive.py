"""The registry takes a document in: checks that it is genuine, gives số đến (Decree 30/2020, Art. 21-22)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents import rules
from documents.enums import DeliveryState
from documents.exchange.inspection import inspect
from documents.models import Delivery, IncomingEntry
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.signing.verify import keep_report
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

# One series a year for paper and electronic documents together (rule 5).
INCOMING_BOOK = "incoming"
NOTE_LENGTH = 200


class CopyNotGenuine(Refusal):
    """Rule 14: what arrived is altered, unreadable or not the sender's; it can only be returned."""


class CopyNotDetermined(Refusal):
    """The check could not be completed; the clerk must say in words that they take it in all the same."""


@action("documents.register", allowed=rules.may_register)
def register(actor: Actor, delivery: Delivery, *, at: datetime, acknowledgement: str = "") -> IncomingEntry:
    """Register an incoming document: the check is kept as evidence, số đến is given, the sender is told (03).

    A valid electronic document never waits for its paper (rule 18).

    :param acknowledgement: the clerk's note for a check that could not be completed; not needed otherwise
    Raises CopyNotGenuine, CopyNotDetermined.
    """
    note = clean_line(acknowledgement)[:NOTE_LENGTH]
    inspection = inspect(delivery)
    if inspection.faults or inspection.verification is None:
        raise CopyNotGenuine(
            _("Không tiếp nhận được: %(faults)s Hãy trả lại nơi gửi, nêu rõ lý do.")
            % {"faults": " ".join(inspection.faults)}
        )
    if inspection.doubts and not note:
        raise CopyNotDetermined(
            _("%(doubts)s Nếu vẫn tiếp nhận, hãy ghi rõ lý do vào ô xác nhận của văn thư.")
            % {"doubts": " ".join(inspection.doubts)}
        )
    delivery.validation = keep_report(inspection.verification)
    delivery.registered_at = at
    delivery.save(update_fields=["validation", "registered_at"])
    move(delivery, to=DeliveryState.REGISTERED, by=actor, at=at, note=note)
    return enter(actor, delivery, at=at, note=note)


def enter(actor: Actor, delivery: Delivery, *, at: datetime, note: str = "") -> IncomingEntry:
    """Write the register's line with the next số đến of the year (in Vietnamese time); inside an action."""
    year = timezone.localdate(at).year
    number = next_number(agency_id=delivery.agency_id, book=INCOMING_BOOK, year=year)
    return IncomingEntry.objects.create(
        delivery=delivery,
        agency_id=delivery.agency_id,
        year=year,
        number=number,
        registered_by=actor.membership,
        registered_at=at,
        note=note,
    )
