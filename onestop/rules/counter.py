"""Who may take filings in, refuse them, print slips, and appoint anew after a change of the calendar."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.enums import Channel, DossierState, OnlineLevel, VersionState
from onestop.models import CounterSlip, Dossier, IntakeDraft, IssuedForm, ProcedureVersion
from onestop.states import RUNNING

Anyone = Actor | SignedOut
# Whoever answers for the counter's promises.
MAY_RESCHEDULE = (Role.LEADER, Role.OFFICE_HEAD)
_BY_REGISTRY = _("Chỉ văn thư của cơ quan cấp phiếu được ký số phiếu của cơ quan.")
AT_COUNTER = _("Chỉ cán bộ tiếp nhận và trả kết quả được làm việc này.")


@dataclass(frozen=True)
class Citizen:
    """A person who has signed in with the electronic identity; files for themselves or for another owner."""

    personal_number: str
    name: str
    # Of the identity provider: 1 and above; a name that somebody only typed is 0.
    identity_level: int
    address: str = ""
    user_id: int | None = None
    agency_id: int | None = None
    machine_key: str = ""

    @property
    def caption(self) -> str:
        """As the history of a dossier shows them."""
        return self.name

    def is_applicant_of(self, dossier: Dossier) -> bool:
        """Whether they proved to be who owns or handed in the dossier."""
        people = {dossier.owner.personal_number, dossier.submitter.personal_number} - {""}
        return self.identity_level > 0 and self.personal_number in people


def may_take_in(actor: Performer, subject: object) -> Verdict:  # noqa: ARG001  (the dossier does not exist yet)
    """Papers come in at the counter, and nowhere else; whoever takes them in need not decide them."""
    return ALLOWED if isinstance(actor, Actor) and actor.is_(Role.COUNTER) else refused(AT_COUNTER)


def may_begin_intake(actor: Anyone, version: ProcedureVersion) -> Verdict:
    """The counter, for a version that is in force; whether it is on the day is asked at receipt."""
    at_counter = may_take_in(actor, version)
    if not at_counter:
        return at_counter
    if version.state != VersionState.ACTIVE:
        return refused(_("Thủ tục này không còn được áp dụng cho hồ sơ mới."))
    return ALLOWED


def may_type_intake(actor: Anyone, draft: IntakeDraft) -> Verdict:
    """A draft is its writer's alone, until it has become a dossier."""
    own = may_finish_intake(actor, draft)
    if own and draft.dossier_id is not None:
        return refused(_("Hồ sơ này đã được tiếp nhận."))
    return own


def may_finish_intake(actor: Anyone, draft: IntakeDraft) -> Verdict:
    """Its writer, also again: the second click of the same person gets the first one's dossier."""
    if isinstance(actor, Actor) and draft.member_id == actor.membership.pk:
        return ALLOWED
    return refused(_("Không tìm thấy hồ sơ đang nhập."))


def may_file_online(performer: Performer, subject: object) -> Verdict:  # noqa: ARG001
    """Whoever proved who they are; an official of the counter may type for somebody who asks for help; and a
    system of the agency, with its key."""
    if isinstance(performer, Citizen) and performer.identity_level > 0:
        return ALLOWED
    if isinstance(performer, Actor) and (performer.machine_key or performer.is_(Role.COUNTER)):
        return ALLOWED
    return refused(_("Hãy đăng nhập bằng tài khoản định danh điện tử để nộp hồ sơ."))


def takes_online(version: ProcedureVersion) -> bool:
    """Whether the procedure can be filed online at all."""
    return version.online_level != OnlineLevel.INFORMATION


def may_accept_filing(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counter of the agency that it was filed with, while it waits."""
    return _answers(actor, dossier)


def may_refuse_intake(actor: Anyone, subject: object) -> Verdict:
    """The same counter; papers at the counter itself may be refused before they become a dossier."""
    if isinstance(subject, Dossier):
        return _answers(actor, subject)
    return may_take_in(actor, subject)


def may_ask_before_receipt(actor: Anyone, draft: IntakeDraft) -> Verdict:
    """Whoever types the intake, while nothing is received of it."""
    return may_type_intake(actor, draft)


def may_issue_batch_receipt(actor: Anyone, dossiers: object) -> Verdict:
    """The counter; that the dossiers are its own is asked for each of them."""
    return may_take_in(actor, dossiers)


def may_print_counter_slip(actor: Anyone, issued: CounterSlip) -> Verdict:
    """The counter of its agency and whoever answers for it."""
    if CounterSlip.objects.visible_to(actor).filter(pk=issued.pk).exists():
        return ALLOWED
    return refused(_("Không tìm thấy phiếu."))


def may_print_form(performer: Performer, issued: IssuedForm) -> Verdict:
    """Whoever may read the dossier may print its slips, again as well; and its applicant, signed in."""
    if isinstance(performer, Citizen):
        readable = performer.is_applicant_of(issued.dossier)
    else:
        mine = (
            Dossier.objects.visible_to(performer) if isinstance(performer, Actor) else Dossier.objects.none()
        )
        readable = mine.filter(pk=issued.dossier_id).exists()
    return ALLOWED if readable else refused(_("Không tìm thấy phiếu."))


def may_read_slips_to_seal(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """The registry, which keeps the agency's certificate."""
    if isinstance(actor, Actor) and actor.is_(Role.REGISTRY):
        return ALLOWED
    return refused(_BY_REGISTRY)


def may_seal_slip(actor: Anyone, issued: IssuedForm) -> Verdict:
    """Only the registry of the agency that issued it, in person (Decree 30/2020/NĐ-CP, Art. 32); once, and
    only what goes out electronically."""
    if not (may_read_slips_to_seal(actor) and actor.agency_id == issued.agency_id):
        return refused(_BY_REGISTRY)
    if not (isinstance(actor, Actor) and actor.second_factor):
        return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi làm việc này."))
    if issued.dossier.channel != Channel.ONLINE:
        return refused(_("Chỉ phiếu của hồ sơ nộp trực tuyến được ký số; phiếu tại quầy ký trên giấy."))
    if issued.sealed_at is not None:
        return refused(_("Phiếu này đã được ký số."))
    return ALLOWED


def may_reissue_appointment(actor: Anyone, dossier: Dossier) -> Verdict:
    """Only an officer who answers for the promise, while the clock runs (rule 16)."""
    if not (
        isinstance(actor, Actor)
        and actor.is_(*MAY_RESCHEDULE)
        and actor.agency_id in {dossier.receiving_agency_id, dossier.deciding_agency_id}
    ):
        return refused(
            _("Chỉ lãnh đạo, người đứng đầu đơn vị tiếp nhận hoặc giải quyết được cấp lại giấy hẹn.")
        )
    if dossier.state not in RUNNING:
        return refused(_("Chỉ cấp lại giấy hẹn cho hồ sơ đang tính thời gian giải quyết."))
    if dossier.due_at is None:
        return refused(_("Hồ sơ này không hẹn ngày trả kết quả."))
    return ALLOWED


def may_read_dossier_register(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001
    """Those who see every dossier of their agency."""
    if isinstance(actor, Actor) and actor.is_(Role.COUNTER, Role.LEADER, Role.REGISTRY, Role.OFFICE_HEAD):
        return ALLOWED
    return refused(_("Sổ theo dõi hồ sơ dành cho bộ phận một cửa, văn thư và lãnh đạo cơ quan."))


def _answers(actor: Anyone, dossier: Dossier) -> Verdict:
    if not (
        isinstance(actor, Actor)
        and actor.is_(Role.COUNTER)
        and actor.agency_id == dossier.receiving_agency_id
    ):
        return refused(_("Chỉ bộ phận một cửa của cơ quan nhận được trả lời hồ sơ nộp trực tuyến."))
    if dossier.state != DossierState.FILED:
        return refused(_("Hồ sơ không ở bước chờ tiếp nhận."))
    return ALLOWED
