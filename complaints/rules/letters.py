"""Who may enter letters, correct what stands in a register, and look into the registers."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind, MatterState, Series
from complaints.models import Letter, Matter
from complaints.rules.duties import has_in_hand, holds, sees, sees_letter
from complaints.states import OPEN
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
BEING_SORTED = (MatterState.ENTERED, MatterState.PROCESSING)
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


def may_see_letter_figures(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (counts alone)
    """Leaders, and whoever keeps the registers or inspects; counts name nobody."""
    if isinstance(actor, Actor) and (
        actor.is_(Role.LEADER) or holds(actor, DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.INSPECTOR)
    ):
        return ALLOWED
    return refused(_("Báo cáo dành cho lãnh đạo, người giữ sổ đơn và thanh tra của cơ quan."))


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
        and sees_letter(actor, letter)
    ):
        return refused(_BY_PROTECTED if letter.is_protected else _BY_INTAKE)
    return ALLOWED


def may_work_on_letter(actor: Anyone, letter: Letter) -> Verdict:
    """Who keeps its register, or has one of its contents in hand."""
    if may_keep_letter(actor, letter):
        return ALLOWED
    if isinstance(actor, Actor) and has_in_hand(actor, letter):
        return ALLOWED
    return refused(_("Chỉ người giữ sổ hoặc người đang xử lý đơn được làm việc này."))


def may_correct_matter(actor: Anyone, matter: Matter) -> Verdict:
    """Who keeps the register or has this content in hand, while it is open."""
    may = may_keep_letter(actor, matter.letter)
    mine = isinstance(actor, Actor) and matter.handler_id == actor.membership.pk
    if not may and not (mine and sees(actor, matter)):
        return may
    return ALLOWED if matter.state in OPEN else refused(_("Nội dung đã xử lý xong thì không sửa nữa."))


def may_attach(actor: Anyone, letter: Letter) -> Verdict:
    """Who works on it, and who took it in on the same day: the papers lie on their desk."""
    if (
        isinstance(actor, Actor)
        and not letter.is_protected
        and letter.entered_by_id == actor.membership.pk
        and timezone.localdate(letter.entered_at) == timezone.localdate()
    ):
        return ALLOWED
    return may_work_on_letter(actor, letter)


def may_move_to_protected(actor: Anyone, letter: Letter) -> Verdict:
    """Whoever reads the open letter and finds that it denounces, before anything was decided on it."""
    may = may_work_on_letter(actor, letter)
    if not may:
        return may
    if letter.is_protected or letter.series == Series.INFORMATION:
        return refused(_("Chỉ đơn trong sổ đơn thường mới chuyển sang sổ tố cáo."))
    if any(one.state not in BEING_SORTED for one in letter.matters.all()):
        return refused(_("Chỉ chuyển sang sổ tố cáo khi chưa nội dung nào của đơn được xử lý xong."))
    return ALLOWED


def may_split(actor: Anyone, letter: Letter) -> Verdict:
    """While somebody is still sorting it."""
    may = may_work_on_letter(actor, letter)
    if may and not any(one.state in BEING_SORTED for one in letter.matters.all()):
        return refused(_("Chỉ tách đơn khi còn nội dung chưa xử lý xong."))
    return may
