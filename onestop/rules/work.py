"""Who may move a dossier on its way: by agency and step only (rules 32 and 43).

A rule says who and in which state; which step, paper or list is meant is asked by the action.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.enums import DossierState, LegState, StepState, StopReason
from onestop.models import Dossier, Leg, Step
from onestop.rules.counter import Citizen
from onestop.states import RUNNING

Anyone = Actor | SignedOut
S = DossierState
# Who opens and closes the door of an agency: takes over what others send, sends back what is not in order.
AT_THE_DOOR = (Role.COUNTER, Role.REGISTRY, Role.OFFICE_HEAD, Role.LEADER)
NOT_RUNNING = _("Hồ sơ không ở bước đang xử lý (đang tạm dừng, chờ người nộp hoặc đã xong).")
NOT_MINE = _("Bước đang xử lý của hồ sơ không do Quý vị giữ.")


def steps_in_hand(actor: Performer, dossier: Dossier) -> list[Step]:
    """Running steps of the actor's agency that are the actor's own, or that their role may take up."""
    if not isinstance(actor, Actor):
        return []
    return [step for step in _running(actor, dossier) if is_own(actor, step) or is_free_for(actor, step)]


def is_own(actor: Actor, step: Step) -> bool:
    """Whether the actor holds the step."""
    return step.holder_id == actor.membership.pk


def is_free_for(actor: Actor, step: Step) -> bool:
    """Whether nobody holds the step, and it waits for somebody like the actor."""
    mine = step.department_id in (None, actor.membership.department_id)
    return step.holder_id is None and step.role == actor.role and mine


def may_take_up(actor: Anyone, dossier: Dossier) -> Verdict:
    """Anybody of the step's role in its agency (and unit), as long as nobody has it."""
    if not isinstance(actor, Actor) or not any(is_free_for(actor, one) for one in _running(actor, dossier)):
        return refused(_("Không có bước nào của hồ sơ đang chờ người như Quý vị nhận xử lý."))
    return ALLOWED


def may_assign_step(actor: Anyone, dossier: Dossier) -> Verdict:
    """A leader or the head of office of the agency whose step it is; the head of a unit within the unit."""
    heads = isinstance(actor, Actor) and (actor.is_(Role.LEADER) or actor.is_(Role.OFFICE_HEAD))
    if not isinstance(actor, Actor) or not heads or not assignable_steps(actor, dossier):
        return refused(_("Chỉ lãnh đạo, người đứng đầu đơn vị đang giữ hồ sơ được phân công người xử lý."))
    return ALLOWED


def assignable_steps(actor: Actor, dossier: Dossier) -> list[Step]:
    """Running steps whose holder the actor may name."""
    unit = actor.membership.department_id if actor.is_(Role.OFFICE_HEAD) else None
    return [one for one in _running(actor, dossier) if unit is None or one.department_id == unit]


def may_forward(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand, while the clock runs."""
    return _at_work(actor, dossier)


def may_finish_leg(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the last step of the leg in hand."""
    return _at_work(actor, dossier)


def may_take_over(actor: Anyone, dossier: Dossier) -> Verdict:
    """The door of the agency that the leg was sent to."""
    if not legs_at_the_door(actor, dossier):
        return refused(_("Hồ sơ không được chuyển đến cơ quan của Quý vị, hoặc đã có người nhận."))
    return ALLOWED


def may_give_back(actor: Anyone, dossier: Dossier) -> Verdict:
    """The same door, instead of taking it over (rule 31)."""
    return may_take_over(actor, dossier)


def legs_at_the_door(actor: Anyone, dossier: Dossier) -> list[Leg]:
    """Legs sent to the actor's agency and not answered yet, where the actor may answer."""
    if not (isinstance(actor, Actor) and actor.is_(*AT_THE_DOOR)):
        return []
    return [leg for leg in _of_agency(actor, dossier) if leg.state == LegState.SENT]


def may_send_again(actor: Anyone, dossier: Dossier) -> Verdict:
    """The door of the agency whose hand-over was given back and that has no step of its own to mend it at."""
    if not (isinstance(actor, Actor) and actor.is_(*AT_THE_DOOR) and given_back_to(actor, dossier)):
        return refused(_("Không có công đoạn nào bị trả lại cơ quan của Quý vị đang chờ chuyển lại."))
    return _in_state(dossier, RUNNING, NOT_RUNNING)


def given_back_to(actor: Actor, dossier: Dossier) -> list[Leg]:
    """Legs that came back to the actor's agency and wait to be sent again."""
    if any(leg.state == LegState.RUNNING for leg in _of_agency(actor, dossier)):
        return []
    waiting = [leg for leg in _fetched(dossier) if leg.state == LegState.PLANNED and leg.sent_at is not None]
    return [leg for leg in waiting if _last_sender(leg) == actor.agency_id]


def may_stop(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand; the reason must be one of the procedure's (rule 19)."""
    return _at_work(actor, dossier)


def may_resume(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand, or a leader of the deciding agency; what a leader halted, a leader."""
    halted = any(one.ended_at is None and one.reason == StopReason.HALTED for one in dossier.stops.all())
    if halted and not _leads(actor, dossier.deciding_agency_id):
        return refused(_("Lãnh đạo đã dừng giải quyết hồ sơ; chỉ lãnh đạo được cho xử lý tiếp."))
    if not (steps_in_hand(actor, dossier) or _leads(actor, dossier.deciding_agency_id)):
        return refused(_("Chỉ người đang xử lý hoặc lãnh đạo cơ quan giải quyết được cho xử lý tiếp."))
    return _in_state(dossier, (S.STOPPED,), _("Hồ sơ không ở trạng thái dừng xử lý."))


def may_request_supplement(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand; before receipt the counter that it was filed with."""
    if dossier.state == S.FILED:
        if _serves(actor, (dossier.receiving_agency_id,), Role.COUNTER):
            return ALLOWED
        return refused(_("Trước khi tiếp nhận, chỉ bộ phận một cửa nhận hồ sơ được yêu cầu bổ sung."))
    return _at_work(actor, dossier)


def may_approve_supplement(actor: Anyone, dossier: Dossier) -> Verdict:
    """A leader of the agency that asks a second time (rule 20)."""
    proposed = [one for one in dossier.supplements.all() if one.is_proposed]
    if not proposed:
        return refused(_("Không có đề nghị yêu cầu bổ sung lần nữa đang chờ duyệt."))
    if not _leads(actor, proposed[0].proposed_by.agency_id):
        return refused(_("Chỉ lãnh đạo cơ quan đề nghị được duyệt yêu cầu bổ sung lần thứ hai."))
    return ALLOWED


def may_receive_supplement(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counters of the receiving and the deciding agency, whoever has the step, or the applicant."""
    agencies = (dossier.receiving_agency_id, dossier.deciding_agency_id)
    takes = _serves(actor, agencies, Role.COUNTER) or steps_in_hand(actor, dossier)
    if not (takes or _is_applicant(actor, dossier)):
        return refused(_("Chỉ bộ phận một cửa hoặc người đang xử lý được nhận giấy tờ bổ sung."))
    return _in_state(dossier, (S.SUPPLEMENT,), _("Hồ sơ không ở bước chờ bổ sung giấy tờ."))


def may_consult(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand; also while other answers are still awaited."""
    if not steps_in_hand(actor, dossier):
        return refused(NOT_MINE)
    return _in_state(dossier, (*RUNNING, S.STOPPED), NOT_RUNNING)


def may_answer_consultation(actor: Anyone, dossier: Dossier) -> Verdict:
    """The asked agency: its leaders, head of office and registry."""
    roles = (Role.LEADER, Role.OFFICE_HEAD, Role.REGISTRY)
    open_questions = [one.agency_id for one in dossier.consultations.all() if not one.opinion]
    if not (isinstance(actor, Actor) and actor.is_(*roles) and actor.agency_id in open_questions):
        return refused(_("Cơ quan của Quý vị không được hỏi ý kiến về hồ sơ này, hoặc đã trả lời."))
    return ALLOWED


def may_take_silence(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever asked, that is: has the step in hand."""
    return may_consult(actor, dossier)


def may_send_duty(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand, once the dossier is being processed."""
    if not steps_in_hand(actor, dossier):
        return refused(NOT_MINE)
    return _in_state(dossier, (S.PROCESSING,), NOT_RUNNING)


def may_note_duty(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counters of the receiving and the deciding agency, and whoever has the step."""
    agencies = (dossier.receiving_agency_id, dossier.deciding_agency_id)
    if not (_serves(actor, agencies, Role.COUNTER) or steps_in_hand(actor, dossier)):
        return refused(_("Chỉ bộ phận một cửa hoặc người đang xử lý được ghi nghĩa vụ tài chính."))
    return _in_state(dossier, (S.DUTY,), _("Hồ sơ không ở bước chờ thực hiện nghĩa vụ tài chính."))


def may_prove_duty(actor: Anyone, dossier: Dossier) -> Verdict:
    """As for the notice."""
    return may_note_duty(actor, dossier)


def may_apologize(actor: Anyone, dossier: Dossier) -> Verdict:
    """A leader or the head of office of the agency that decides, which is the one that is late (rule 22)."""
    if not _leads(actor, dossier.deciding_agency_id):
        return refused(_("Chỉ lãnh đạo cơ quan giải quyết được xin lỗi và hẹn lại ngày trả kết quả."))
    return _in_state(dossier, RUNNING, _("Chỉ xin lỗi và hẹn lại khi hồ sơ đang được xử lý."))


def may_withdraw(actor: Performer, dossier: Dossier) -> Verdict:
    """The applicant's own wish: said online, or at the counters of the receiving and the deciding agency."""
    at_counter = _serves(actor, (dossier.receiving_agency_id, dossier.deciding_agency_id), Role.COUNTER)
    if not (at_counter or _is_applicant(actor, dossier)):
        return refused(_("Chỉ người nộp, hoặc bộ phận một cửa theo yêu cầu của người nộp, được rút hồ sơ."))
    open_to_it = (S.FILED, S.RECEIVED, S.PROCESSING, S.SUPPLEMENT)
    return _in_state(dossier, open_to_it, _("Hồ sơ không còn rút được: đã dừng, đã có kết quả hoặc đã khép."))


def may_halt(actor: Anyone, dossier: Dossier) -> Verdict:
    """A leader of the deciding agency stops the matter: a person's act, never a timer's (rule 21)."""
    if not _leads(actor, dossier.deciding_agency_id):
        return refused(_("Chỉ lãnh đạo cơ quan giải quyết được dừng giải quyết hồ sơ."))
    if dossier.received_at is None:
        return refused(_("Hồ sơ chưa được tiếp nhận; hãy từ chối tiếp nhận thay vì dừng giải quyết."))
    return _in_state(dossier, (*RUNNING, S.SUPPLEMENT, S.DUTY), _("Hồ sơ không ở bước có thể dừng."))


def may_read_desk(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """Whoever works on dossiers; administrators look after accounts."""
    if isinstance(actor, Actor) and not actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
        return ALLOWED
    return refused(_("Chức vụ quản trị không xử lý hồ sơ."))


def _at_work(actor: Anyone, dossier: Dossier) -> Verdict:
    if not steps_in_hand(actor, dossier):
        return refused(NOT_MINE)
    return _in_state(dossier, RUNNING, NOT_RUNNING)


def _running(actor: Actor, dossier: Dossier) -> list[Step]:
    """Running steps at the actor's agency; read through what a page has fetched, if it has."""
    return [
        step
        for leg in _fetched(dossier)
        if leg.agency_id == actor.agency_id and leg.state == LegState.RUNNING
        for step in leg.steps.all()
        if step.state == StepState.RUNNING
    ]


def _fetched(dossier: Dossier) -> Iterable[Leg]:
    legs = dossier.legs.all()
    if "legs" in getattr(dossier, "_prefetched_objects_cache", {}):
        return legs
    return legs.prefetch_related("steps")


def _of_agency(actor: Actor, dossier: Dossier) -> list[Leg]:
    return [leg for leg in _fetched(dossier) if leg.agency_id == actor.agency_id]


def _last_sender(leg: Leg) -> int | None:
    """Whose hand-over of the leg was given back last."""
    if "handovers" in getattr(leg, "_prefetched_objects_cache", {}):
        lines = list(leg.handovers.all())
    else:
        lines = list(leg.handovers.select_related("handover"))
    return lines[-1].handover.sender_agency_id if lines else None


def _serves(actor: Performer, agencies: tuple[int, ...], *roles: Role) -> bool:
    return isinstance(actor, Actor) and actor.is_(*roles) and actor.agency_id in agencies


def _leads(actor: Anyone, agency_id: int) -> bool:
    if not isinstance(actor, Actor) or actor.agency_id != agency_id:
        return False
    heads_agency_office = actor.is_(Role.OFFICE_HEAD) and actor.membership.department_id is None
    return actor.is_(Role.LEADER) or heads_agency_office


def _is_applicant(actor: Performer, dossier: Dossier) -> bool:
    return isinstance(actor, Citizen) and actor.is_applicant_of(dossier)


def _in_state(dossier: Dossier, states: tuple[DossierState, ...], otherwise: object) -> Verdict:
    return ALLOWED if dossier.state in states else refused(otherwise)
