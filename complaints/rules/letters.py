"""Who may enter letters, correct what stands in a register, and look into the registers."""

from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind, MatterState
from complaints.models import Letter, Matter
from complaints.rules.duties import holds
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
_BY_INTAKE = _("Chỉ người được phân công tiếp nhận, vào sổ đơn được làm việc này.")
_BY_PROTECTED = _("Chỉ người được phân công giữ sổ tố cáo được làm việc này.")


def may_read_letters(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """Whoever was given a duty with letters, leaders, and who handles one."""
    if isinstance(actor, Actor) and (
        actor.is_(Role.LEADER)
        or holds(actor, DutyKind.INTAKE, DutyKind.HANDLING, DutyKind.PROTECTED, DutyKind.INSPECTOR)
        or Matter.objects.visible_to(actor).filter(handler=actor.membership).exists()
    ):
        return ALLOWED
    return refused(_("Danh sách đơn thư dành cho người được phân công tiếp nhận, xử lý đơn và lãnh đạo."))


def may_enter(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (nothing is entered yet)
    """Who opens the post, receives people, or keeps the protected register.

    Whoever opens an envelope has read it, also when it denounces: its people go under seal by the same step,
    and from then on the duty of who typed it decides what they see (rule 35).
    """
    if holds(actor, DutyKind.INTAKE, DutyKind.RECEPTION, DutyKind.PROTECTED):
        return ALLOWED
    return refused(_BY_INTAKE)


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
