"""Take an online filing in."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.dossier_code import next_code
from onestop.actions.enter_filing import DuplicateFiling, set_going
from onestop.deadlines import promise
from onestop.enums import DossierState
from onestop.models import Dossier
from onestop.queries.inbox import filed_at, filing_duplicates


class FilingNotPaid(Refusal):
    """The procedure is taken up only when its fees are paid or exempt, and they are neither."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Thủ tục này bắt buộc thanh toán trực tuyến: chỉ tiếp nhận khi phí, lệ phí đã nộp hoặc được "
                "miễn. Hồ sơ chưa nộp; người nộp đã được đề nghị nộp trên Cổng dịch vụ công."
            )
        )


@action("onestop.accept_filing", allowed=rules.may_accept_filing)
def accept_filing(
    actor: Actor, dossier: Dossier, *, at: datetime, duplicate_confirmed: bool = False
) -> Dossier:
    """Receive what was filed online: code, appointment, way, charges and receipt as at the counter.

    It counts as received when it was filed, or at the next opening after that (rules 10 and 11): the time
    that the counter took to look at it is not the applicant's. Where papers had been asked for, it is when
    they were complete. The version is that of the day of filing.

    Raises FilingNotPaid where payment comes first, and DuplicateFiling until staff have confirmed that it is
    another matter.
    """
    if dossier.version.online_payment_required and dossier.charges.due().exists():
        raise FilingNotPaid
    if not duplicate_confirmed and (others := filing_duplicates(dossier)):
        raise DuplicateFiling(others)
    promised = promise(dossier.channel_rule, dossier.version, dossier.receiving_agency, filed_at(dossier))
    dossier.code = next_code(dossier.receiving_agency, promised.received_at)
    dossier.promised_at, dossier.legal_due_at = promised.due_at, promised.legal_due_at
    dossier.received_by = dossier.holder = actor.membership
    dossier.save(update_fields=["code", "promised_at", "legal_due_at", "received_by", "holder"])
    move(dossier, to=DossierState.RECEIVED, by=actor, at=at)
    set_going(actor, dossier, promised, None, at=at)
    return dossier
