"""Who may take an incoming document which step (Decree 30/2020, Art. 21-24).

A rule says who and in which state; what the paper itself must prove is asked by the action.
"""

from django.utils.translation import gettext_lazy as _

from documents.enums import AssignmentRole, Circulation, DeliveryState
from documents.models import Assignment, Delivery
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
S = DeliveryState

AWAITING_DIRECTIVE = (S.REGISTERED, S.PRESENTED)
DIRECTED = (S.ASSIGNED, S.IN_PROGRESS)
HELD = (*AWAITING_DIRECTIVE, *DIRECTED, S.FINISHED)


def may_read_delivery(actor: Anyone, delivery: Delivery) -> Verdict:
    """The same predicate as every list (models/visibility.py)."""
    if Delivery.objects.visible_to(actor).filter(pk=delivery.pk).exists():
        return ALLOWED
    return refused(_("Không tìm thấy văn bản đến."))


def may_register(actor: Anyone, delivery: Delivery) -> Verdict:
    """Only the registry of the agency to which the document was sent."""
    if not _is_registry(actor, delivery):
        return refused(_("Chỉ văn thư của cơ quan nhận được tiếp nhận văn bản đến."))
    return _in_state(delivery, (S.ARRIVED,), _("Văn bản không ở bước chờ tiếp nhận."))


def may_return(actor: Anyone, delivery: Delivery) -> Verdict:
    """Only that registry, and only before số đến is given: afterwards the number stays taken."""
    if not _is_registry(actor, delivery):
        return refused(_("Chỉ văn thư của cơ quan nhận được trả lại văn bản đến."))
    return _in_state(delivery, (S.ARRIVED,), _("Chỉ trả lại được văn bản chưa tiếp nhận."))


def may_enter_paper(actor: Anyone, content: object) -> Verdict:  # noqa: ARG001  (the entry does not exist yet)
    """Paper comes in at the registry, and nowhere else."""
    if isinstance(actor, Actor) and actor.is_(Role.REGISTRY):
        return ALLOWED
    return refused(_("Chỉ văn thư được vào sổ văn bản giấy đến."))


def may_present(actor: Anyone, delivery: Delivery) -> Verdict:
    """The registry presents what it registered; while nobody has directed it, also to another leader."""
    if not _is_registry(actor, delivery):
        return refused(_("Chỉ văn thư của cơ quan nhận được trình văn bản đến."))
    return _in_state(delivery, AWAITING_DIRECTIVE, _("Văn bản không ở bước chờ trình hoặc chờ chỉ đạo."))


def may_direct(actor: Anyone, delivery: Delivery) -> Verdict:
    """Only a leader of the agency, until the matter is closed; a later one supersedes the earlier."""
    if not (_serves(actor, delivery) and actor.is_(Role.LEADER)):
        return refused(_("Chỉ lãnh đạo của cơ quan nhận được cho ý kiến chỉ đạo."))
    open_states = (*AWAITING_DIRECTIVE, *DIRECTED)
    return _in_state(delivery, open_states, _("Văn bản chưa tiếp nhận hoặc đã giải quyết xong."))


def may_assign(actor: Anyone, delivery: Delivery) -> Verdict:
    """The head of a unit that has a part, to people of that unit."""
    if not parts_held_by_unit(actor, delivery):
        return refused(_("Chỉ người đứng đầu đơn vị được giao văn bản này được phân công trong đơn vị."))
    return _in_state(delivery, DIRECTED, _("Văn bản không ở bước phân công trong đơn vị."))


def may_start(actor: Anyone, delivery: Delivery) -> Verdict:
    """Whoever leads the work; starting is an act of its own, never part of registering (rule 16)."""
    if not leads(actor, delivery):
        return refused(_("Chỉ đơn vị, cá nhân chủ trì được bắt đầu xử lý."))
    return _in_state(delivery, (S.ASSIGNED,), _("Văn bản không ở bước chờ bắt đầu xử lý."))


def may_complete_part(actor: Anyone, delivery: Delivery) -> Verdict:
    """A coordinator reports their part done; the matter itself stays open (rule 37)."""
    if not open_parts(actor, delivery):
        return refused(_("Quý vị không có phần phối hợp nào chưa xong trong văn bản này."))
    return _in_state(delivery, DIRECTED, _("Văn bản không ở bước xử lý."))


def may_finish(actor: Anyone, delivery: Delivery) -> Verdict:
    """The lead closes the matter, without a directive a leader; a coordinator never does (rule 37)."""
    if delivery.state in AWAITING_DIRECTIVE:
        if _serves(actor, delivery) and actor.is_(Role.LEADER):
            return ALLOWED
        return refused(_("Văn bản chưa có ý kiến chỉ đạo: chỉ lãnh đạo cơ quan được kết thúc xử lý."))
    if not leads(actor, delivery):
        return refused(
            _("Chỉ đơn vị, cá nhân chủ trì được kết thúc xử lý; đơn vị phối hợp báo xong phần của mình.")
        )
    return _in_state(delivery, DIRECTED, _("Văn bản không ở bước xử lý."))


def may_forward(actor: Anyone, delivery: Delivery) -> Verdict:
    """Registry or leader sends the signed original on, unless its circulation mark forbids it (rule 31)."""
    if not (_serves(actor, delivery) and actor.is_(Role.REGISTRY, Role.LEADER)):
        return refused(_("Chỉ văn thư hoặc lãnh đạo của cơ quan nhận được chuyển tiếp văn bản."))
    mark = delivery.document.circulation
    if mark != Circulation.FREE:
        return refused(
            _("Văn bản có dấu “%(mark)s” nên không được chuyển tiếp ra ngoài cơ quan.")
            % {"mark": Circulation(mark).label}
        )
    return _in_state(delivery, HELD, _("Chỉ chuyển tiếp được văn bản đã tiếp nhận."))


def leads(actor: Anyone, delivery: Delivery) -> bool:
    """Whether the actor has the lead: in person, as head of the leading unit, or inside that unit."""
    return any(
        part.role == AssignmentRole.LEAD and (part.within is None or part.within.role == AssignmentRole.LEAD)
        for part in _held(actor, delivery)
    )


def open_parts(actor: Anyone, delivery: Delivery) -> list[Assignment]:
    """The coordinator's parts that the actor holds and has not reported done."""
    held = _held(actor, delivery)
    return [part for part in held if part.role == AssignmentRole.COORDINATOR and part.done_at is None]


def parts_held_by_unit(actor: Anyone, delivery: Delivery) -> list[Assignment]:
    """The parts that the leader gave to the unit whose head the actor is."""
    return [part for part in _held(actor, delivery) if part.department_id is not None]


def _held(actor: Anyone, delivery: Delivery) -> list[Assignment]:
    """Parts of the directive in force that are the actor's own or their unit's.

    Read through the relations, so that a page which has fetched them asks the database no more.
    """
    if not isinstance(actor, Actor) or actor.agency_id != delivery.agency_id:
        return []
    unit = actor.membership.department_id if actor.is_(Role.OFFICE_HEAD) else None
    return [
        part
        for directive in delivery.directives.all()
        if directive.superseded_at is None
        for part in directive.assignments.all()
        if part.member_id == actor.membership.pk or (unit is not None and part.department_id == unit)
    ]


def _serves(actor: Anyone, delivery: Delivery) -> bool:
    return isinstance(actor, Actor) and actor.agency_id == delivery.agency_id


def _is_registry(actor: Anyone, delivery: Delivery) -> bool:
    return _serves(actor, delivery) and actor.is_(Role.REGISTRY)


def _in_state(delivery: Delivery, states: tuple[DeliveryState, ...], otherwise: object) -> Verdict:
    return ALLOWED if delivery.state in states else refused(otherwise)
