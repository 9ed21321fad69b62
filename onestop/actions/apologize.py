"""Say sorry for a late result, once, and name the new day (form 04; rule 22)."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workdays import terms
from egov.workdays.limit import Limit, LimitUnit
from egov.workdays.load_calendar import calendar_of
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.issue_form import issue_form
from onestop.actions.reason import reason_in_words
from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, FormKind
from onestop.models import Apology, Dossier

MOST_DAYS = 60


class NothingToPutOff(Refusal):
    """The dossier has no appointment."""


class AlreadyApologized(Refusal):
    """The day may be put off at most once."""


class ApologyTooLate(Refusal):
    """An apology in time comes at least one day before the appointment; a later one is recorded as late."""


class NewDayNotAcceptable(Refusal):
    """The new day must lie a number of working days ahead."""


@action("onestop.apologize", allowed=rules.may_apologize)
def apologize(
    actor: Actor, dossier: Dossier, *, reason: str, days: int, late: bool = False, at: datetime
) -> Apology:
    """Put the appointment off by working days, with the reason and form 04.

    Lateness goes on counting against the first appointment. On the day of the appointment and after it only
    with ``late``, and it is on record as late for ever.
    Raises NothingToPutOff, AlreadyApologized, ApologyTooLate, NewDayNotAcceptable, ReasonMissing.
    """
    words = reason_in_words(reason, _("Hãy ghi rõ lý do chậm trả kết quả."))
    old_due_at = dossier.due_at
    if old_due_at is None:
        raise NothingToPutOff(_("Hồ sơ này không hẹn ngày trả kết quả."))
    if Apology.objects.filter(dossier=dossier).exists():
        raise AlreadyApologized(_("Hồ sơ đã được xin lỗi và hẹn lại một lần; chỉ được hẹn lại một lần."))
    if not 1 <= days <= MOST_DAYS:
        raise NewDayNotAcceptable(_("Số ngày hẹn thêm phải từ 1 đến %(most)d.") % {"most": MOST_DAYS})
    is_late = timezone.localdate(at) >= timezone.localdate(old_due_at)
    if is_late and not late:
        raise ApologyTooLate(
            _(
                "Văn bản xin lỗi phải gửi chậm nhất một ngày trước ngày hẹn. Nay đã muộn: "
                "nếu vẫn gửi, hãy xác nhận ghi nhận là xin lỗi muộn."
            )
        )
    new_due_at = new_appointment(dossier, days, at=at)
    form = issue_form(
        actor,
        dossier,
        FormKind.APOLOGY,
        {"reason": words, "original": old_due_at, "appointment": new_due_at},
        at=at,
    )
    note_times(dossier, ClockEventKind.APOLOGY, by=actor, at=at, reason=words, due_at=new_due_at)
    tell_applicant(dossier, ApplicantEvent.LATE, at=at, due_at=new_due_at)
    return Apology.objects.create(
        dossier=dossier,
        reason=words,
        old_due_at=old_due_at,
        days=days,
        new_due_at=new_due_at,
        is_late=is_late,
        form=form,
        made_at=at,
        made_by=actor.membership,
    )


def new_appointment(dossier: Dossier, days: int, *, at: datetime) -> datetime:
    """That many working days after the appointment, or after now when it has passed."""
    if dossier.due_at is None:
        raise NothingToPutOff(_("Hồ sơ này không hẹn ngày trả kết quả."))
    calendar = calendar_of(dossier.receiving_agency, timezone.localdate(at))
    return terms.due(calendar, max(at, dossier.due_at), Limit(days, LimitUnit.WORKING_DAYS))
