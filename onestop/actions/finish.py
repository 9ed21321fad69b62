"""The result is there: the dossier's clock stops (status 9), its owner's store is filled."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.notifications.send import Message, ToRole, tell_roles
from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from egov.workflow.action import action
from egov.workflow.move import move
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.keep_in_store import end_validity, keep_results, keep_scanned
from onestop.actions.legs import end_leg, end_step
from onestop.actions.number_result import begin_work
from onestop.actions.tell_applicant import ApplicantEvent, tell_applicant
from onestop.actions.times import note_times
from onestop.enums import ClockEventKind, DeliveryState, DossierState, LegState, StepState
from onestop.models import Dossier, Leg, Step, StoredPaper


class ResultMissing(Refusal):
    """The dossier has no result of the kind that its procedure promises."""


class StillInWork(Refusal):
    """A leg or a step before the last one is not done."""


@action("onestop.finish", allowed=rules.may_finish)
def finish(actor: Actor, dossier: Dossier, *, at: datetime) -> Dossier:
    """The result has reached the counter: early, on time and late go by this moment (rule 24).

    What the applicant takes to fetch it, and the post to bring it, is nobody's lateness.
    Raises ResultMissing, StillInWork.
    """
    _require_results(dossier)
    begin_work(dossier, by=actor, at=at)
    _end_last_step(actor, dossier, at=at)
    note_times(dossier, ClockEventKind.FINISHED, by=actor, at=at, finished_at=at)
    dossier.delivery_state = DeliveryState.AT_COUNTER
    dossier.current_agency, dossier.holder = actor.agency, None
    dossier.save(update_fields=["delivery_state", "current_agency", "holder"])
    move(dossier, to=DossierState.DONE, by=actor, at=at)
    _replace_corrected(dossier, at=at)
    keep_results(dossier)
    keep_scanned(dossier)
    _tell_receiving_counter(actor, dossier)
    tell_applicant(dossier, ApplicantEvent.RESULT, key=at.isoformat(), at=at)
    return dossier


def _require_results(dossier: Dossier) -> None:
    """Rule 44: signed where the case requires it, a file where it must be one, before status 9."""
    version = dossier.version
    results = list(dossier.results.filter(validity=StoredPaper.Validity.VALID))
    demanded = version.result_must_be_signed or version.result_file_required
    if not results and (demanded or version.result_kinds.exists()):
        raise ResultMissing(_("Hồ sơ chưa có kết quả. Hãy lập kết quả trước khi xác nhận xử lý xong."))
    waiting = dossier.results.filter(validity=StoredPaper.Validity.REPLACED, replaced_by=None).first()
    if waiting is not None:
        raise ResultMissing(
            _("“%(name)s” đã được mở lại để sửa; hãy lập bản mới trước.") % {"name": waiting.name}
        )
    for result in results:
        if demanded and result.file_id is None:
            raise ResultMissing(_("“%(name)s” chưa có tệp kết quả.") % {"name": result.name})
        if version.result_must_be_signed and not result.is_signed:
            raise ResultMissing(_("“%(name)s” chưa có chữ ký số hợp lệ.") % {"name": result.name})


def _end_last_step(actor: Actor, dossier: Dossier, *, at: datetime) -> None:
    """Close the last step, which is the counter's, with its leg; nothing else may be open."""
    legs = list(
        Leg.objects.select_for_update()
        .filter(dossier=dossier)
        .exclude(state__in=[LegState.DONE, LegState.CANCELLED])
    )
    not_begun = [leg for leg in legs if leg.state != LegState.RUNNING]
    steps = list(Step.objects.select_for_update().filter(leg__in=legs, state=StepState.RUNNING))
    if not_begun or len(legs) > 1 or any(not step.is_last for step in steps):
        raise StillInWork(_("Còn công đoạn hoặc bước xử lý chưa xong nên chưa xác nhận có kết quả được."))
    for step in steps:
        if step.holder_id is None:
            step.holder = actor.membership
            step.save(update_fields=["holder"])
        end_step(step, by=actor, at=at)
    for leg in legs:
        end_leg(leg, by=actor, at=at)


def _replace_corrected(dossier: Dossier, *, at: datetime) -> None:
    """A correction's results take the place of those of the dossier that it corrects, kind by kind."""
    if dossier.corrects is None:
        return
    reason = _("Đính chính theo hồ sơ %(code)s") % {"code": dossier}
    wrong = dossier.corrects.results.filter(validity=StoredPaper.Validity.VALID)
    for result in dossier.results.filter(validity=StoredPaper.Validity.VALID, replaces=None):
        old = wrong.filter(kind=result.kind).order_by("pk").first()
        if old is not None:
            end_validity(old, StoredPaper.Validity.REPLACED, reason=reason, at=at)
            result.replaces = old
            result.save(update_fields=["replaces"])


def _tell_receiving_counter(actor: Actor, dossier: Dossier) -> None:
    if actor.agency_id == dossier.receiving_agency_id:
        return
    message = Message(
        event="onestop.result_ready",
        text=_("Hồ sơ %(code)s đã có kết quả, chờ trả cho người nộp.") % {"code": dossier},
        key=f"{dossier.pk}.{dossier.changes.latest('pk').pk}",
        about=dossier,
    )
    tell_roles([ToRole(dossier.receiving_agency_id, Role.COUNTER, message)])
