"""Where the payment gateway tells of payments: no session and no cookie, only its signature opens it."""

import structlog
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from egov.accounts.login.address import address_of
from egov.workflow.refusal import Refusal
from onestop.actions.take_callback import GatewayCaller, request_named, take_callback
from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import Notice, NoticeNotGenuine
from onestop.exchange.gateways.nonces import used_once

log = structlog.get_logger(__name__)
# A notice is some hundred bytes.
LONGEST = 10_000


@csrf_exempt  # there is no session to ride on: each call proves itself
@login_not_required
@require_POST
def payment_callback(request: HttpRequest) -> HttpResponse:
    """Book a payment. 200 only once it is in the database; whatever is not the gateway's gets one answer."""
    address = address_of(request)
    try:
        notice = _genuine(request)
        with used_once(notice.nonce):
            payment = take_callback(
                GatewayCaller(address), request_named(notice.paid.code), notice.paid, at=timezone.now()
            )
    except NoticeNotGenuine as fault:
        log.warning("payment_notice_refused", address=address, fault=str(fault))
        return JsonResponse({"detail": _("Thông báo không được chấp nhận.")}, status=403)
    except Refusal as refusal:
        log.warning("payment_notice_not_booked", address=address, reason=str(refusal))
        return JsonResponse({"detail": str(refusal)}, status=refusal.status)
    return JsonResponse({"transaction": payment.transaction_id, "kind": payment.kind})


def _genuine(request: HttpRequest) -> Notice:
    """What the call says, if it is the gateway's."""
    gateway = HttpGateway.configured()
    if gateway is None:
        raise NoticeNotGenuine("nobody can pay online here")
    return gateway.read_notice(
        request.headers, method="POST", path=request.path, body=_body(request), at=timezone.now()
    )


def _body(request: HttpRequest) -> bytes:
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()) or int(length) > LONGEST:
        raise NoticeNotGenuine("too long for a notice")
    try:
        return request.body
    except RequestDataTooBig as error:
        raise NoticeNotGenuine("too long for a notice") from error
