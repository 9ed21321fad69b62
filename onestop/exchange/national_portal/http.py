"""The national portal over HTTP: JSON, a bearer token that expires, addresses that name what they set.

Only a whole answer with status 2xx that names what was sent is an acknowledgement. A connection that breaks
in the middle, an answer that is cut off or is not JSON, a redirect: each leaves the call open (rule 50).
"""

import time
from collections.abc import Iterator
from datetime import date
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from onestop.exchange.national_portal.interface import (
    Content,
    PortalRejected,
    PortalUnavailable,
    Standing,
)

# Seconds before its end at which a token is no longer used.
TOKEN_MARGIN = 30
LONGEST_WAIT = 3600
WORDS_LENGTH = 400
# Refusals that say "not now" rather than "never".
NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
MOST_PAGES = 10_000

# Tokens of this process by address and client, with the moment (monotonic) at which they end.
_tokens: dict[tuple[str, str], tuple[str, float]] = {}


class HttpPortal:
    """One conversation with the portal; use it as a context."""

    def __init__(self, url: str, client_id: str, secret: str) -> None:
        self._url, self._client_id, self._secret = url, client_id, secret
        self._session = requests.Session()
        # A .netrc of the machine would take the place of the token.
        self._session.trust_env = False

    @classmethod
    def configured(cls) -> "HttpPortal":
        """The portal that the settings name."""
        return cls(
            settings.NATIONAL_PORTAL_URL, settings.NATIONAL_PORTAL_CLIENT_ID, settings.NATIONAL_PORTAL_SECRET
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def next_number(self, reference: str, *, known_as: str) -> str:
        answer = self._call("POST", "numbers", json={"reference": reference, "known_as": known_as})
        _same(answer, reference=reference)
        return _text(answer, "number")

    def upload(self, content: bytes, *, sha256: str, name: str, media_type: str) -> str:
        answer = self._call(
            "PUT",
            f"files/{sha256}",
            data=content,
            params={"name": name},
            headers={"Content-Type": media_type},
        )
        _same(answer, sha256=sha256)
        return _text(answer, "id")

    def open_dossier(self, number: str, content: Content) -> None:
        _same(self._call("PUT", f"dossiers/{_part(number)}", json=dict(content)), number=number)

    def tell_progress(self, number: str, sequence: int, content: Content) -> None:
        answer = self._call("PUT", f"dossiers/{_part(number)}/progress/{sequence}", json=dict(content))
        _same(answer, number=number, sequence=sequence)

    def tell_status(self, number: str, sequence: int, content: Content) -> str:
        answer = self._call("PUT", f"dossiers/{_part(number)}/statuses/{sequence}", json=dict(content))
        _same(answer, number=number, sequence=sequence, code=content["code"])
        return _text(answer, "id")

    def updated_on(self, day: date) -> Iterator[Standing]:
        for page in range(1, MOST_PAGES):
            answer = self._call("GET", "dossiers", params={"updated_on": day.isoformat(), "page": str(page)})
            rows = answer.get("results")
            if not isinstance(rows, list):
                raise PortalUnavailable(_unreadable())
            for row in rows:
                yield _standing(row)
            if not answer.get("more"):
                return
        raise PortalUnavailable(_unreadable())

    def _call(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        headers = sent.pop("headers", {})
        response = self._send(method, path, headers | self._bearer(), **sent)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            # It may have ended before its time; a second refusal is about who we are.
            _tokens.pop((self._url, self._client_id), None)
            response = self._send(method, path, headers | self._bearer(), **sent)
            if response.status_code == HTTPStatus.UNAUTHORIZED:
                raise PortalUnavailable(_("Cổng quốc gia không chấp nhận phiên kết nối của tỉnh."))
        return _judged(response)

    def _bearer(self) -> dict[str, str]:
        key = (self._url, self._client_id)
        token, ends = _tokens.get(key, ("", 0.0))
        if time.monotonic() >= ends:
            response = self._send(
                "POST", "token", {}, json={"client_id": self._client_id, "client_secret": self._secret}
            )
            try:
                answer = _judged(response)
            except PortalRejected as error:
                # Of the connection, not of the dossier: nothing is wrong with what we have to tell.
                raise PortalUnavailable(
                    _("Cổng quốc gia không nhận tài khoản kết nối của tỉnh: %(words)s") % {"words": error}
                ) from error
            token, seconds = _text(answer, "access_token"), answer.get("expires_in")
            if not isinstance(seconds, int):
                raise PortalUnavailable(_unreadable())
            _tokens[key] = (token, time.monotonic() + seconds - TOKEN_MARGIN)
        return {"Authorization": f"Bearer {token}"}

    def _send(self, method: str, path: str, headers: dict[str, str], **sent: Any) -> requests.Response:
        try:
            return self._session.request(
                method,
                f"{self._url}/{path}",
                headers=headers,
                timeout=settings.NATIONAL_PORTAL_TIMEOUTS,
                allow_redirects=False,
                **sent,
            )
        except requests.RequestException as error:
            raise PortalUnavailable(
                _("Không kết nối được, hoặc mất kết nối giữa chừng (%(kind)s).")
                % {"kind": type(error).__name__}
            ) from error


def _judged(response: requests.Response) -> dict[str, Any]:
    status = response.status_code
    if status in NOT_NOW or not HTTPStatus.OK <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PortalUnavailable(
            _("Cổng quốc gia đang bận hoặc gặp sự cố (HTTP %(status)d).") % {"status": status},
            wait=_wait(response),
        )
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        raise PortalUnavailable(
            _("Cổng quốc gia chuyển sang địa chỉ khác (HTTP %(status)d).") % {"status": status}
        )
    try:
        answer = response.json()
    except requests.JSONDecodeError as error:
        if status >= HTTPStatus.BAD_REQUEST:
            raise PortalRejected(f"HTTP {status}") from error
        raise PortalUnavailable(_unreadable()) from error
    if status >= HTTPStatus.BAD_REQUEST:
        words = answer.get("message") if isinstance(answer, dict) else None
        raise PortalRejected(f"HTTP {status}: {words or ''}"[:WORDS_LENGTH])
    if not isinstance(answer, dict):
        raise PortalUnavailable(_unreadable())
    return answer


def _same(answer: dict[str, Any], **sent: object) -> None:
    """An acknowledgement of something else is none."""
    for name, value in sent.items():
        if answer.get(name) != value:
            raise PortalUnavailable(
                _("Câu trả lời của Cổng quốc gia không khớp nội dung đã gửi (%(name)s).") % {"name": name}
            )


def _text(answer: dict[str, Any], name: str) -> str:
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise PortalUnavailable(_unreadable())
    return value


def _standing(row: object) -> Standing:
    match row:
        case {"number": str(number), "code": int(code), "sequence": int(sequence)}:
            return Standing(number, code, sequence)
    raise PortalUnavailable(_unreadable())


def _unreadable() -> str:
    return _("Câu trả lời của Cổng quốc gia không đọc được.")


def _wait(response: requests.Response) -> int:
    said = response.headers.get("Retry-After", "")
    return min(int(said[:9]), LONGEST_WAIT) if said.isascii() and said.isdigit() else 0


def _part(number: str) -> str:
    return quote(number, safe="")
