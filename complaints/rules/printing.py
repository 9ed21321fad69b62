"""Who may print the slips and decisions that leave the house."""

from django.utils.translation import gettext_lazy as _

from complaints.models import Appointment, Letter, Matter, Order, Visit
from egov.organizations.actor import Actor, SignedOut
from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
_NOT_SEEN = _("Quý vị không được xem giấy tờ này.")


def may_print_letter_slip(actor: Anyone, letter: Letter) -> Verdict:
    """Whoever may read the letter, and who entered it, in the position in use: the one at the counter gives
    the slip of a denunciation too, which names nobody."""
    if not isinstance(actor, Actor):
        return refused(_NOT_SEEN)
    if (
        letter.entered_by_id == actor.membership.pk
        or Letter.objects.visible_to(actor).filter(pk=letter.pk).exists()
    ):
        return ALLOWED
    return refused(_NOT_SEEN)


def may_print_order(performer: Performer | SignedOut, order: Order) -> Verdict:
    """Whoever may read its matter; and the system, so that none waits for its first reader."""
    if performer is SYSTEM:
        return ALLOWED
    if isinstance(performer, Actor) and (
        Matter.objects.visible_to(performer).filter(pk=order.matter_id).exists()
    ):
        return ALLOWED
    return refused(_NOT_SEEN)


def may_print_visit(actor: Anyone, visit: Visit) -> Verdict:
    """Whoever may read the visit, where papers were taken and nobody is protected."""
    if not isinstance(actor, Actor) or not Visit.objects.visible_to(actor).filter(pk=visit.pk).exists():
        return refused(_NOT_SEEN)
    if visit.is_protected or not visit.papers.exists():
        return refused(_("Lượt tiếp này không có giấy tờ để lập giấy biên nhận."))
    return ALLOWED


def may_print_appointment(actor: Anyone, appointment: Appointment) -> Verdict:
    """Whoever may read the appointment, once it has its day and hour."""
    if not (
        isinstance(actor, Actor) and Appointment.objects.visible_to(actor).filter(pk=appointment.pk).exists()
    ):
        return refused(_NOT_SEEN)
    if appointment.day_id is None or appointment.time is None:
        return refused(_("Chưa hẹn ngày nên chưa có phiếu hẹn."))
    return ALLOWED
