"""A conversation with another system over HTTP: JSON, a bearer token that expires.

Only a whole answer with status 2xx that names what was sent is an acknowledgement. A connection that breaks
in the middle, an answer that is cut off or is not JSON, a redirect: each leaves the call open.
"""

import time
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Any, Self

import requests
from django.utils.translation import gettext as _

# Seconds before its end at which a token is no longer used.
TOKEN_MARGIN = 30
LONGEST_WAIT = 3600
WORDS_LENGTH = 400
# Refusals that say "not now" rather than "never".
NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})

# Tokens of this process by address and client, with the moment (monotonic) at which they end.
_tokens: dict[tuple[str, str], tuple[str, float]] = {}


class Unavailable(Exception):
    """No answer that counts: nothing is known of what became of the call, so it is made again later."""

    def __init__(self, words: str, *, wait: int = 0) -> None:
        super().__init__(words)
        # Seconds that the other side itself asked for; 0 when it did not.
        self.wait = wait


class Rejected(Exception):
    """The other side understood and refuses; the same call again would be refused again."""


@dataclass(frozen=True, slots=True)
class Partner:
    """Whom we speak to, and as whom."""

    # As people call it, in the words of a fault.
    name: str
    # Without a slash at the end.
    url: str
    client_id: str
    secret: str
    # Seconds: to be connected, and between two pieces of an answer.
    timeouts: tuple[float, float]


class Conversation:
    """One conversation; use it as a context. Every call raises Unavailable and Rejected."""

    def __init__(self, partner: Partner) -> None:
        self._partner = partner
        self._session = requests.Session()
        # A .netrc of the machine would take the place of the token.
        self._session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._session.close()

    def call(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        """Make one call, with a new token if the one we have has ended; the answer, an object."""
        headers = sent.pop("headers", {})
        response = self._send(method, path, headers | self._bearer(), **sent)
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            # It may have ended before its time; a second refusal is about who we are.
            forget_token(self._partner)
            response = self._send(method, path, headers | self._bearer(), **sent)
            if response.status_code == HTTPStatus.UNAUTHORIZED:
                raise Unavailable(
                    _("%(partner)s không chấp nhận phiên kết nối của tỉnh.") % {"partner": self._partner.name}
                )
        return self._judged(response)

    def same(self, answer: dict[str, Any], **sent: object) -> None:
        """Make sure that the answer names what was sent: an acknowledgement of something else is none."""
        for name, value in sent.items():
            if answer.get(name) != value:
                raise Unavailable(
                    _("Câu trả lời của %(partner)s không khớp nội dung đã gửi (%(name)s).")
                    % {"partner": self._partner.name, "name": name}
                )

    def text(self, answer: dict[str, Any], name: str) -> str:
        """A text that the answer must have."""
        value = answer.get(name)
        if not isinstance(value, str) or not value:
            raise self.unreadable()
        return value

    def unreadable(self) -> Unavailable:
        """The fault of an answer that is not what was agreed."""
        return Unavailable(_("Câu trả lời của %(partner)s không đọc được.") % {"partner": self._partner.name})

    def _bearer(self) -> dict[str, str]:
        partner = self._partner
        token, ends = _tokens.get((partner.url, partner.client_id), ("", 0.0))
        if time.monotonic() >= ends:
            credentials = {"client_id": partner.client_id, "client_secret": partner.secret}
            response = self._send("POST", "token", {}, json=credentials)
            try:
                answer = self._judged(response)
            except Rejected as error:
                # Of the connection, not of the content: nothing is wrong with what we have to tell.
                raise Unavailable(
                    _("%(partner)s không nhận tài khoản kết nối của tỉnh: %(words)s")
                    % {"partner": partner.name, "words": error}
                ) from error
            token, seconds = self.text(answer, "access_token"), answer.get("expires_in")
            if not isinstance(seconds, int):
                raise self.unreadable()
            _tokens[partner.url, partner.client_id] = (token, time.monotonic() + seconds - TOKEN_MARGIN)
        return {"Authorization": f"Bearer {token}"}

    def _send(self, method: str, path: str, headers: dict[str, str], **sent: Any) -> requests.Response:
        try:
            return self._session.request(
                method,
                f"{self._partner.url}/{path}",
                headers=headers,
                timeout=self._partner.timeouts,
                allow_redirects=False,
                **sent,
            )
        except requests.RequestException as error:
            raise Unavailable(
                _("Không kết nối được, hoặc mất kết nối giữa chừng (%(kind)s).")
                % {"kind": type(error).__name__}
            ) from error

    def _judged(self, response: requests.Response) -> dict[str, Any]:
        status, partner = response.status_code, self._partner.name
        if status in NOT_NOW or not HTTPStatus.OK <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unavailable(
                _("%(partner)s đang bận hoặc gặp sự cố (HTTP %(status)d).")
                % {"partner": partner, "status": status},
                wait=_wait(response),
            )
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            raise Unavailable(
                _("%(partner)s chuyển sang địa chỉ khác (HTTP %(status)d).")
                % {"partner": partner, "status": status}
            )
        try:
            answer = response.json()
        except requests.JSONDecodeError as error:
            if status >= HTTPStatus.BAD_REQUEST:
                raise Rejected(f"HTTP {status}") from error
            raise self.unreadable() from error
        if status >= HTTPStatus.BAD_REQUEST:
            words = answer.get("message") if isinstance(answer, dict) else None
            raise Rejected(f"HTTP {status}: {words or ''}"[:WORDS_LENGTH])
        if not isinstance(answer, dict):
            raise self.unreadable()
        return answer


def forget_token(partner: Partner) -> None:
    """Get a new token before the next call."""
    _tokens.pop((partner.url, partner.client_id), None)


def _wait(response: requests.Response) -> int:
    said = response.headers.get("Retry-After", "")
    return min(int(said[:9]), LONGEST_WAIT) if said.isascii() and said.isdigit() else 0
