"""Money as pages show it: of one dossier, what is to be collected, receipts, refunds, daily comparisons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor, SignedOut
from egov.web.below import Below, read_below
from egov.workflow.refusal import NotPermitted, Refusal
from onestop import rules
from onestop.enums import DossierState, PaymentMethod, PaymentState
from onestop.models import (
    Charge,
    CollectionAccount,
    Dossier,
    Exemption,
    Receipt,
    ReceiptSeries,
    Refund,
    Settlement,
    SettlementDifference,
)
from onestop.queries.receipts import DossierNotFound

Anyone = Actor | SignedOut
LONGEST_KEY = 9
# What ``money_of`` reads below a dossier.
MONEY_LISTS = (
    Below("charges", follow=("exemption",)),
    Below("receipts", follow=("series__agency", "issued_by__user")),
    Below("refunds", follow=("receipt__series", "payment", "approved_by__user", "paid_by__user")),
)


class MoneyNotFound(Refusal):
    """There is no such receipt or refund, or the actor may not know of it: the answer is the same."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("Không tìm thấy chứng từ, hoặc Quý vị không được xem chứng từ này."))


@dataclass(frozen=True)
class MoneyOf:
    """What a dossier's page shows of its money."""

    charges: tuple[Charge, ...]
    receipts: tuple[Receipt, ...]
    refunds: tuple[Refund, ...]

    @property
    def due(self) -> int:
        """Dong that are still to be paid."""
        return sum(one.amount for one in self.charges if one.is_due)

    @property
    def exemptions(self) -> Iterable[Exemption]:
        """Each ground once."""
        return {one.exemption_id: one.exemption for one in self.charges if one.exemption}.values()


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken in one way on a day."""

    method: str
    count: int
    amount: int

    @property
    def label(self) -> str:
        """In words."""
        return str(PaymentMethod(self.method).label)


def money_of(dossier: Dossier) -> MoneyOf:
    """Everything about the money of a dossier that the caller may show, in one query."""
    read_below([dossier], *MONEY_LISTS)
    charges = tuple(dossier.charges.all())
    if not charges:
        return MoneyOf((), (), ())
    return MoneyOf(charges, tuple(dossier.receipts.all()), tuple(dossier.refunds.all()))


def pays_first(dossier: Dossier) -> bool:
    """Whether it waits for its applicant's money before the counter may take it up."""
    return (
        dossier.state == DossierState.FILED
        and dossier.version.online_payment_required
        and dossier.payment_state == PaymentState.DUE
    )


def due_before_receipt(dossier: Dossier) -> int:
    """Dong that an online filing still has to pay before it is taken up."""
    return money_of(dossier).due if pays_first(dossier) else 0


def payable(actor: Anyone, dossier_id: int) -> Dossier:
    """A dossier that the actor may see. Raises DossierNotFound."""
    dossier = (
        Dossier.objects.visible_to(actor)
        .select_related("version", "owner", "submitter", "receiving_agency")
        .filter(pk=dossier_id)
        .first()
    )
    if dossier is None:
        raise DossierNotFound
    return dossier


def to_collect(actor: Actor) -> QuerySet[Dossier]:
    """Dossiers of the actor's agency with something to pay; those that wait longest first.

    What was filed online and waits for its applicant's money is not the counter's to collect yet.
    """
    require(actor)
    due = Q(charges__exemption=None, charges__receipt=None, charges__dropped_at=None)
    return (
        Dossier.objects.visible_to(actor)
        .filter(
            Q(receiving_agency=actor.agency) | Q(deciding_agency=actor.agency),
            payment_state=PaymentState.DUE,
        )
        .exclude(state=DossierState.FILED)
        .select_related("version", "owner", "submitter")
        .annotate(due=Sum("charges__amount", filter=due))
    )


def taken_on(actor: Actor, day: date) -> list[Taken]:
    """What the actor's agency took that day, by method; cancelled receipts do not count."""
    rows = (
        Receipt.objects.filter(series__agency=actor.agency, issued_at__date=day, cancelled_at=None)
        .values("method")
        .annotate(count=Count("pk"), total=Sum("amount"))
        .order_by("method")
    )
    return [Taken(row["method"], row["count"], row["total"]) for row in rows]


def series_of(actor: Actor) -> list[ReceiptSeries]:
    """The series of the actor's agency, the newest first; those of agencies before it as well."""
    require(actor)
    series = ReceiptSeries.objects.filter(agency__in=rules.answered_for(actor)).select_related("agency")
    return sorted(series, key=lambda one: one.agency_id != actor.agency_id)


def receipts_in(series: ReceiptSeries, actor: Actor) -> QuerySet[Receipt]:
    """Every number of the series, whatever became of it (rule 36); ``opens``: may they open its dossier."""
    return series.receipts.select_related(
        "series", "dossier__owner", "dossier__version", "issued_by__user", "cancelled_by__user"
    ).annotate(opens=_opens_dossier(actor))


def receipt_of(actor: Anyone, pk: int) -> Receipt:
    """A receipt that the actor may see. Raises MoneyNotFound."""
    found = Receipt.objects.select_related("series__agency", "dossier", "file").filter(pk=pk)
    receipt = found.annotate(opens=_opens_dossier(actor)).first()
    if receipt is None or not rules.may_print_receipt(actor, receipt):
        raise MoneyNotFound
    return receipt


def _opens_dossier(actor: Anyone) -> Exists:
    """Whether the dossier of the receipt is one that they may read: a cashier need not be its handler."""
    return Exists(Dossier.objects.visible_to(actor).filter(pk=OuterRef("dossier_id")))


def last_receipt(actor: Actor, key: str) -> Receipt | None:
    """The receipt of the actor's agency that has just been made, so that it can be printed at once."""
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        return None
    return Receipt.objects.filter(pk=int(key), series__agency=actor.agency).first()


def refunds_of(actor: Actor) -> QuerySet[Refund]:
    """Refunds of the agency; what is not paid out yet comes first."""
    require(actor)
    return _refunds_at(actor).annotate(is_done=Q(paid_at__isnull=False))


def refund_of(actor: Anyone, pk: int) -> Refund:
    """A refund of the actor's agency. Raises MoneyNotFound."""
    found = _refunds_at(actor).filter(pk=pk).first() if isinstance(actor, Actor) else None
    if found is None:
        raise MoneyNotFound
    return found


def settlements() -> QuerySet[Settlement]:
    """Comparisons with the gateway's list; sums of all agencies, which name nobody."""
    return Settlement.objects.annotate(
        found=Count("differences"), open=Count("differences", filter=Q(differences__resolved_at=None))
    )


def differences_of(actor: Anyone) -> QuerySet[SettlementDifference]:
    """Open differences of the actor's agency; those of no agency are the administrator's."""
    verdict = rules.may_see_settlements(actor)
    if not (verdict and isinstance(actor, Actor)):
        raise NotPermitted(verdict.reason)
    whose = Q(agency__in=rules.answered_for(actor))
    if rules.may_see_stranded(actor):
        whose |= Q(agency=None)
    return (
        SettlementDifference.objects.filter(whose, resolved_at=None)
        .select_related("settlement")
        .order_by("pk")
    )


def difference_of(actor: Anyone, pk: int) -> SettlementDifference:
    """An open difference that the actor may see. Raises MoneyNotFound, NotPermitted."""
    found = differences_of(actor).filter(pk=pk).first()
    if found is None:
        raise MoneyNotFound
    return found


def account_of(agency_id: int) -> CollectionAccount | None:
    """Where fees of the agency are transferred to."""
    return CollectionAccount.objects.filter(agency=agency_id).first()


def require(actor: Anyone) -> None:
    """Raises NotPermitted for anybody who has no part in the agency's money."""
    if not isinstance(actor, Actor):
        raise NotPermitted(_("Hãy đăng nhập."))
    verdict = rules.may_read_receipts(actor, actor.agency)
    if not verdict:
        raise NotPermitted(verdict.reason)


def _refunds_at(actor: Actor) -> QuerySet[Refund]:
    mine = rules.of_answered(actor, "receipt__series__agency", "dossier") | (
        Q(receipt=None) & rules.of_answered(actor, "dossier__receiving_agency", "dossier")
    )
    return Refund.objects.filter(mine).select_related(
        "dossier__owner",
        "receipt__series",
        "payment",
        "asked_by__user",
        "approved_by__user",
        "paid_by__user",
    )
