"""How each side proves that a call is its own: HMAC-SHA256 over moment, nonce, address and content.

The secret never travels. A call is good for some minutes only and its nonce for once, so whoever records one
cannot play it again; the address is signed, so it cannot be played elsewhere.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from onestop.exchange.gateways.interface import NoticeNotGenuine

MERCHANT, MOMENT, NONCE, SIGNATURE = "X-Merchant", "X-Timestamp", "X-Nonce", "X-Signature"
# Clocks of two machines differ, calls wait in queues; more than this is a call played again.
WINDOW = timedelta(minutes=5)
NONCE_SHAPE = re.compile(r"[0-9A-Za-z_-]{16,64}")
MOMENT_SHAPE = re.compile(r"[0-9]{9,11}")


def signed_headers(
    *, merchant: str, secret: str, method: str, path: str, body: bytes, at: datetime
) -> dict[str, str]:
    """Headers that prove a call of ours, with a nonce of its own."""
    moment, nonce = str(int(at.timestamp())), secrets.token_urlsafe(18)
    return {
        MERCHANT: merchant,
        MOMENT: moment,
        NONCE: nonce,
        SIGNATURE: signature(secret, moment=moment, nonce=nonce, method=method, path=path, body=body),
    }


def proven_nonce(
    headers: Mapping[str, str],
    *,
    merchant: str,
    secret: str,
    method: str,
    path: str,
    body: bytes,
    at: datetime,
) -> str:
    """The nonce of a call that is genuine and of now. Raises NoticeNotGenuine without saying which part of it
    is wrong."""
    moment, nonce, said = (headers.get(name, "") for name in (MOMENT, NONCE, SIGNATURE))
    right = signature(secret, moment=moment, nonce=nonce, method=method, path=path, body=body)
    # Compared first and in constant time: how long a refusal takes tells nothing.
    genuine = hmac.compare_digest(right.encode(), said.encode())
    ours = hmac.compare_digest(merchant.encode(), headers.get(MERCHANT, "").encode())
    if not (secret and genuine and ours and NONCE_SHAPE.fullmatch(nonce) and _is_now(moment, at)):
        raise NoticeNotGenuine("the call does not prove to be the gateway's")
    return nonce


def signature(secret: str, *, moment: str, nonce: str, method: str, path: str, body: bytes) -> str:
    """Hexadecimal HMAC-SHA256 of the five parts, a line each; of the content its hash."""
    lines = "\n".join((moment, nonce, method.upper(), path, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), lines.encode(), hashlib.sha256).hexdigest()


def _is_now(moment: str, at: datetime) -> bool:
    if not MOMENT_SHAPE.fullmatch(moment):
        return False
    return abs(datetime.fromtimestamp(int(moment), UTC) - at) <= WINDOW
