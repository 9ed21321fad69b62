"""Give a new appointment after the calendar has changed, with a new receipt (rule 16)."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import deadlines, rules
from onestop.actions.issue_form import issue_form
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, FormKind
from onestop.models import Dossier, IssuedForm

REASON_LENGTH = 500


class NothingToReissue(Refusal):
    """The appointment is what the calendar gives, or no rule counts it."""


class ReasonForNewAppointment(Refusal):
    """A new appointment needs its reason."""


@action("onestop.reissue_appointment", allowed=rules.may_reissue_appointment)
def reissue_appointment(actor: Actor, dossier: Dossier, *, reason: str, at: datetime) -> IssuedForm:
    """Count the appointment anew by the working days as they are known now; the old receipt stays as issued.

    Never by itself: adding a holiday moves no printed appointment.
    Raises ReasonForNewAppointment, NothingToReissue.
    """
    words = clean_line(reason)[:REASON_LENGTH]
    if not words:
        raise ReasonForNewAppointment(_("Hãy ghi lý do cấp lại giấy hẹn."))
    due_at = deadlines.recounted(dossier)
    if due_at is None or due_at == dossier.due_at:
        raise NothingToReissue(_("Lịch làm việc không làm thay đổi ngày hẹn của hồ sơ này."))
    note_times(dossier, ClockEventKind.RESCHEDULED, by=actor, at=at, reason=words, due_at=due_at)
    return issue_form(actor, dossier, FormKind.RECEIPT, {}, at=at)
