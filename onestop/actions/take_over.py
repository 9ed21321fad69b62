"""At the door of the next agency: taken over, or given back with a reason and sent again when mended."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.notifications.send import Message, ToRole, tell_members, tell_roles
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.forward import begin_processing
from onestop.actions.legs import begin_leg, note_place, send_legs
from onestop.actions.reason import reason_in_words
from onestop.enums import HandoverAnswer, LegState, StepState
from onestop.models import Dossier, HandoverLine, Leg
from onestop.rules.work import given_back_to, legs_at_the_door

GIVEN_BACK = "onestop.given_back"


class NotThatLeg(Refusal):
    """The leg that was meant is not waiting here any more, or several wait and none was named."""


@action("onestop.take_over", allowed=rules.may_take_over)
def take_over(actor: Actor, dossier: Dossier, *, leg_id: int | None = None, at: datetime) -> Leg:
    """Accept what another agency handed over; from here on this agency has it. Raises NotThatLeg."""
    leg = _chosen(legs_at_the_door(actor, dossier), leg_id)
    _answer(leg, HandoverAnswer.ACCEPTED, by=actor, at=at)
    begin_leg(leg, by=actor, at=at)
    for step in leg.steps.filter(state=StepState.RUNNING).select_related("leg"):
        begin_processing(dossier, step, by=actor, at=at)
    note_place(dossier)
    return leg


@action("onestop.give_back", allowed=rules.may_give_back)
def give_back(actor: Actor, dossier: Dossier, *, reason: str, leg_id: int | None = None, at: datetime) -> Leg:
    """Refuse what was handed over: it goes back to the sender, whose time it was all along (rule 31).

    The sender's leg runs again with the day that it had; nothing is added. Raises NotThatLeg, ReasonMissing.
    """
    words = reason_in_words(reason, _("Hãy ghi rõ vì sao trả lại và nơi gửi phải làm gì."))
    leg = _chosen(legs_at_the_door(actor, dossier), leg_id)
    line = _answer(leg, HandoverAnswer.GIVEN_BACK, by=actor, at=at, reason=words)
    leg.due_at = None
    leg.save(update_fields=["due_at"])
    move(leg, to=LegState.PLANNED, by=actor, at=at, note=words)
    senders_leg = (
        Leg.objects.select_for_update(of=("self",))
        .filter(
            dossier=dossier,
            order__in=leg.after,
            agency=line.handover.sender_agency_id,
            state=LegState.DONE,
        )
        .order_by("-ended_at")
        .first()
    )
    if senders_leg is not None:
        _reopen(senders_leg, by=actor, at=at, note=words)
        note_place(dossier)
    else:
        dossier.current_agency_id, dossier.holder = line.handover.sender_agency_id, line.handover.sender
        dossier.save(update_fields=["current_agency", "holder"])
    _tell_sender(dossier, line)
    return leg


@action("onestop.send_again", allowed=rules.may_send_again)
def send_again(actor: Actor, dossier: Dossier, *, leg_id: int | None = None, at: datetime) -> Leg:
    """Send once more what came back to an agency that has no leg of its own: the one that took it in.

    Raises NotThatLeg.
    """
    leg = _chosen(given_back_to(actor, dossier), leg_id)
    send_legs([leg], sender=actor.agency, by=actor, at=at)
    note_place(dossier)
    return leg


def _chosen(legs: list[Leg], leg_id: int | None) -> Leg:
    named = [one for one in legs if leg_id in (None, one.pk)]
    if len(named) != 1:
        raise NotThatLeg(
            _("Hồ sơ này đã được xử lý ở bước khác. Hãy tải lại trang để xem trạng thái mới nhất.")
        )
    return Leg.objects.select_for_update(of=("self",)).select_related("agency", "dossier").get(pk=named[0].pk)


def _answer(leg: Leg, answer: HandoverAnswer, *, by: Actor, at: datetime, reason: str = "") -> HandoverLine:
    line = HandoverLine.objects.select_related("handover__sender").get(leg=leg, answered_at=None)
    line.answer, line.answered_at, line.reason = answer, at, reason
    line.receiver, line.receiver_caption = by.membership, by.caption
    line.save(update_fields=["answer", "answered_at", "reason", "receiver", "receiver_caption"])
    return line


def _reopen(leg: Leg, *, by: Actor, at: datetime, note: str) -> None:
    """The leg runs on at its last step, with the same holder and the same day."""
    leg.ended_at = None
    leg.save(update_fields=["ended_at"])
    move(leg, to=LegState.RUNNING, by=by, at=at, note=note)
    last = leg.steps.filter(state=StepState.DONE).order_by("-ended_at", "-order").first()
    if last is not None:
        last.ended_at = None
        last.save(update_fields=["ended_at"])
        move(last, to=StepState.RUNNING, by=by, at=at, note=note)


def _tell_sender(dossier: Dossier, line: HandoverLine) -> None:
    message = Message(
        event=GIVEN_BACK,
        text=_("%(agency)s trả lại hồ sơ %(code)s: %(reason)s")
        % {"agency": line.leg.agency.name, "code": dossier, "reason": line.reason},
        key=str(line.pk),
        about=dossier,
    )
    if line.handover.sender is not None:
        tell_members([line.handover.sender], message)
    else:
        tell_roles([ToRole(line.handover.sender_agency_id, Role.COUNTER, message)])
