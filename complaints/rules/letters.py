"""Who may enter letters, correct what stands in a register, and look into the registers."""

from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import Letter, Matter
from complaints.rules.duties import holds
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
_BY_INTAKE = _("Chỉ người được phân công tiếp nhận, vào sổ đơn được làm việc này.")
_BY_PROTECTED = _("Chỉ người được phân công giữ sổ tố cáo được làm việc này.")
PROTECTED_KINDS = frozenset({MatterKind.DENUNCIATION})


def may_read_letters(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """Whoever was given a duty with letters, leaders, and who handles one."""
    if isinstance(actor, Actor) and (
        actor.is_(Role.LEADER)
        or holds(actor, DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.PROTECTED, DutyKind.INSPECTOR)
        or Matter.objects.visible_to(actor).filter(handler=actor.membership).exists()
    ):
        return ALLOWED
    return refused(_("Danh sách đơn thư dành cho người được phân công tiếp nhận, xử lý đơn và lãnh đạo."))


def may_enter(actor: Anyone, subject: object = None) -> Verdict:
    """Intake for open registers, the keeper of the protected register for what denounces (rule 35).

    Who receives people at the desk enters both, as the person sits before them. The subject is an entry with
    its kinds, or nothing yet: then whoever may enter anything.
    """
    denounces = bool(getattr(subject, "is_protected", False))
    if denounces and not holds(actor, DutyKind.PROTECTED, DutyKind.RECEPTION):
        return refused(_BY_PROTECTED)
    if not denounces and not holds(actor, DutyKind.INTAKE, DutyKind.RECEPTION, DutyKind.PROTECTED):
        return refused(_BY_INTAKE)
    return ALLOWED


def may_keep_letter(actor: Anyone, letter: Letter) -> Verdict:
    """Who keeps the register that the letter stands in, at the body that entered it, and may read it."""
    kind = DutyKind.PROTECTED if letter.is_protected else DutyKind.INTAKE
    if not (
        isinstance(actor, Actor)
        and actor.agency_id == letter.agency_id
        and holds(actor, kind)
        and Letter.objects.visible_to(actor).filter(pk=letter.pk).exists()
    ):
        return refused(_BY_PROTECTED if letter.is_protected else _BY_INTAKE)
    return ALLOWED


def may_work_on_letter(actor: Anyone, letter: Letter) -> Verdict:
    """Who keeps its register, or has one of its contents in hand."""
    if may_keep_letter(actor, letter):
        return ALLOWED
    if (
        isinstance(actor, Actor)
        and Matter.objects.visible_to(actor).filter(letter=letter, handler=actor.membership).exists()
    ):
        return ALLOWED
    return refused(_("Chỉ người giữ sổ hoặc người đang xử lý đơn được làm việc này."))


def may_split(actor: Anyone, letter: Letter) -> Verdict:
    """While somebody is still sorting it."""
    may = may_work_on_letter(actor, letter)
    if may and not letter.matters.filter(state__in=(MatterState.ENTERED, MatterState.PROCESSING)).exists():
        return refused(_("Chỉ tách đơn khi còn nội dung chưa xử lý xong."))
    return may
