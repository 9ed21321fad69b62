"""Hand a whole pile on: each dossier to its only next step or agency, all on one list for each agency."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.refusal import Refusal
from onestop.actions.finish_leg import finish_leg
from onestop.actions.forward import NotThatStep, forward
from onestop.actions.take_over import take_over
from onestop.models import Dossier, HandoverLine, HandoverList
from onestop.rules.work import steps_in_hand

AT_ONCE = 200


class WayNotPlain(Refusal):
    """The next step of this dossier has to be chosen on its own page."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What happened to one dossier of a pile; ``refusal`` is empty when it went on."""

    dossier_id: int
    label: str
    refusal: str = ""

    @property
    def done(self) -> bool:
        return not self.refusal


def hand_over(actor: Actor, dossier_ids: Iterable[int], *, at: datetime) -> list[HandedOver]:
    """Take each dossier one step on, in a transaction of its own; a refusal stays with its dossier."""
    lists: dict[int, HandoverList] = {}

    def one_on(dossier: Dossier) -> None:
        steps = steps_in_hand(actor, dossier)
        if len(steps) != 1:
            raise NotThatStep(_("Bước đang xử lý của hồ sơ không do Quý vị giữ."))
        (step,) = steps
        if len(step.followers) > 1:
            raise WayNotPlain(_("Bước này có nhiều hướng đi; hãy mở hồ sơ để chọn bước tiếp theo."))
        if step.followers:
            forward(actor, dossier, to=step.followers[0], step_id=step.pk, at=at)
            return
        finish_leg(actor, dossier, step_id=step.pk, onto=lists, at=at)
        for line in HandoverLine.objects.filter(leg__dossier=dossier, answered_at=None).select_related(
            "handover"
        ):
            if line.handover.sender_agency_id == actor.agency_id and line.handover.sent_at == at:
                lists[line.handover.receiver_agency_id] = line.handover

    return _each(actor, dossier_ids, one_on)


def take_over_all(actor: Actor, dossier_ids: Iterable[int], *, at: datetime) -> list[HandedOver]:
    """Take over every named dossier that waits at the door, as when a list is ticked off."""
    return _each(actor, dossier_ids, lambda dossier: take_over(actor, dossier, at=at))


def _each(actor: Actor, dossier_ids: Iterable[int], step: Callable[[Dossier], object]) -> list[HandedOver]:
    wanted = list(dict.fromkeys(dossier_ids))[:AT_ONCE]
    found = Dossier.objects.visible_to(actor).in_bulk(wanted)
    return [_one(key, found.get(key), step) for key in wanted]


def _one(dossier_id: int, dossier: Dossier | None, step: Callable[[Dossier], object]) -> HandedOver:
    if dossier is None:
        return HandedOver(dossier_id, "", _("Không tìm thấy hồ sơ."))
    try:
        step(dossier)
    except Refusal as refusal:
        return HandedOver(dossier_id, str(dossier), str(refusal))
    return HandedOver(dossier_id, str(dossier))
