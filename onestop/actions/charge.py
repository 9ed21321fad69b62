"""What a dossier has to pay, laid down when it is received; and who need not pay it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.printing.markup import clean_line
from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.payment_state import note_payment_state
from onestop.enums import ExemptionGround
from onestop.exchange.vietqr import payload, purpose_of
from onestop.fees import ChargeLine, Quantities, charges_for, undetermined
from onestop.models import Charge, CollectionAccount, Dossier, Exemption, Paper

EVIDENCE_LENGTH = 300


class FeeUndetermined(Refusal):
    """The provincial council sets the amount and nobody has written it down: it is unknown, not zero."""


class ExemptionNotProved(Refusal):
    """Nobody is exempt without a ground of the law and the paper that proves it (rule 34)."""


class NothingToPay(Refusal):
    """The dossier has no fee, or nothing of it is due any more: there is no payment step (rule 34)."""

    def __init__(self) -> None:
        super().__init__(_("Hồ sơ này không có khoản phí, lệ phí nào phải nộp."))


@dataclass(frozen=True, kw_only=True)
class ClaimedExemption:
    """On what ground nothing is to be paid; ``evidence`` names the paper: number, day, who issued it."""

    ground: str
    evidence: str
    # The paper itself where it lies in the dossier.
    paper: Paper | None = None


def lay_charges(
    dossier: Dossier,
    *,
    quantities: Quantities,
    exemption: object,
    by: Performer,
    at: datetime,
) -> tuple[ChargeLine, ...]:
    """Write down what the dossier costs by the rules of its version (rule 5), inside the action that receives
    it.

    One without a fee gets no line and never meets a payment step (rule 34); ``exemption`` is None or a
    ClaimedExemption. Gives what is to be paid. Raises FeeUndetermined, ExemptionNotProved.
    """
    if unknown := undetermined(dossier.case, dossier.channel, quantities):
        raise FeeUndetermined(
            _(
                "Mức thu “%(names)s” do Hội đồng nhân dân tỉnh quy định chưa được ghi trong danh mục "
                "nên chưa thu được. Hãy báo người quản lý danh mục ghi mức thu và số nghị quyết."
            )
            % {"names": "; ".join(rule.name for rule in unknown)}
        )
    lines = charges_for(dossier.case, dossier.channel, quantities)
    granted = _granted(dossier, exemption, by=by, at=at) if exemption is not None and lines else None
    Charge.objects.bulk_create(
        Charge(
            dossier=dossier,
            rule=line.rule,
            kind=line.rule.kind,
            name=line.rule.name,
            basis=line.rule.basis,
            quantity=line.quantity,
            amount=line.amount,
            laid_at=at,
            exemption=granted,
        )
        for line in lines
    )
    if lines:
        note_payment_state(dossier)
    return () if granted else lines


def laid_charges(dossier: Dossier) -> tuple[Charge, ...] | None:
    """What a dossier costs besides what is exempt, where that was laid down before; None where it was not."""
    laid = tuple(dossier.charges.all())
    return tuple(one for one in laid if one.exemption_id is None) if laid else None


def transfer_code(dossier: Dossier) -> str:
    """Text of the VietQR code for what is due; empty where nothing is, or the agency has no account."""
    account = CollectionAccount.objects.filter(agency=dossier.receiving_agency_id).first()
    due = dossier.charges.due().aggregate(total=Sum("amount"))["total"]
    if account is None or not due:
        return ""
    return payload(
        bank=account.bank_bin, account=account.number, amount=due, purpose=purpose_of(str(dossier))
    )


@action("onestop.exempt", allowed=rules.may_exempt)
def exempt(actor: Actor, dossier: Dossier, claimed: ClaimedExemption, *, at: datetime) -> Exemption:
    """Take nothing of what is still due. Raises NothingToPay, ExemptionNotProved."""
    due = dossier.charges.due()
    if not due.exists():
        raise NothingToPay
    granted = _granted(dossier, claimed, by=actor, at=at)
    due.update(exemption=granted)
    note_payment_state(dossier)
    return granted


def _granted(dossier: Dossier, claimed: object, *, by: Performer, at: datetime) -> Exemption:
    if not isinstance(claimed, ClaimedExemption) or claimed.ground not in ExemptionGround.values:
        raise ExemptionNotProved(_("Hãy chọn đối tượng được miễn theo quy định."))
    evidence = clean_line(claimed.evidence)
    if not evidence:
        raise ExemptionNotProved(_("Hãy ghi giấy tờ chứng minh được miễn: tên, số, ngày, nơi cấp."))
    if len(evidence) > EVIDENCE_LENGTH:
        raise ExemptionNotProved(
            _("Giấy tờ chứng minh ghi dài quá %(limit)d ký tự.") % {"limit": EVIDENCE_LENGTH}
        )
    if claimed.paper is not None and claimed.paper.dossier_id != dossier.pk:
        raise ExemptionNotProved(_("Giấy tờ chứng minh không thuộc hồ sơ này."))
    return Exemption.objects.create(
        dossier=dossier,
        ground=claimed.ground,
        evidence=evidence,
        paper=claimed.paper,
        granted_at=at,
        granted_by=by.membership if isinstance(by, Actor) else None,
    )
