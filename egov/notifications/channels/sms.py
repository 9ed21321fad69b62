"""Text messages through the operator's gateway: signed in with a token, each message known by its own key.

``POST /messages`` with ``key, to, text`` answers 202 and ``{"key": …}`` when the gateway has taken it
over; the same key again is the same message. Only that whole answer counts as sent.
"""

from http import HTTPStatus

import requests
from django.conf import settings

NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class SmsUnavailable(Exception):
    """The gateway did not take it over now; it may later."""


class SmsRejected(Exception):
    """The gateway will never take it over."""


def send_sms(*, key: str, to: str, text: str) -> None:
    """Hand one message over. Raises SmsUnavailable, SmsRejected."""
    if not settings.SMS_GATEWAY_URL:
        raise SmsUnavailable("no gateway")
    try:
        answer = requests.post(
            f"{settings.SMS_GATEWAY_URL}/messages",
            json={"key": key, "to": to, "text": text},
            headers={"Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}"},
            timeout=settings.SMS_GATEWAY_TIMEOUTS,
            allow_redirects=False,
        )
    except requests.RequestException as error:
        raise SmsUnavailable(type(error).__name__) from error
    status = answer.status_code
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in NOT_NOW:
        raise SmsRejected(f"status {status}")
    try:
        taken = status == HTTPStatus.ACCEPTED and answer.json() == {"key": key}
    except requests.JSONDecodeError:
        taken = False
    if not taken:
        raise SmsUnavailable(f"status {status}")
