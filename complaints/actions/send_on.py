"""Send a matter on to the competent body, and take back what was sent by mistake (rules 15, 16, 19)."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.actions.issue_paper import issue_paper
from complaints.deadlines import transfer_due
from complaints.enums import MatterKind, MatterState
from complaints.models import Matter, MatterPaper, Transfer
from complaints.queries.paper_words import Said
from complaints.queries.people import approvers, at_the_door
from egov.notifications.send import Message, tell_members
from egov.organizations.models import Agency
from egov.workflow.move import move
from egov.workflow.performer import Performer

Kind = MatterPaper.Kind
REASON_LENGTH = 1000
NAME_LENGTH = 200


def send_on(
    by: Performer, matter: Matter, said: Said, *, recipient: Agency | None, name: str, at: datetime
) -> Transfer:
    """Transfer the matter, inside the action that decided so.

    The note goes to the other body, a notice to whoever wrote, by code alone where the letter is protected;
    of anonymous information nobody is told. The other body's door is told, and enters it in its register.
    """
    to = recipient.name if recipient else name
    paper = issue_paper(by, matter, Kind.TRANSFER, replace(said, addressee=to), addressee=recipient, at=at)
    if matter.kind != MatterKind.INFORMATION:
        issue_paper(by, matter, Kind.TRANSFER_NOTICE, replace(said, addressee="", words=to), at=at)
    transfer = Transfer.objects.create(
        matter=matter,
        sender=matter.agency,
        recipient=recipient,
        recipient_name=to[:NAME_LENGTH],
        due_on=transfer_due(matter) if matter.kind == MatterKind.DENUNCIATION else None,
        sent_at=at,
        paper=paper,
    )
    move(matter, to=MatterState.TRANSFERRED, by=by, at=at, note=_("Chuyển đến %(name)s.") % {"name": to})
    if recipient is not None:
        tell_door(transfer, recipient, at=at)
    return transfer


def tell_door(transfer: Transfer, recipient: Agency, *, at: datetime) -> None:
    """Tell whoever takes in such letters at the other body; by the sending body's code alone."""
    letter = transfer.matter.letter
    text = _("%(agency)s chuyển đến đơn %(code)s, chờ vào sổ.") % {
        "agency": transfer.sender.name,
        "code": letter.code,
    }
    door = at_the_door(recipient, letter, on=timezone.localdate(at))
    message = Message(event="complaints.transferred", text=text, key=f"{transfer.pk}-{recipient.pk}")
    tell_members(door, message)


def come_back(by: Performer, transfer: Transfer, *, reason: str, at: datetime) -> Matter:
    """What was sent to the wrong body is the sender's again: its first clock was never stopped (rule 19)."""
    transfer.returned_at, transfer.return_reason = at, reason[:REASON_LENGTH]
    transfer.save(update_fields=["returned_at", "return_reason"])
    matter = Matter.objects.select_for_update(of=("self",), no_key=True).get(pk=transfer.matter_id)
    note = _("%(name)s trả lại: %(reason)s") % {"name": transfer.recipient_name, "reason": reason}
    move(matter, to=MatterState.PROCESSING, by=by, at=at, note=note)
    text = _("Đơn %(code)s bị trả lại sau khi chuyển; hạn xử lý không tính lại.") % {
        "code": matter.letter.code
    }
    message = Message(event="complaints.came_back", text=text, key=str(transfer.pk), about=matter.letter)
    handler = [matter.handler] if matter.handler else []
    tell_members([*handler, *approvers(matter, but=None, on=timezone.localdate(at))], message)
    return matter
