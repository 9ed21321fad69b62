"""Who receives people, keeps the register, the timetable and promises; and what the law asks there."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind, PromiseState, VisitState
from complaints.models import Appointment, OnlineSession, Promise, ReceptionDay, ReceptionMinutes, Visit
from complaints.rules.duties import holds
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
# Visitors give identification data from this day on (Law 136/2025/QH15, in force 01/07/2026).
IDENTITY_DUTY_FROM = date(2026, 7, 1)
# From so many people on they are a group and are heard through representatives (domain: 8).
GROUP_FROM = 5
LARGE_GROUP_ABOVE = 10
_BY_RECEPTION = _("Chỉ người được phân công tiếp công dân và lãnh đạo cơ quan được làm việc này.")
_BY_LEADER = _("Chỉ lãnh đạo cơ quan được làm việc này.")
_IN_REGISTER = _("Lượt tiếp đã vào sổ và không sửa được; nếu ghi sai, hãy lập dòng đính chính.")


def must_identify(on: date) -> bool:
    """Whether a visit of that day needs identification data or a recorded ground (rule 8)."""
    return on >= IDENTITY_DUTY_FROM


def is_group(people: int) -> bool:
    """Whether so many people on one matter are a group (đoàn đông người)."""
    return people >= GROUP_FROM


def most_representatives(people: int) -> int:
    """How many may speak for so many people: two up to ten of them, five above; below five, each speaks."""
    if not is_group(people):
        return people
    return 5 if people > LARGE_GROUP_ABOVE else 2


def may_read_reception(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """Who receives, enters or inspects, and leaders; which rows each of them sees, the rows decide."""
    duties = (DutyKind.RECEPTION, DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR)
    if isinstance(actor, Actor) and (actor.is_(Role.LEADER) or holds(actor, *duties)):
        return ALLOWED
    return refused(_("Sổ tiếp công dân dành cho người được phân công tiếp công dân và lãnh đạo cơ quan."))


def may_receive(actor: Anyone, agency: Agency) -> Verdict:
    """Who was appointed to receive people, and leaders, at their own agency."""
    if (
        isinstance(actor, Actor)
        and actor.agency_id == agency.pk
        and (actor.is_(Role.LEADER) or holds(actor, DutyKind.RECEPTION))
    ):
        return ALLOWED
    return refused(_BY_RECEPTION)


def may_keep_visit(actor: Anyone, visit: Visit) -> Verdict:
    """Who receives there and may read it; what was closed still takes what became of it."""
    may = may_receive(actor, visit.agency)
    if may and not Visit.objects.visible_to(actor).filter(pk=visit.pk).exists():
        return refused(_BY_RECEPTION)
    return may


def may_write_visit(actor: Anyone, visit: Visit) -> Verdict:
    """The same, while it is at the desk."""
    may = may_keep_visit(actor, visit)
    return refused(_IN_REGISTER) if may and visit.state != VisitState.OPEN else may


def may_correct_visit(actor: Anyone, visit: Visit) -> Verdict:
    """The same, once it is in the register and nobody corrected it yet."""
    may = may_keep_visit(actor, visit)
    if may and visit.state != VisitState.CLOSED:
        return refused(_("Lượt tiếp chưa vào sổ; hãy sửa trực tiếp."))
    if may and Visit.objects.filter(corrects=visit).exists():
        return refused(_("Dòng này đã được đính chính; hãy đính chính dòng mới nhất."))
    return may


def may_hold_session(actor: Anyone, session: OnlineSession) -> Verdict:
    """Who writes its visit."""
    return may_write_visit(actor, session.visit)


def may_keep_minutes(actor: Anyone, minutes: ReceptionMinutes) -> Verdict:
    """Who keeps its visit, until they are signed."""
    may = may_keep_visit(actor, minutes.visit)
    return refused(_("Biên bản đã ký số và không thay đổi được nữa.")) if may and minutes.signed_at else may


def may_sign_minutes(actor: Anyone, minutes: ReceptionMinutes) -> Verdict:
    """Who received, with their own key."""
    may = may_keep_minutes(actor, minutes)
    if (
        may
        and isinstance(actor, Actor)
        and actor.membership.pk not in {minutes.visit.host_id, minutes.visit.officer_id}
    ):
        return refused(_("Chỉ người đã tiếp công dân được ký biên bản này."))
    return may


def may_close_register(actor: Anyone, agency: Agency) -> Verdict:
    """Who keeps the register, and leaders."""
    return may_receive(actor, agency)


def may_keep_timetable(actor: Anyone, agency: Agency) -> Verdict:
    """Who receives there, leaders, and the head of the office."""
    if isinstance(actor, Actor) and actor.agency_id == agency.pk and actor.is_(Role.OFFICE_HEAD):
        return ALLOWED
    return may_receive(actor, agency)


def may_change_day(actor: Anyone, day: ReceptionDay) -> Verdict:
    """The same, for a day that is still to come about."""
    may = may_keep_timetable(actor, day.agency)
    if may and (day.cancelled_at or day.held_at):
        return refused(_("Ngày tiếp này đã hủy hoặc đã tiếp xong, không thay đổi được nữa."))
    return may


def may_ask_appointment(actor: Anyone, agency: Agency) -> Verdict:
    """Who receives people writes down that somebody wants to meet the leader."""
    return may_receive(actor, agency)


def may_answer_appointment(actor: Anyone, appointment: Appointment) -> Verdict:
    """A leader, or the head of the office for them."""
    if not (isinstance(actor, Actor) and actor.agency_id == appointment.agency_id):
        return refused(_BY_LEADER)
    if actor.is_(Role.OFFICE_HEAD) and not appointment.is_protected:
        return ALLOWED
    if actor.is_(Role.LEADER) and Appointment.objects.visible_to(actor).filter(pk=appointment.pk).exists():
        return ALLOWED
    return refused(_BY_LEADER)


def may_keep_appointment(actor: Anyone, appointment: Appointment) -> Verdict:
    """Who receives people: tells the visitor, notes that they came, did not come or want it no more."""
    may = may_receive(actor, appointment.agency)
    if may and not Appointment.objects.visible_to(actor).filter(pk=appointment.pk).exists():
        return refused(_BY_RECEPTION)
    return may


def may_promise(actor: Anyone, visit: Visit) -> Verdict:
    """Who received, for what they said themselves; also after the visit."""
    return may_keep_visit(actor, visit)


def may_report_promise(actor: Anyone, promise: Promise) -> Verdict:
    """Who sees to it, or who receives there."""
    if isinstance(actor, Actor) and promise.keeper_id == actor.membership.pk:
        return _unless_kept(promise)
    may = may_keep_visit(actor, promise.visit)
    return _unless_kept(promise) if may else may


def may_keep_promise(actor: Anyone, promise: Promise) -> Verdict:
    """Who receives there, as they tell the visitor: not whoever only sees to it."""
    may = may_keep_visit(actor, promise.visit)
    return _unless_kept(promise) if may else may


def may_postpone_promise(actor: Anyone, promise: Promise) -> Verdict:
    """A leader: a new day is a new word to the visitor."""
    may = may_keep_promise(actor, promise)
    if may and isinstance(actor, Actor) and not actor.is_(Role.LEADER):
        return refused(_("Chỉ lãnh đạo cơ quan được lùi hạn đã hứa với người dân."))
    return may


def _unless_kept(promise: Promise) -> Verdict:
    if promise.state == PromiseState.KEPT:
        return refused(_("Việc này đã thực hiện và đã báo người dân."))
    return ALLOWED
