"""Who takes in what another body sends, replies, sends papers out, hands on what an ended body had."""

from django.utils.translation import gettext_lazy as _

from complaints.enums import DutyKind, MatterKind, MatterState
from complaints.models import Matter, MatterPaper, Transfer, Urging
from complaints.rules.conflict import free
from complaints.rules.duties import holds, sees
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.workflow.performer import SYSTEM, Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused

Anyone = Actor | SignedOut
S = MatterState
NO_SECOND_FACTOR = _("Hãy đăng nhập bằng xác thực hai lớp trước khi làm việc này.")
# What an answer to the body that sent a letter on can tell of: also that it was accepted, because settling
# takes longer than the law gives for the reply, and the result goes to that body besides.
TOLD = (
    *(S.SETTLING, S.SUSPENDED, S.SETTLED, S.ARCHIVED),
    *(S.STOPPED, S.REFUSED, S.GUIDED, S.TRANSFERRED, S.FILED, S.ANSWERED),
)


def may_read_transfers(actor: Anyone, _subject: object = None) -> Verdict:
    """Who takes letters in for the agency, who handles them, and its leaders."""
    kinds = (DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.HANDLING, DutyKind.INSPECTOR)
    if isinstance(actor, Actor) and (actor.is_(Role.LEADER) or holds(actor, *kinds)):
        return ALLOWED
    return refused(_("Chỉ người làm công tác đơn thư và lãnh đạo cơ quan được xem đơn chuyển."))


def may_take_in_transfer(actor: Anyone, transfer: Transfer) -> Verdict:
    """The intake of the body that it was sent to; of protected letters the keepers of that register."""
    if transfer.received_id is not None or transfer.returned_at is not None:
        return refused(_("Đơn chuyển này đã được vào sổ hoặc trả lại."))
    matter = transfer.matter
    door = DutyKind.PROTECTED if matter.letter.is_protected else DutyKind.INTAKE
    if not isinstance(actor, Actor) or actor.agency_id != transfer.recipient_id or not holds(actor, door):
        return refused(_("Chỉ người tiếp nhận đơn của cơ quan được chuyển đến làm được việc này."))
    return free(actor, matter)


def may_return_transfer(actor: Anyone, transfer: Transfer) -> Verdict:
    """The same door, instead of entering it (rule 19)."""
    return may_take_in_transfer(actor, transfer)


def may_pass_up(performer: Performer, matter: Matter) -> Verdict:
    """The system by itself, as part of an entry: nobody at the body has a part in it."""
    if performer is not SYSTEM:
        return refused(_("Đơn về người đứng đầu do hệ thống tự chuyển lên cấp trên."))
    return ALLOWED if is_about_own_head(matter) else refused(_("Đơn không phải về người đứng đầu cơ quan."))


def is_about_own_head(matter: Matter) -> bool:
    """Whether it denounces the body that received it without naming anybody, or who heads it: the superior
    body is competent. Of anybody else it is the head (domain: 6.2)."""
    subject = matter.subject_membership
    denounces = matter.kind in (MatterKind.DENUNCIATION, MatterKind.INFORMATION)
    heads = subject is not None and subject.is_head and subject.agency_id == matter.agency_id
    the_body = subject is None and matter.subject_agency_id == matter.agency_id
    return denounces and (heads or the_body)


def may_note_answer(actor: Anyone, urging: Urging) -> Verdict:
    """Whoever handles the matter that was urged about, or leads its agency."""
    if urging.answered_at is not None:
        return refused(_("Văn bản đôn đốc này đã có trả lời."))
    return _works_on(actor, urging.matter)


def may_reply(actor: Anyone, matter: Matter) -> Verdict:
    """Handler or leader, once, when there is something to tell the body that sent it (domain: 3)."""
    if not matter.letter.wants_reply:
        return refused(_("Nơi chuyển đơn không yêu cầu báo kết quả."))
    if matter.state not in TOLD:
        return refused(_("Đơn chưa có kết quả để báo cho nơi chuyển."))
    if any(one.kind == MatterPaper.Kind.REPLY for one in matter.papers.all()):
        return refused(_("Đã báo kết quả cho nơi chuyển đơn."))
    return _works_on(actor, matter)


def may_print_paper(actor: Anyone, paper: MatterPaper) -> Verdict:
    """Whoever sees the matter, or the one that it became where the paper went."""
    seen = Matter.objects.visible_to(actor)
    if sees(actor, paper.matter) or Transfer.objects.filter(paper=paper, received__in=seen).exists():
        return ALLOWED
    return refused(_("Quý vị không được xem văn bản này."))


def may_send_paper(actor: Anyone, paper: MatterPaper) -> Verdict:
    """Handler or leader, once, for a paper to an agency of the network."""
    if paper.addressee_id is None:
        return refused(_("Văn bản này không gửi cơ quan trong hệ thống; hãy in và ký."))
    if paper.document_id is not None:
        return refused(_("Văn bản này đã được trình ký trên hệ thống văn bản."))
    return _works_on(actor, paper.matter)


def may_see_stranded(actor: Anyone, _subject: object = None) -> Verdict:
    """The administrator of the system, who sees counts and codes and no letter (rule 55)."""
    if isinstance(actor, Actor) and actor.is_(Role.SYSTEM_ADMIN):
        return ALLOWED if actor.second_factor else refused(NO_SECOND_FACTOR)
    return refused(_("Chỉ quản trị hệ thống bàn giao đơn của cơ quan đã kết thúc."))


def may_hand_over(actor: Anyone, predecessor: Agency) -> Verdict:  # noqa: ARG001  (any ended agency)
    """The same."""
    return may_see_stranded(actor)


def may_destroy(actor: Anyone, agency: Agency) -> Verdict:
    """The head of the agency whose letters they are (rule 41)."""
    if not isinstance(actor, Actor) or actor.agency_id != agency.pk or not _heads(actor.membership):
        return refused(_("Chỉ người đứng đầu cơ quan quyết định tiêu hủy đơn hết thời hạn lưu."))
    return ALLOWED if actor.second_factor else refused(NO_SECOND_FACTOR)


def _heads(member: Membership) -> bool:
    return member.is_head and member.role == Role.LEADER


def _works_on(actor: Anyone, matter: Matter) -> Verdict:
    if (
        isinstance(actor, Actor)
        and matter.agency_id == actor.agency_id
        and (matter.handler_id == actor.membership.pk or actor.is_(Role.LEADER))
        and sees(actor, matter)
    ):
        return free(actor, matter)
    return refused(_("Chỉ người xử lý đơn hoặc lãnh đạo cơ quan được làm việc này."))
