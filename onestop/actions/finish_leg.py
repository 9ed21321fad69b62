"""One agency's part is done: the agencies after it get the dossier."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.forward import NOTE_LENGTH, begin_processing, chosen_step, keep_holder
from onestop.actions.legs import end_leg, end_step, start_ready_legs
from onestop.enums import LegState
from onestop.models import Dossier, HandoverList, Leg
from onestop.rules.work import steps_in_hand

LATER = (LegState.PLANNED, LegState.SENT, LegState.RUNNING)


class NotTheLastStep(Refusal):
    """The leg has steps that come after this one."""


class LastLegNeedsResult(Refusal):
    """Nothing comes after this leg: it ends with the result of the dossier."""


@action("onestop.finish_leg", allowed=rules.may_finish_leg)
def finish_leg(
    actor: Actor,
    dossier: Dossier,
    *,
    note: str = "",
    step_id: int | None = None,
    onto: Mapping[int, HandoverList] | None = None,
    at: datetime,
) -> Leg:
    """End the last step and the leg; every leg that waited only for it begins, several of them together.

    ``onto`` names lists of the same batch, by receiving agency, that the hand-over goes onto.
    Raises NotThatStep, NotTheLastStep, LastLegNeedsResult.
    """
    step = chosen_step(steps_in_hand(actor, dossier), step_id)
    if not step.is_last:
        raise NotTheLastStep(_("Công đoạn này còn bước tiếp theo; hãy chuyển sang bước đó."))
    leg = step.leg
    if not dossier.legs.filter(state__in=LATER).exclude(pk=leg.pk).exists():
        raise LastLegNeedsResult(_("Đây là công đoạn cuối: hãy lập kết quả và xác nhận hồ sơ đã xử lý xong."))
    keep_holder(step, actor)
    end_step(step, by=actor, at=at, note=clean_line(note)[:NOTE_LENGTH])
    end_leg(leg, by=actor, at=at)
    begin_processing(dossier, step, by=actor, at=at)
    start_ready_legs(dossier, sender=leg.agency, by=actor, at=at, onto=onto)
    return leg
