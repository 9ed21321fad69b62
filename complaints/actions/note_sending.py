"""Note that what was accepted or decided has been sent to the people whom the law names."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.models import Matter, Sending
from complaints.models.sending import SendingKind
from complaints.queries.sendings import owed_sendings
from complaints.rules import telling as rules
from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal

PROOF_LENGTH = 300


class NotSent(Refusal):
    """Nothing of the kind is owed, the day cannot be, or nothing shows it."""


@action("complaints.note_sending", allowed=rules.may_note_sending)
def note_sending(
    actor: Actor, matter: Matter, *, kind: SendingKind, sent_on: date, proof: str, at: datetime
) -> Sending:
    """Its term ends with this. Raises NotSent."""
    owed = next((one for one in owed_sendings(matter) if one.kind == kind), None)
    if owed is None:
        raise NotSent(_("Không có thông báo, kết quả loại này còn phải gửi. Hãy tải lại trang."))
    if not owed.started_on <= sent_on <= timezone.localdate(at):
        raise NotSent(
            _("Ngày gửi phải từ ngày %(day)s đến hôm nay.") % {"day": f"{owed.started_on:%d/%m/%Y}"}
        )
    shown = clean_line(proof)[:PROOF_LENGTH]
    if not shown:
        raise NotSent(_("Hãy ghi số biên nhận bưu điện hoặc biên bản giao."))
    return Sending.objects.create(
        matter=matter,
        kind=kind,
        outcome=owed.outcome,
        sent_on=sent_on,
        proof=shown,
        noted_at=at,
        noted_by=actor.membership,
    )
