"""Who may seal, keep keys, ask, agree, release, read: different people, none of them the one denounced."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import DutyKind, Tie
from complaints.models import Letter, Opening, Recovery, RecoveryKey, SealingKey, WrappedKey
from complaints.models.visibility import concerns
from complaints.rules.conflict import tie_to
from complaints.rules.duties import holds, sees_letter
from complaints.rules.transfers import is_about_own_head
from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency, Membership
from egov.workflow.verdict import ALLOWED, Verdict, refused


def may_make_sealing_key(actor: Actor | SignedOut, owner: Membership) -> Verdict:
    """Everybody for themselves alone: a passphrase that another typed is no longer one person's."""
    if not isinstance(actor, Actor) or owner.pk != actor.membership.pk or _administers(actor):
        return refused(_("Mỗi người chỉ tự tạo khóa cho mình."))
    return _with_second_factor(actor)


def may_seal(actor: Actor | SignedOut, letter: Letter) -> Verdict:
    """Whoever takes letters in at the body, for one that denounces and not themselves."""
    if not isinstance(actor, Actor) or letter.agency_id != actor.agency.pk:
        return refused(_("Chỉ người tiếp nhận của cơ quan giữ đơn được niêm phong."))
    if not holds(actor, DutyKind.INTAKE, DutyKind.PROTECTED, DutyKind.RECEPTION):
        return refused(_("Chỉ người tiếp nhận đơn hoặc giữ sổ tố cáo được niêm phong."))
    if concerns(actor, letter):
        return refused(_("Bạn không được tiếp cận đơn này."))
    return ALLOWED if letter.is_protected else refused(_("Chỉ đơn tố cáo được niêm phong danh tính."))


def may_ask_opening(actor: Actor | SignedOut, letter: Letter) -> Verdict:
    """Who keeps the protected register, inspects, or handles a matter of this letter (domain: 7)."""
    if not isinstance(actor, Actor) or not sees_letter(actor, letter) or not letter.is_protected:
        return refused(_("Bạn không được tiếp cận đơn này."))
    named = holds(actor, DutyKind.PROTECTED, DutyKind.INSPECTOR)
    if not named and all(one.handler_id != actor.membership.pk for one in letter.matters.all()):
        return refused(_("Chỉ người giữ sổ tố cáo, người giải quyết đơn hoặc thanh tra được đề nghị mở."))
    return _with_second_factor(actor)


def may_answer_opening(actor: Actor | SignedOut, opening: Opening) -> Verdict:
    """A leader of the body, never the one who asks (rule 38)."""
    if not isinstance(actor, Actor) or not sees_letter(actor, opening.letter):
        return refused(_("Bạn không được tiếp cận đơn này."))
    if actor.user.pk == opening.reader.user_id:
        return refused(_("Người đề nghị mở không được tự duyệt đề nghị của mình."))
    if not actor.is_(Role.LEADER) or opening.letter.agency_id != actor.agency.pk:
        return refused(_("Chỉ lãnh đạo cơ quan giữ đơn được duyệt đề nghị mở niêm phong."))
    return _with_second_factor(actor)


def may_release_opening(actor: Actor | SignedOut, opening: Opening) -> Verdict:
    """The custodian of the body, after a second person agreed."""
    if not isinstance(actor, Actor) or opening.letter.agency_id != actor.agency.pk:
        return refused(_("Chỉ người giữ khóa của cơ quan giữ đơn được mở niêm phong."))
    if not holds(actor, DutyKind.CUSTODIAN) or concerns(actor, opening.letter):
        return refused(_("Chỉ người giữ khóa của cơ quan giữ đơn được mở niêm phong."))
    return _with_second_factor(actor)


def may_read_opening(actor: Actor | SignedOut, opening: Opening) -> Verdict:
    """The one named, who still may read the letter: whoever was shut out since reads no more."""
    if (
        not isinstance(actor, Actor)
        or opening.reader_id != actor.membership.pk
        or not may_ask_opening(actor, opening.letter)
    ):
        return refused(_("Chỉ người được nêu tên trong đề nghị được xem."))
    return ALLOWED


def reads_for_opening(opening: Opening) -> bool:
    """Whether the one named still may read: asked once more when it is released, as duties end."""
    member = opening.reader
    actor = Actor(user=member.user, membership=member, agency=member.agency, second_factor=True)
    return member.holds_on(timezone.localdate()) and bool(may_ask_opening(actor, opening.letter))


def may_keep_keys(actor: Actor | SignedOut, agency: Agency) -> Verdict:
    """The head names who holds recovery, and starts one."""
    if not isinstance(actor, Actor) or agency.pk != actor.agency.pk or not actor.membership.is_head:
        return refused(_("Chỉ người đứng đầu cơ quan quyết định người giữ phần khóa phục hồi."))
    return _with_second_factor(actor)


def may_recover(actor: Actor | SignedOut, recovery_key: RecoveryKey) -> Verdict:
    """As for naming the holders."""
    return may_keep_keys(actor, recovery_key.agency)


def may_cancel_recovery(actor: Actor | SignedOut, recovery: Recovery) -> Verdict:
    """The head, or a holder who finds it wrong."""
    if isinstance(actor, Actor) and recovery.recovery_key.shares.filter(key__owner=actor.membership).exists():
        return ALLOWED
    return may_keep_keys(actor, recovery.recovery_key.agency)


def may_give_share(actor: Actor | SignedOut, recovery: Recovery) -> Verdict:
    """Each of the two holders their own."""
    if (
        not isinstance(actor, Actor)
        or not recovery.recovery_key.shares.filter(key__owner=actor.membership).exists()
    ):
        return refused(_("Chỉ hai người giữ phần khóa phục hồi được giao phần khóa của mình."))
    return _with_second_factor(actor)


def may_finish_recovery(actor: Actor | SignedOut, recovery: Recovery) -> Verdict:
    """The successor, who is custodian by appointment."""
    if not isinstance(actor, Actor) or recovery.successor.owner_id != actor.membership.pk:
        return refused(_("Chỉ người giữ khóa mới được hoàn thành phục hồi."))
    if not holds(actor, DutyKind.CUSTODIAN):
        return refused(_("Người giữ khóa mới chưa được phân công giữ khóa."))
    return _with_second_factor(actor)


def may_hand_over_key(actor: Actor | SignedOut, key: SealingKey) -> Verdict:
    """The owner of the key, with the passphrase; nobody else can."""
    if not isinstance(actor, Actor) or key.owner_id != actor.membership.pk or key.closed_at is not None:
        return refused(_("Chỉ chủ của khóa đang dùng được bàn giao khóa đó."))
    return _with_second_factor(actor)


def may_send_annex(actor: Actor | SignedOut, letter: Letter) -> Verdict:
    """A custodian whose key opens the seal: of the body that sends, or of the one above, for which a letter
    about the head below was sealed (rule 16). The annex goes apart from the transfer note."""
    if not isinstance(actor, Actor) or not holds(actor, DutyKind.CUSTODIAN) or _is_kept_out(actor, letter):
        return refused(_("Chỉ người giữ khóa mở được niêm phong của đơn được gửi phụ lục niêm phong."))
    own = WrappedKey.objects.filter(record__letter=letter, key__owner=actor.membership, opening=None)
    if not own.exists():
        return refused(_("Chỉ người giữ khóa mở được niêm phong của đơn được gửi phụ lục niêm phong."))
    return _with_second_factor(actor)


def _is_kept_out(actor: Actor, letter: Letter) -> bool:
    """Whether the letter is about the actor's side. Where only later it was seen to be about the own head,
    nobody else can send its seal up, and sending shows nothing: the one named and kin are kept out alone."""
    if not concerns(actor, letter):
        return False
    matters = list(letter.matters.select_related("subject_membership", "letter"))
    ties = {tie_to(one, actor.membership) for one in matters}
    return bool(ties & {Tie.SELF, Tie.KIN}) or not any(is_about_own_head(one) for one in matters)


def may_redact(actor: Actor | SignedOut, letter: Letter) -> Verdict:
    """Whoever took the letter in or keeps the protected register: who works on it gets the copy, not this."""
    verdict = may_seal(actor, letter)
    return (
        verdict if verdict else refused(_("Chỉ người tiếp nhận hoặc giữ sổ tố cáo được đưa bản đã che vào."))
    )


def may_see_keys(actor: Actor | SignedOut, agency: Agency) -> Verdict:
    """Leaders, custodians, inspectors and holders of recovery shares of the body."""
    if isinstance(actor, Actor) and agency.pk == actor.agency.pk and not _administers(actor):
        named = SealingKey.objects.usable(timezone.localdate()).filter(owner=actor.membership)
        if (
            actor.is_(Role.LEADER)
            or holds(actor, DutyKind.CUSTODIAN, DutyKind.INSPECTOR, DutyKind.PROTECTED)
            or named.filter(recovery_shares__recovery_key__agency=agency).exists()
        ):
            return ALLOWED
    return refused(_("Chỉ người có nhiệm vụ với khóa niêm phong của cơ quan được xem trang này."))


def may_look_for_match(actor: Actor | SignedOut, agency: Agency) -> Verdict:
    """Who keeps the protected register learns of a possible match in it, nobody else (rule 35)."""
    if isinstance(actor, Actor) and agency.pk == actor.agency.pk and holds(actor, DutyKind.PROTECTED):
        return ALLOWED
    return refused(_("Chỉ người giữ sổ tố cáo được dò trùng trong sổ tố cáo."))


def _administers(actor: Actor) -> bool:
    return actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN)


def _with_second_factor(actor: Actor) -> Verdict:
    return ALLOWED if actor.second_factor else refused(_("Việc này cần đăng nhập hai lớp."))
