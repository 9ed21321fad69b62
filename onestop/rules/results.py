"""Who may record, give out, mend and revoke the result of a dossier; who takes over a merged agency's."""

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.enums import DossierState
from onestop.models import Dossier, Result
from onestop.rules.work import steps_in_hand

Anyone = Actor | SignedOut
S = DossierState
# Into which a reused paper may still go.
TAKES_PAPERS = (S.FILED, S.RECEIVED, S.PROCESSING, S.SUPPLEMENT)


def may_record_result(actor: Anyone, dossier: Dossier) -> Verdict:
    """Whoever has the step in hand at an agency of the dossier; leader and registry of the deciding one.

    Receiving a dossier gives no power to decide it (rule 32).
    """
    only_receives = dossier.receiving_agency_id == actor.agency_id != dossier.deciding_agency_id
    if only_receives or not (_decides(actor, dossier) or steps_in_hand(actor, dossier)):
        return refused(
            _("Chỉ cơ quan giải quyết hồ sơ (người đang xử lý, lãnh đạo, văn thư) được lập kết quả.")
        )
    return _at_work(actor, dossier, _("Chỉ lập kết quả khi hồ sơ đang xử lý."))


def may_number_result(actor: Anyone, dossier: Dossier) -> Verdict:
    """As for recording it: the number is taken first, so that it stands on what is signed."""
    return may_record_result(actor, dossier)


def may_request_result_paper(actor: Anyone, dossier: Dossier) -> Verdict:
    """As for recording it; only the deciding agency issues official papers on the matter."""
    if isinstance(actor, Actor) and actor.agency_id != dossier.deciding_agency_id:
        return refused(_("Chỉ cơ quan giải quyết hồ sơ được trình văn bản kết quả."))
    return may_record_result(actor, dossier)


def may_take_result_paper(actor: Anyone, dossier: Dossier) -> Verdict:
    """As for recording it."""
    return may_record_result(actor, dossier)


def may_finish(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counter that gives the result out says that it has it; that is the moment of status 9 (rule 24)."""
    if not _is_counter(actor, dossier):
        return refused(_("Chỉ cán bộ tiếp nhận và trả kết quả được xác nhận hồ sơ đã có kết quả."))
    return _at_work(actor, dossier, _("Hồ sơ không ở bước chờ kết quả."))


def may_reopen(actor: Anyone, dossier: Dossier) -> Verdict:
    """Who decided: a leader or the head of office of the deciding agency, before anything is handed over."""
    if not _leads(actor, dossier.deciding_agency_id):
        return refused(_("Chỉ lãnh đạo cơ quan giải quyết được mở lại hồ sơ để sửa kết quả."))
    return _in_state(
        dossier,
        (S.DONE,),
        _("Chỉ mở lại được hồ sơ đã có kết quả mà chưa trả; đã trả thì lập hồ sơ đính chính."),
    )


def may_return_result(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counters of the receiving and of the deciding agency."""
    if not _is_counter(actor, dossier):
        return refused(_("Chỉ cán bộ tiếp nhận và trả kết quả được trả kết quả hồ sơ này."))
    return _in_state(dossier, (S.DONE,), _("Hồ sơ không ở bước chờ trả kết quả."))


def may_return_online(actor: Anyone, dossier: Dossier) -> Verdict:
    """As at the counter."""
    return may_return_result(actor, dossier)


def may_post_result(actor: Anyone, dossier: Dossier) -> Verdict:
    """As at the counter."""
    return may_return_result(actor, dossier)


def may_prove_delivery(actor: Anyone, dossier: Dossier) -> Verdict:
    """As at the counter."""
    return may_return_result(actor, dossier)


def may_note_sent_back(actor: Anyone, dossier: Dossier) -> Verdict:
    """As at the counter."""
    return may_return_result(actor, dossier)


def may_return_on_the_spot(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counter, for a procedure that is settled in one visit."""
    if not dossier.version.on_the_spot:
        return refused(_("Thủ tục này không giải quyết tại chỗ."))
    return may_finish(actor, dossier)


def may_correct(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counter takes in the correction of a result that has been handed over."""
    if not _is_counter(actor, dossier):
        return refused(_("Chỉ cán bộ tiếp nhận và trả kết quả được lập hồ sơ đính chính."))
    return _in_state(dossier, (S.RETURNED,), _("Chỉ đính chính kết quả đã trả."))


def may_revoke_result(actor: Anyone, result: Result) -> Verdict:
    """A leader of the agency that issued it, or of the one that now decides the dossier."""
    competent = (result.issuer_id, result.dossier.deciding_agency_id)
    if not (isinstance(actor, Actor) and actor.is_(Role.LEADER) and actor.agency_id in competent):
        return refused(_("Chỉ lãnh đạo cơ quan đã cấp kết quả được thu hồi kết quả."))
    if not result.is_valid:
        return refused(_("Kết quả này đã được thu hồi hoặc thay thế."))
    return _with_second_factor(actor)


def may_reuse_paper(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counter of the receiving agency, or whoever has the dossier's step in hand."""
    counter = isinstance(actor, Actor) and actor.is_(Role.COUNTER)
    if not ((counter and actor.agency_id == dossier.receiving_agency_id) or steps_in_hand(actor, dossier)):
        return refused(_("Chỉ nơi tiếp nhận hoặc người đang xử lý được lấy giấy tờ từ kho của chủ hồ sơ."))
    return _in_state(dossier, TAKES_PAPERS, _("Hồ sơ không còn nhận thêm giấy tờ."))


def may_move_to_successor(actor: Anyone, agency: Agency) -> Verdict:  # noqa: ARG001  (any ended agency)
    """The administrator of the system, who also records mergers of agencies."""
    if isinstance(actor, Actor) and actor.is_(Role.SYSTEM_ADMIN):
        return _with_second_factor(actor)
    return refused(_("Chỉ quản trị hệ thống được chuyển hồ sơ của cơ quan đã kết thúc hoạt động."))


def may_see_stranded(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """The same person; they see codes and dates, never what the dossiers say."""
    if isinstance(actor, Actor) and actor.is_(Role.SYSTEM_ADMIN):
        return ALLOWED
    return refused(_("Chỉ quản trị hệ thống được xem hồ sơ của cơ quan đã kết thúc hoạt động."))


def may_read_result_register(actor: Anyone, agency: Agency) -> Verdict:
    """Counter, registry and leaders of the agency."""
    roles = (Role.COUNTER, Role.REGISTRY, Role.LEADER)
    if isinstance(actor, Actor) and actor.agency_id == agency.pk and actor.is_(*roles):
        return ALLOWED
    return refused(_("Chỉ bộ phận một cửa, văn thư và lãnh đạo cơ quan được xem sổ kết quả."))


def _decides(actor: Anyone, dossier: Dossier) -> bool:
    return (
        isinstance(actor, Actor)
        and actor.agency_id == dossier.deciding_agency_id
        and actor.is_(Role.LEADER, Role.REGISTRY)
    )


def _is_counter(actor: Anyone, dossier: Dossier) -> bool:
    return (
        isinstance(actor, Actor)
        and actor.is_(Role.COUNTER)
        and actor.agency_id in (dossier.receiving_agency_id, dossier.deciding_agency_id)
    )


def _leads(actor: Anyone, agency_id: int) -> bool:
    return (
        isinstance(actor, Actor)
        and actor.agency_id == agency_id
        and (
            actor.is_(Role.LEADER) or (actor.is_(Role.OFFICE_HEAD) and actor.membership.department_id is None)
        )
    )


def _with_second_factor(actor: Actor) -> Verdict:
    if actor.second_factor:
        return ALLOWED
    return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi làm việc này."))


def _at_work(actor: Anyone, dossier: Dossier, otherwise: object) -> Verdict:
    """In processing; or received, where the counter settles it alone and has its only step in hand."""
    if dossier.state == S.RECEIVED and isinstance(actor, Actor):
        if any(step.is_last for step in steps_in_hand(actor, dossier)):
            return ALLOWED
        return refused(otherwise)
    return _in_state(dossier, (S.PROCESSING,), otherwise)


def _in_state(dossier: Dossier, states: tuple[DossierState, ...], otherwise: object) -> Verdict:
    return ALLOWED if dossier.state in states else refused(otherwise)
