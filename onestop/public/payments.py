"""The way to the gateway's page on which a dossier's charges are paid."""

from datetime import datetime

from django.utils.translation import gettext as _

from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.actions.request_payment import NoGateway, order_of, request_payment
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import GatewayRejected, GatewayUnavailable
from onestop.models import Dossier
from onestop.public.identity import Identity
from onestop.queries import public_lookup as lookup
from onestop.rules.money import SecretBearer


class PaymentNotPossible(Refusal):
    """The gateway does not answer, so nobody is sent there; nothing was paid."""

    status = 503


def payment_page(code: str, secret: str, *, at: datetime, address: str = "") -> str:
    """Address of the gateway's page on which whoever has the receipt pays what is due.

    Raises DossierUnknown, NothingToPay, NoGateway, PaymentNotPossible.
    """
    dossier = lookup.bearer_dossier(code, secret, address)
    return _page_to_pay(SecretBearer(dossier.pk, address), dossier, at)


def my_payment_page(identity: Identity, code: str, *, at: datetime) -> str:
    """The same for a dossier of one's own."""
    return _page_to_pay(identity.citizen, lookup.own_dossier(identity.personal_number, code), at)


def _page_to_pay(performer: Performer, dossier: Dossier, at: datetime) -> str:
    asked = request_payment(performer, dossier, at=at)
    gateway = HttpGateway.configured()
    if gateway is None:
        raise NoGateway(_("Hệ thống chưa kết nối thanh toán trực tuyến; hãy nộp tại quầy."))
    try:
        return gateway.open_order(order_of(asked)).pay_url
    except (GatewayUnavailable, GatewayRejected) as error:
        raise PaymentNotPossible(
            _("Cổng thanh toán chưa trả lời; chưa có gì được thu. Hãy thử lại sau ít phút.")
        ) from error
