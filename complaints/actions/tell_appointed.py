"""Visitors with an appointment hear of every change of their day (rule 45)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import AppointmentState, DutyKind, TimetableEvent
from complaints.models import Appointment, AppointmentNotice, Duty, ReceptionDay, TimetableChange
from complaints.rules import reception as law
from egov.notifications.announce import Announcement, announce
from egov.notifications.send import Message, tell_members
from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal


class HowNeeded(Refusal):
    """It is not enough that somebody says they told: by telephone, letter or message, and whom."""


def tell_appointed(actor: Actor, day: ReceptionDay, change: TimetableChange, *, at: datetime) -> None:
    """Write down for each of them what there is to tell, and have it told: to the citizen over the portal
    where they use it, to who receives people so that they ring up everybody.

    Whose day was cancelled waits for another one. Inside the action that changed the day.
    """
    agreed = list(
        day.appointments.select_for_update(of=("self",))
        .filter(state=AppointmentState.AGREED)
        .select_related("letter", "agency")
    )
    for one in agreed:
        AppointmentNotice.objects.create(appointment=one, change=change, made_at=at)
        if change.event == TimetableEvent.CANCELLED:
            one.day, one.time = None, None
            note = _("Ngày tiếp đã hủy")
            move(one, to=AppointmentState.ASKED, by=actor, at=at, note=note, also=("day", "time"))
        if one.personal_number:
            announce(
                Announcement(
                    event="complaints.timetable_changed",
                    key=f"{one.pk}.{change.pk}",
                    people=(one.personal_number,),
                    agency_id=one.agency_id,
                    subject_code=str(one),
                    subject_name=_("Phiếu hẹn tiếp công dân"),
                    at=at,
                )
            )
    if agreed:
        text = _("Lịch tiếp công dân thay đổi: còn %(count)d người có hẹn cần báo lại.") % {
            "count": len(agreed)
        }
        message = Message(event="complaints.tell_appointed", text=text, key=str(change.pk), about=day)
        tell_members(_receivers(day, at), message)


@action("complaints.note_told", allowed=law.may_keep_appointment)
def note_told(
    actor: Actor, appointment: Appointment, *, notice: AppointmentNotice, how: str, at: datetime
) -> AppointmentNotice:
    """Note that the visitor was reached, how and by whom; a second time changes nothing. Raises HowNeeded."""
    row = appointment.notices.select_for_update().get(pk=notice.pk)
    if row.told_at is not None:
        return row
    words = clean_line(how)[:200]
    if not words:
        raise HowNeeded(_("Hãy ghi đã báo bằng cách nào, cho ai."))
    row.told_at, row.told_by, row.told_how = at, actor.membership, words
    row.save(update_fields=["told_at", "told_by", "told_how"])
    return row


def _receivers(day: ReceptionDay, at: datetime) -> list[Membership]:
    duties = Duty.objects.current(timezone.localdate(at)).filter(
        membership__agency=day.agency_id, kind=DutyKind.RECEPTION
    )
    return [duty.membership for duty in duties.select_related("membership")]
