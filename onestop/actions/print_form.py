"""Print a slip, the first time or again."""

from datetime import datetime

from egov.files.store import put
from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.performer import Performer
from onestop import rules
from onestop.models import CounterSlip, IssuedForm
from onestop.queries.slip_paper import slip_pdf

PDF = "application/pdf"


@action("onestop.print_form", allowed=rules.may_print_form)
def print_form(performer: Performer, issued: IssuedForm, *, at: datetime) -> IssuedForm:  # noqa: ARG001
    """The slip with its file: made from the kept words when it is first asked for, the same bytes ever after.

    So a power cut between the receipt of a dossier and the print costs a click, not a slip (rule 13). Every
    print is in the audit log. Raises UnprintableText, StoreFull, StoreUnavailable.
    """
    if issued.file is None:
        issued.file = put(slip_pdf(issued), media_type=PDF)
        issued.save(update_fields=["file"])
    return issued


@action("onestop.print_counter_slip", allowed=rules.may_print_counter_slip)
def print_counter_slip(actor: Actor, issued: CounterSlip, *, at: datetime) -> CounterSlip:  # noqa: ARG001
    """The same for a slip that belongs to no single dossier."""
    if issued.file is None:
        issued.file = put(slip_pdf(issued), media_type=PDF)
        issued.save(update_fields=["file"])
    return issued
