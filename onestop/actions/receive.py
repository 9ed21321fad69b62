"""Take papers in at the counter: from here on the applicant has a code, a day, and a receipt."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workdays.load_calendar import calendar_of
from egov.workflow.action import action
from onestop import rules
from onestop.actions.dossier_code import new_secret, next_code
from onestop.actions.enter_filing import (
    NotTakenHere,
    enter,
    examined,
    hold_key,
    refuse_duplicate,
    set_going,
)
from onestop.actions.filing import Filing, cleaned, require_number_of_submitter
from onestop.deadlines import promise
from onestop.enums import Channel, DossierState
from onestop.models import Dossier


@action("onestop.receive", allowed=rules.may_take_in)
def receive(actor: Actor, filing: Filing, *, at: datetime) -> Dossier:
    """Receive a dossier at the counter or from the post, all or nothing.

    In one transaction: parties and papers, code and secret, appointment, legs and steps, charges, receipt.
    A second call with the same idempotency key gives the first one's dossier. The code is taken late, as
    other counters of the agency wait for it until commit.

    Raises FilingNotAcceptable, NumberDoubtful, PapersMissing, DuplicateFiling, ProcedureNotInForce,
    NotTakenHere, StoredPaperNotUsable; nothing is kept then, and no number is used up (rule 9).
    """
    if (earlier := hold_key(filing.idempotency_key)) is not None:
        if earlier.receiving_agency_id != actor.agency_id:
            raise NotTakenHere(_("Hồ sơ này đã được cơ quan khác tiếp nhận."))
        return earlier
    if filing.agency.pk != actor.agency_id or filing.channel == Channel.ONLINE:
        raise NotTakenHere(_("Tại quầy chỉ nhận hồ sơ trực tiếp hoặc qua bưu chính, cho cơ quan mình."))
    filing = cleaned(filing)
    require_number_of_submitter(filing)
    taken = examined(filing, on=timezone.localdate(at), at=at)
    refuse_duplicate(filing, taken.deciding)
    # Loaded once: the appointment, the first leg and its first step are counted by the same calendar.
    calendar = calendar_of(filing.agency, timezone.localdate(at))
    promised = promise(taken.rule, filing.case.version, filing.agency, at, calendar)
    dossier = enter(
        taken,
        by=actor,
        at=at,
        state=DossierState.RECEIVED,
        promised=promised,
        code=next_code(filing.agency, promised.received_at),
        secret=new_secret(),
    )
    set_going(actor, dossier, promised, filing, at=at, calendar=calendar)
    return dossier
