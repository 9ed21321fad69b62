"""Invite the applicant to pay online what is due; the same invitation as long as it holds."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.workflow.action import action
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.charge import NothingToPay
from onestop.exchange.gateways.interface import Order
from onestop.models import Charge, Dossier, PaymentRequest

# As long as a person needs at their bank's page.
HOLDS = timedelta(minutes=15)


class NoGateway(Refusal):
    """This installation takes no payment online."""


@action("onestop.request_payment", allowed=rules.may_request_payment)
def request_payment(performer: Performer, dossier: Dossier, *, at: datetime) -> PaymentRequest:  # noqa: ARG001
    """The request that the payer takes to the gateway, for all that is due.

    Asked again while it holds and nothing has changed, it is the same one: two clicks pay once. Raises
    NothingToPay, NoGateway.
    """
    if not settings.PAYMENT_GATEWAY_URL:
        raise NoGateway(_("Hệ thống chưa kết nối thanh toán trực tuyến; hãy nộp tại quầy."))
    due = list(dossier.charges.due())
    if not due:
        raise NothingToPay
    standing = dossier.payment_requests.filter(settled_at=None, expires_at__gt=at).first()
    if standing is not None and _is_for(standing, due):
        return standing
    made = PaymentRequest.objects.create(
        dossier=dossier,
        code=_free_code(dossier, at),
        amount=sum(one.amount for one in due),
        asked_at=at,
        expires_at=at + HOLDS,
    )
    made.charges.set(due)
    return made


def order_of(request: PaymentRequest) -> Order:
    """What the gateway is asked to let somebody pay; asked outside the transaction, again without harm."""
    words = _("Nộp phí, lệ phí hồ sơ %(code)s") % {"code": request.dossier}
    return Order(request.code, request.amount, words, request.expires_at)


def _is_for(request: PaymentRequest, due: list[Charge]) -> bool:
    return set(request.charges.values_list("pk", flat=True)) == {one.pk for one in due}


def _free_code(dossier: Dossier, at: datetime) -> str:
    """Code of the dossier + timestamp (domain: 3.7); the dossier's lock keeps two from being alike."""
    while True:
        code = f"{dossier}-{timezone.localtime(at):%Y%m%d%H%M%S}{at.microsecond // 1000:03d}"
        if not PaymentRequest.objects.filter(code=code).exists():
            return code
        at += timedelta(milliseconds=1)
