"""Somebody wants to meet the leader: asked, agreed with a day and an hour or not, met or missed."""

from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import AppointmentState
from complaints.models import Appointment, Letter, ReceptionDay, Visit
from complaints.rules import reception as law
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal

BOOK = "complaints.appointments"


class AppointmentNotAcceptable(Refusal):
    """Who asks, or the day that is offered, cannot be so."""


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who wants to meet the leader about what; whoever denounces asks under the code of a letter alone."""

    name: str = ""
    personal_number: str = ""
    phone: str = ""
    address: str = ""
    content: str = ""
    letter: Letter | None = None
    visit: Visit | None = None


@action("complaints.ask_appointment", allowed=law.may_ask_appointment)
def ask_appointment(actor: Actor, agency: Agency, asking: Asking, *, at: datetime) -> Appointment:
    """Write the request down under the next number of the year. Raises AppointmentNotAcceptable."""
    letter = asking.letter or (asking.visit.letter if asking.visit else None)
    protected = bool(letter and letter.is_protected) or bool(asking.visit and asking.visit.is_protected)
    for row in (letter, asking.visit):
        if row is not None and row.agency_id != agency.pk:
            raise AppointmentNotAcceptable(_("Đơn hoặc lượt tiếp này thuộc cơ quan khác."))
    if protected and letter is None:
        raise AppointmentNotAcceptable(_("Người tố cáo đăng ký gặp lãnh đạo theo mã đơn trong sổ tố cáo."))
    words = {
        "name": clean_line(asking.name)[:200],
        "personal_number": clean_line(asking.personal_number)[:20],
        "phone": clean_line(asking.phone)[:20],
        "address": clean_line(asking.address)[:300],
        "content": clean_line(asking.content)[:500],
    }
    if protected and any(words.values()):
        raise AppointmentNotAcceptable(
            _("Với đơn tố cáo, không ghi họ tên, liên hệ và nội dung ở đây; chỉ ghi theo mã đơn.")
        )
    if not protected and not (words["name"] and words["content"]):
        raise AppointmentNotAcceptable(_("Hãy ghi họ tên và nội dung muốn gặp lãnh đạo."))
    year = timezone.localdate(at).year
    appointment = Appointment.objects.create(
        agency=agency,
        year=year,
        number=next_number(agency_id=agency.pk, book=BOOK, year=year),
        visit=asking.visit,
        letter=letter,
        is_protected=protected,
        asked_at=at,
        **words,
    )
    appointment.changes.create(
        after=AppointmentState.ASKED, at=at, user_id=actor.user_id, person=actor.caption
    )
    return appointment


@action("complaints.agree_appointment", allowed=law.may_answer_appointment)
def agree_appointment(
    actor: Actor,
    appointment: Appointment,
    *,
    day: ReceptionDay,
    time: time,
    answer: str = "",
    at: datetime,
) -> Appointment:
    """Give it a day of the timetable and an hour of that day. Raises AppointmentNotAcceptable."""
    day = ReceptionDay.objects.select_for_update().get(pk=day.pk)
    if day.agency_id != appointment.agency_id or day.cancelled_at or day.held_at:
        raise AppointmentNotAcceptable(_("Ngày này không còn trong lịch tiếp của cơ quan."))
    if day.day < timezone.localdate(at):
        raise AppointmentNotAcceptable(_("Ngày tiếp đã qua."))
    if not day.opens <= time < day.closes:
        raise AppointmentNotAcceptable(
            _("Giờ hẹn phải trong giờ tiếp, từ %(opens)s đến %(closes)s.")
            % {"opens": f"{day.opens:%H:%M}", "closes": f"{day.closes:%H:%M}"}
        )
    appointment.day, appointment.time, appointment.answer = day, time, clean_line(answer)[:500]
    move(appointment, to=AppointmentState.AGREED, by=actor, at=at, also=("day", "time", "answer"))
    return appointment


@action("complaints.decline_appointment", allowed=law.may_answer_appointment)
def decline_appointment(actor: Actor, appointment: Appointment, *, answer: str, at: datetime) -> Appointment:
    """Do not agree, and say why. Raises AppointmentNotAcceptable."""
    words = clean_line(answer)[:500]
    if not words:
        raise AppointmentNotAcceptable(_("Hãy ghi lý do không đồng ý để báo cho người đề nghị."))
    appointment.answer = words
    move(appointment, to=AppointmentState.DECLINED, by=actor, at=at, also=("answer",))
    return appointment


@action("complaints.end_appointment", allowed=law.may_keep_appointment)
def end_appointment(
    actor: Actor, appointment: Appointment, *, to: AppointmentState, met_in: Visit | None = None, at: datetime
) -> Appointment:
    """Note that they were received (in which visit), did not come, or want it no more.

    Raises AppointmentNotAcceptable.
    """
    if to not in {AppointmentState.MET, AppointmentState.MISSED, AppointmentState.WITHDRAWN}:
        raise AppointmentNotAcceptable(_("Hãy chọn đã tiếp, không đến hoặc người đề nghị rút."))
    on = timezone.localdate(at)
    if to != AppointmentState.WITHDRAWN and appointment.day is not None and appointment.day.day > on:
        raise AppointmentNotAcceptable(_("Ngày hẹn chưa đến."))
    if met_in is not None and met_in.agency_id != appointment.agency_id:
        raise AppointmentNotAcceptable(_("Lượt tiếp này thuộc cơ quan khác."))
    appointment.met_in = met_in if to == AppointmentState.MET else None
    move(appointment, to=to, by=actor, at=at, also=("met_in",))
    return appointment
