"""The payment gateway over HTTP: signed JSON both ways.

==============================  ===============================================================
``POST /orders``                code, amount, currency, description, expires_at, callback_url →
                                code, amount, order, pay_url
``GET /days/2026-03-02?page=1``  results: the payments of the day; more: whether there are further pages
our door (``POST``)             transaction, code, amount, currency, paid_at, payer
==============================  ===============================================================

Only a whole answer that names what was asked counts; everything else leaves the call open.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from onestop.exchange.gateways.interface import (
    GatewayRejected,
    GatewayUnavailable,
    Notice,
    NoticeNotGenuine,
    OpenedOrder,
    Order,
    Paid,
)
from onestop.exchange.gateways.signature import proven_nonce, signed_headers

DONG = "VND"
NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
MOST_PAGES = 10_000
WORDS_LENGTH = 300
ADDRESS_LENGTH = 500
# What the columns hold; a longer one is no transaction of the gateway.
TRANSACTION_LENGTH, CODE_LENGTH, PAYER_LENGTH = 80, 60, 200
MOST_DONG = 2_000_000_000


class HttpGateway:
    """The gateway at one address, for one merchant."""

    def __init__(self, url: str, merchant: str, secret: str, callback_url: str) -> None:
        self._url, self._merchant, self._secret = url, merchant, secret
        self._callback_url = callback_url

    @classmethod
    def configured(cls) -> "HttpGateway | None":
        """The gateway that the settings name; None where nobody can pay online."""
        if not settings.PAYMENT_GATEWAY_URL:
            return None
        return cls(
            settings.PAYMENT_GATEWAY_URL,
            settings.PAYMENT_GATEWAY_MERCHANT,
            settings.PAYMENT_GATEWAY_SECRET,
            settings.PAYMENT_CALLBACK_URL,
        )

    def open_order(self, order: Order) -> OpenedOrder:
        answer = self._call(
            "POST",
            "/orders",
            {
                "code": order.code,
                "amount": order.amount,
                "currency": DONG,
                "description": order.description,
                "expires_at": order.expires_at.isoformat(),
                "callback_url": self._callback_url,
            },
        )
        match answer:
            case {
                "code": order.code,
                "amount": order.amount,
                "order": str(reference),
                "pay_url": str(pay_url),
            }:
                if reference and _is_web_address(pay_url):
                    return OpenedOrder(reference, pay_url)
        raise GatewayUnavailable("the answer is not about this order")

    def read_notice(
        self, headers: Mapping[str, str], *, method: str, path: str, body: bytes, at: datetime
    ) -> Notice:
        nonce = proven_nonce(
            headers,
            merchant=self._merchant,
            secret=self._secret,
            method=method,
            path=path,
            body=body,
            at=at,
        )
        try:
            said = json.loads(body)
        except ValueError as error:
            raise NoticeNotGenuine("the call is not JSON") from error
        paid = _paid(said)
        if paid is None:
            raise NoticeNotGenuine("the call does not tell of a payment")
        return Notice(nonce, paid)

    def paid_on(self, day: date) -> Iterator[Paid]:
        for page in range(1, MOST_PAGES):
            answer = self._call("GET", f"/days/{day.isoformat()}?page={page}")
            rows = answer.get("results")
            if not isinstance(rows, list):
                raise GatewayUnavailable("the list has no results")
            for row in rows:
                paid = _paid(row)
                if paid is None:
                    raise GatewayUnavailable("a line of the list cannot be read")
                yield paid
            if not answer.get("more"):
                return
        raise GatewayUnavailable("the list has no end")

    def _call(self, method: str, path: str, content: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(content).encode() if content is not None else b""
        address = self._url + path
        headers = signed_headers(
            merchant=self._merchant,
            secret=self._secret,
            method=method,
            path=address.removeprefix(_origin(address)),
            body=body,
            at=timezone.now(),
        )
        try:
            # A session of its own: a .netrc of the machine would add credentials to the call.
            with requests.Session() as session:
                session.trust_env = False
                response = session.request(
                    method,
                    address,
                    data=body or None,
                    headers=headers | {"Content-Type": "application/json"},
                    timeout=settings.PAYMENT_GATEWAY_TIMEOUTS,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            raise GatewayUnavailable(f"{type(error).__name__}: {error}"[:WORDS_LENGTH]) from error
        return _judged(response)


def _judged(response: requests.Response) -> dict[str, Any]:
    status = response.status_code
    if status in NOT_NOW or not HTTPStatus.OK <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise GatewayUnavailable(f"HTTP {status}")
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise GatewayUnavailable(f"HTTP {status}: a redirect is not followed")
    try:
        answer = response.json()
    except requests.JSONDecodeError as error:
        if status >= HTTPStatus.BAD_REQUEST:
            raise GatewayRejected(f"HTTP {status}") from error
        raise GatewayUnavailable("the answer cannot be read") from error
    if status >= HTTPStatus.BAD_REQUEST:
        words = answer.get("message") if isinstance(answer, dict) else None
        raise GatewayRejected(f"HTTP {status}: {words or ''}"[:WORDS_LENGTH])
    if not isinstance(answer, dict):
        raise GatewayUnavailable("the answer is not an object")
    return answer


def _paid(said: object) -> Paid | None:
    """A payment as the gateway writes it; None for anything else."""
    match said:
        case {
            "transaction": str(transaction),
            "code": str(code),
            "amount": int(amount),
            "currency": "VND",
            "paid_at": str(moment),
            "payer": str(payer),
        } if not isinstance(amount, bool):
            paid_at = _moment(moment)
            fits = 0 < len(transaction) <= TRANSACTION_LENGTH and 0 < len(code) <= CODE_LENGTH
            plain = "\0" not in transaction + code + payer
            if paid_at is not None and fits and plain and 0 < amount <= MOST_DONG:
                return Paid(transaction, code, amount, paid_at, payer[:PAYER_LENGTH])
    return None


def _moment(text: str) -> datetime | None:
    """A moment with its zone; one without says nothing."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _is_web_address(text: str) -> bool:
    """Where people are sent: never to ``javascript:`` or a place that the page would not show."""
    return len(text) <= ADDRESS_LENGTH and urlsplit(text).scheme in {"http", "https"}


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
