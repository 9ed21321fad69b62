"""Steps inside one agency: taken up by a person, given to a person, and forwarded to the next one."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.organizations.models import Department, Membership
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.legs import begin_step, end_step, note_place
from onestop.enums import DossierState, LegState, StepState
from onestop.models import Dossier, Step
from onestop.rules.work import assignable_steps, is_free_for, steps_in_hand

NOTE_LENGTH = 2000


class NotThatStep(Refusal):
    """The step that was meant is not the actor's any more, or the actor has several and named none."""


class NotAFollower(Refusal):
    """The procedure does not let that step follow this one."""


class NotThatPerson(Refusal):
    """The named person or unit cannot take the step."""


@action("onestop.take_up", allowed=rules.may_take_up)
def take_up(actor: Actor, dossier: Dossier, *, step_id: int | None = None, at: datetime) -> Step:
    """Make a step that waits for somebody of the actor's role the actor's own. Raises NotThatStep."""
    waiting = [one for one in steps_in_hand(actor, dossier) if is_free_for(actor, one)]
    step = chosen_step(waiting, step_id)
    step.holder = actor.membership
    step.save(update_fields=["holder"])
    _note_holder(step, actor, at=at, note=_("Nhận xử lý"))
    begin_processing(dossier, step, by=actor, at=at)
    note_place(dossier)
    return step


@action("onestop.assign_step", allowed=rules.may_assign_step)
def assign_step(
    actor: Actor, dossier: Dossier, *, to: Membership, step_id: int | None = None, at: datetime
) -> Step:
    """Give a running step to a person of its agency, also instead of another. Its time goes on running.

    Raises NotThatStep, NotThatPerson.
    """
    step = chosen_step(assignable_steps(actor, dossier), step_id)
    _require_fit(step, to, at=at)
    step.holder = to
    step.save(update_fields=["holder"])
    _note_holder(step, actor, at=at, note=_("Giao %(name)s xử lý") % {"name": to.user.full_name})
    begin_processing(dossier, step, by=actor, at=at)
    note_place(dossier)
    return step


@action("onestop.forward", allowed=rules.may_forward)
def forward(
    actor: Actor,
    dossier: Dossier,
    *,
    to: int,
    holder: Membership | None = None,
    department: Department | None = None,
    note: str = "",
    step_id: int | None = None,
    at: datetime,
) -> Step:
    """End the step in hand and begin the one of order ``to``, which must be one of its followers.

    ``holder`` names the person, ``department`` the unit; with neither it waits for anybody of its role.
    A step that went by already may follow again (sent back to be mended): the leg's own time goes on.
    Raises NotThatStep, NotAFollower, NotThatPerson.
    """
    step = chosen_step(steps_in_hand(actor, dossier), step_id)
    following = step.leg.steps.filter(order=to).first() if to in step.followers else None
    if following is None:
        raise NotAFollower(
            _("Theo quy trình, sau bước “%(step)s” không đến bước đã chọn.") % {"step": step.name}
        )
    if holder is not None:
        _require_fit(following, holder, at=at)
    if department is not None and department.agency_id != step.leg.agency_id:
        raise NotThatPerson(_("Đơn vị được chọn không thuộc cơ quan đang giữ hồ sơ."))
    words = clean_line(note)[:NOTE_LENGTH]
    keep_holder(step, actor)
    end_step(step, by=actor, at=at, note=words)
    following.department = department or (holder.department if holder else None)
    begin_step(following, holder=holder, by=actor, at=at, note=words)
    begin_processing(dossier, following, by=actor, at=at)
    note_place(dossier)
    return following


def chosen_step(steps: list[Step], step_id: int | None) -> Step:
    """The step that is meant, locked; without an id the only one. Raises NotThatStep."""
    named = [one for one in steps if step_id in (None, one.pk)]
    if len(named) != 1:
        raise NotThatStep(
            _("Bước này không còn do Quý vị giữ. Hãy tải lại trang để xem trạng thái mới nhất.")
        )
    return Step.objects.select_for_update(of=("self",)).select_related("leg__agency").get(pk=named[0].pk)


def keep_holder(step: Step, actor: Actor) -> None:
    """Who ends a step that nobody had taken up was the one who did it."""
    if step.holder_id is None:
        step.holder = actor.membership
        step.save(update_fields=["holder"])


def begin_processing(dossier: Dossier, step: Step, *, by: Actor, at: datetime) -> None:
    """A received dossier is in processing (2 → 4) as soon as somebody behind the counter has it."""
    behind = step.role != Role.COUNTER or step.leg.state == LegState.DONE
    if dossier.state == DossierState.RECEIVED and behind:
        move(dossier, to=DossierState.PROCESSING, by=by, at=at)


def _require_fit(step: Step, member: Membership, *, at: datetime) -> None:
    current = Membership.objects.current(timezone.localdate(at)).filter(pk=member.pk)
    if not current.exists() or member.agency_id != step.leg.agency_id or member.role != step.role:
        raise NotThatPerson(
            _("Bước “%(step)s” chỉ giao được cho %(role)s đang công tác tại cơ quan giữ hồ sơ.")
            % {"step": step.name, "role": Role(step.role).label.lower()}
        )


def _note_holder(step: Step, by: Actor, *, at: datetime, note: str) -> None:
    """The line of the control slip that says who has it now; the state stays."""
    step.changes.create(
        before=StepState.RUNNING,
        after=StepState.RUNNING,
        at=at,
        user_id=by.user_id,
        person=by.caption,
        note=note,
    )
