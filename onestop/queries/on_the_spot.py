"""The five steps of a procedure that is settled in one visit: who took each, when, and what comes next."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.refusal import Refusal
from onestop.enums import LegState, StepState
from onestop.models import Collection, Dossier, Step
from onestop.queries.results import dossier_for_result, results_of
from onestop.rules.work import steps_in_hand

APPRAISERS = (Role.SPECIALIST, Role.OFFICE_HEAD)


class NotOnTheSpot(Refusal):
    """The procedure is not one that is settled in one visit."""


@dataclass(frozen=True)
class SpotStep:
    """One of the five steps: done by whom and when, or waiting for whom."""

    name: str
    person: str = ""
    at: datetime | None = None
    waits_for: str = ""


@dataclass(frozen=True)
class Visit:
    """A dossier's five steps, and the step that the reader has in hand."""

    dossier: Dossier
    steps: tuple[SpotStep, ...]
    in_hand: Step | None
    # Where the step in hand may go: orders and names.
    followers: tuple[Step, ...]
    collection: Collection | None

    @property
    def is_over(self) -> bool:
        return self.collection is not None


def visit(actor: Actor | SignedOut, dossier_id: int) -> Visit:
    """The visit of one applicant. Raises DossierNotFound, NotOnTheSpot; the read is recorded."""
    dossier = dossier_for_result(actor, dossier_id)
    if not dossier.version.on_the_spot:
        raise NotOnTheSpot(_("Thủ tục này không giải quyết tại chỗ."))
    begun = Step.objects.filter(leg__dossier=dossier).exclude(leg__state=LegState.CANCELLED)
    steps = list(begun.select_related("holder__user", "leg").order_by("leg__order", "order"))
    shown = results_of(dossier)
    result = next((one for one in shown.results if one.is_valid), None)
    collection = shown.collection
    receiver = dossier.received_by
    hand = steps_in_hand(actor, dossier) if isinstance(actor, Actor) else []
    in_hand = hand[0] if len(hand) == 1 else None
    followers = [one for one in steps if in_hand and one.leg_id == in_hand.leg_id]
    return Visit(
        dossier=dossier,
        steps=(
            SpotStep(_("Tiếp nhận"), receiver.user.full_name if receiver else "", dossier.submitted_at),
            _of_role(_("Thẩm định"), steps, APPRAISERS),
            _of_role(_("Phê duyệt"), steps, (Role.LEADER,)),
            SpotStep(
                _("Đóng dấu"),
                result.recorded_by.user.full_name if result else "",
                result.recorded_at if result else None,
                "" if result else _("người lập kết quả"),
            ),
            SpotStep(
                _("Trả kết quả"),
                collection.given_by.user.full_name if collection and collection.given_by else "",
                collection.at if collection else None,
                "" if collection else str(Role.COUNTER.label).lower(),
            ),
        ),
        in_hand=in_hand,
        followers=tuple(one for one in followers if in_hand and one.order in in_hand.followers),
        collection=collection,
    )


def _of_role(name: str, steps: list[Step], roles: tuple[Role, ...]) -> SpotStep:
    """The last step of these roles; done when all of them are."""
    own = [one for one in steps if one.role in roles]
    if not own:
        return SpotStep(name, _("không cần bước riêng"))
    open_step = next((one for one in own if one.state != StepState.DONE), None)
    if open_step is not None:
        return SpotStep(name, waits_for=str(Role(open_step.role).label).lower())
    last = own[-1]
    return SpotStep(name, last.holder.user.full_name if last.holder else "", last.ended_at)
