"""Who may take money, exempt from it, cancel receipts, give money back, and settle accounts."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor, SignedOut
from egov.organizations.enums import Role
from egov.organizations.models import Agency
from egov.workflow.performer import Performer
from egov.workflow.verdict import ALLOWED, Verdict, refused
from onestop.models import Dossier, PaymentRequest, Receipt, Refund, SettlementDifference
from onestop.rules.counter import Citizen
from onestop.rules.heirs import answers_for

Anyone = Actor | SignedOut
# Who answers for the money of an agency.
HEADS = (Role.LEADER, Role.OFFICE_HEAD)


@dataclass(frozen=True)
class GatewayCaller:
    """The payment gateway at our door, once its signature was checked."""

    address: str
    user_id: int | None = None
    agency_id: int | None = None
    caption: str = "Cổng thanh toán"
    machine_key: str = ""


@dataclass(frozen=True)
class SecretBearer:
    """Whoever has code and secret of one receipt: may pay for that dossier, as anybody may for a friend."""

    dossier_id: int
    address: str = ""
    user_id: int | None = None
    agency_id: int | None = None
    caption: str = "Người có mã tra cứu"
    machine_key: str = ""


def may_collect(actor: Anyone, dossier: Dossier) -> Verdict:
    """The counter that receives the dossier or gives its result out."""
    if _is_cashier(actor, dossier.receiving_agency_id, dossier.deciding_agency_id):
        return ALLOWED
    return refused(_("Chỉ bộ phận một cửa của cơ quan tiếp nhận hoặc giải quyết được thu phí, lệ phí."))


def may_exempt(actor: Anyone, dossier: Dossier) -> Verdict:
    """The same, who has the evidence in hand."""
    return may_collect(actor, dossier)


def may_request_payment(performer: Performer, dossier: Dossier) -> Verdict:
    """The applicant, signed in with the electronic identity; whoever holds the receipt; or the counter for
    them."""
    if isinstance(performer, SecretBearer) and performer.dossier_id == dossier.pk:
        return ALLOWED
    if isinstance(performer, Citizen):
        if performer.is_applicant_of(dossier):
            return ALLOWED
        return refused(_("Chỉ chủ hồ sơ hoặc người nộp hồ sơ được thanh toán trực tuyến hồ sơ này."))
    return may_collect(performer, dossier) if isinstance(performer, Actor) else refused(_NOT_THEIRS)


def may_take_callback(performer: Performer, request: PaymentRequest) -> Verdict:  # noqa: ARG001
    """The gateway's word is its signature, which has been checked; no person books a payment this way."""
    return ALLOWED if isinstance(performer, GatewayCaller) else refused(_NOT_THEIRS)


def may_print_receipt(actor: Anyone, receipt: Receipt) -> Verdict:
    """Whoever may see the register, or the dossier."""
    readable = Dossier.objects.visible_to(actor).filter(pk=receipt.dossier_id)
    if may_read_receipts(actor, receipt.series.agency) or readable.exists():
        return ALLOWED
    return refused(_("Không tìm thấy biên lai."))


def may_cancel_receipt(actor: Anyone, receipt: Receipt) -> Verdict:
    """The counter and the heads of the agency that issued it, or of its successor."""
    if _stands_in(actor, receipt.series.agency_id, receipt.dossier_id, Role.COUNTER, *HEADS):
        return ALLOWED
    return refused(_("Chỉ cơ quan lập biên lai (bộ phận một cửa, lãnh đạo) được hủy biên lai."))


def may_ask_refund(actor: Anyone, receipt: Receipt) -> Verdict:
    """The counter of the agency that took the money, or of its successor."""
    if _stands_in(actor, receipt.series.agency_id, receipt.dossier_id, Role.COUNTER):
        return ALLOWED
    return refused(_("Chỉ bộ phận một cửa của cơ quan đã thu được lập đề nghị hoàn trả."))


def may_approve_refund(actor: Anyone, refund: Refund) -> Verdict:
    """A head of the agency that took the money, or of its successor."""
    if not _stands_in(actor, refund.agency_id, refund.dossier_id, *HEADS):
        return refused(_("Chỉ lãnh đạo cơ quan đã thu được duyệt hoàn trả."))
    if refund.approved_at is not None:
        return refused(_("Khoản hoàn trả này đã được duyệt."))
    return ALLOWED


def may_pay_refund(actor: Anyone, refund: Refund) -> Verdict:
    """The counter pays out what somebody else has approved."""
    if not _stands_in(actor, refund.agency_id, refund.dossier_id, Role.COUNTER):
        return refused(_("Chỉ bộ phận một cửa của cơ quan đã thu được chi trả."))
    if refund.approved_at is None:
        return refused(_("Khoản hoàn trả này chưa được lãnh đạo duyệt."))
    if refund.paid_at is not None:
        return refused(_("Khoản hoàn trả này đã được chi trả."))
    if refund.approved_by is not None and refund.approved_by.user_id == actor.user_id:
        return refused(_("Người duyệt không được tự chi trả."))
    return ALLOWED


def may_read_receipts(actor: Anyone, agency: Agency) -> Verdict:
    """The counter and the heads of the agency, or of its successor: its money, its receipts, its refunds."""
    if _stands_in(actor, agency.pk, None, Role.COUNTER, *HEADS):
        return ALLOWED
    return refused(_("Chỉ bộ phận một cửa và lãnh đạo cơ quan được xem sổ thu phí, lệ phí."))


def may_keep_account(actor: Anyone, agency: Agency) -> Verdict:
    """A head of the agency, signed in with two factors: money goes where this points."""
    if not _serves(actor, agency.pk, *HEADS):
        return refused(_("Chỉ lãnh đạo cơ quan được đặt tài khoản thu."))
    if not (isinstance(actor, Actor) and actor.second_factor):
        return refused(_("Hãy đăng nhập bằng xác thực hai lớp trước khi làm việc này."))
    return ALLOWED


def may_open_series(actor: Anyone, agency: Agency) -> Verdict:
    """A head of the agency: each number of a run is money that somebody answers for."""
    if _serves(actor, agency.pk, *HEADS):
        return ALLOWED
    return refused(_("Chỉ lãnh đạo cơ quan được mở ký hiệu biên lai."))


def may_see_settlements(actor: Anyone, subject: object = None) -> Verdict:  # noqa: ARG001  (a list)
    """Who takes and who answers for money; the system's administrator for what belongs to no agency."""
    if isinstance(actor, Actor) and actor.is_(Role.COUNTER, *HEADS, Role.SYSTEM_ADMIN):
        return ALLOWED
    return refused(_("Chỉ bộ phận một cửa, lãnh đạo cơ quan và quản trị hệ thống được xem đối soát."))


def may_resolve_difference(actor: Anyone, difference: SettlementDifference) -> Verdict:
    """A head of the agency concerned; the system's administrator where it is nobody's."""
    if difference.resolved_at is not None:
        return refused(_("Khác biệt này đã được xử lý."))
    if difference.agency_id is None:
        if isinstance(actor, Actor) and actor.is_(Role.SYSTEM_ADMIN):
            return ALLOWED
    elif _stands_in(actor, difference.agency_id, None, *HEADS):
        return ALLOWED
    return refused(_("Chỉ lãnh đạo cơ quan có khoản thu được xử lý khác biệt này."))


_NOT_THEIRS = _("Thanh toán trực tuyến chỉ nhận qua cổng thanh toán.")


def _is_cashier(actor: Anyone, *agencies: int) -> bool:
    return isinstance(actor, Actor) and actor.agency_id in agencies and actor.is_(Role.COUNTER)


def _stands_in(actor: Anyone, agency_id: int, dossier_id: int | None, *roles: Role) -> bool:
    """Serves there in one of the roles, or at the successor once it has ended."""
    return isinstance(actor, Actor) and actor.is_(*roles) and answers_for(actor, agency_id, dossier_id)


def _serves(actor: Anyone, agency_id: int, *roles: Role) -> bool:
    return isinstance(actor, Actor) and actor.agency_id == agency_id and actor.is_(*roles)
