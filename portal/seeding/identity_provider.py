"""A provider of electronic identities for the demo: whoever opens its page may be any of its people.

It speaks the same OpenID Connect as a real one (discovery, authorization code with PKCE, signed ID token,
RP-initiated sign-out), so that the portal needs no door of its own for the demo. It proves nothing about
anybody and must never stand beside real dossiers: only ``manage.py serve_demo_identity`` starts it.
"""

import base64
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CODE_SECONDS = 60
TOKEN_SECONDS = 300
STYLE = (
    "body{font:1rem/1.5 sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#1c1d21}"
    "h1{font-size:1.5rem}button{display:block;width:100%;min-height:3rem;margin:0 0 .75rem;padding:.5rem;"
    "font:inherit;text-align:left;background:#fff;border:1px solid #6b6f76;border-radius:.5rem}"
    "button:hover,button:focus-visible{outline:3px solid #0b57d0}small{display:block;color:#4a4d55}"
)


@dataclass(frozen=True)
class Person:
    """Whom the provider vouches for."""

    number: str
    name: str
    level: int
    residence: str


@dataclass(frozen=True)
class Asked:
    """An authorization request, and who answered it."""

    redirect_uri: str
    nonce: str
    challenge: str
    person: Person
    until: float


class Wrong(Exception):
    """A request that the protocol forbids."""


@dataclass
class IdentityProvider:
    """Its people, its one client, its key; a code is good once and for a minute."""

    issuer: str
    client_id: str
    client_secret: str
    people: Sequence[Person]
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}))
    codes: dict[str, Asked] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def metadata(self) -> dict[str, Any]:
        """What it publishes of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "end_session_endpoint": f"{self.issuer}/sign-out",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        """The public half of its key."""
        self.key.ensure_kid()
        return dict(KeySet([self.key]).as_dict(private=False))

    def page(self, query: Mapping[str, str]) -> str:
        """Who one wants to be. Raises Wrong."""
        if query.get("client_id") != self.client_id or query.get("response_type") != "code":
            raise Wrong("client_id, response_type")
        if not query.get("redirect_uri", "").startswith(("http://", "https://")):
            raise Wrong("redirect_uri")
        if not query.get("code_challenge") or query.get("code_challenge_method") != "S256":
            raise Wrong("code_challenge")
        kept = "".join(
            f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'
            for name, value in query.items()
        )
        choices = "".join(
            f'<button name="person" value="{person.number}">{escape(person.name)}'
            f"<small>{person.number} – mức độ {person.level} – {escape(person.residence)}</small></button>"
            for person in self.people
        )
        return (
            "<h1>Định danh điện tử (thử nghiệm)</h1><p>Đây không phải hệ thống định danh thật: ai cũng chọn "
            "được bất kỳ người nào dưới đây. Không nhập thông tin thật.</p>"
            f'<form method="post" action="/authorize">{kept}{choices}'
            '<button name="person" value="">Không đăng nhập</button></form>'
        )

    def answer(self, form: Mapping[str, str], at: float) -> str:
        """The address back to the client, with a code or a no. Raises Wrong."""
        back, state = form.get("redirect_uri", ""), form.get("state", "")
        person = next((one for one in self.people if one.number == form.get("person")), None)
        if person is None:
            said = {"error": "access_denied", "state": state}
        else:
            code = secrets.token_urlsafe(32)
            asked = Asked(
                back, form.get("nonce", ""), form.get("code_challenge", ""), person, at + CODE_SECONDS
            )
            with self.lock:
                self.codes[code] = asked
            said = {"code": code, "state": state}
        return f"{back}{'&' if urlsplit(back).query else '?'}{urlencode(said)}"

    def token(self, form: Mapping[str, str], credentials: tuple[str, str], at: float) -> dict[str, Any]:
        """What a code is worth. Raises Wrong."""
        known = (self.client_id, self.client_secret)
        if not all(map(secrets.compare_digest, credentials, known)):
            raise Wrong("invalid_client")
        with self.lock:
            asked = self.codes.pop(form.get("code", ""), None)
        if asked is None or asked.until < at or asked.redirect_uri != form.get("redirect_uri"):
            raise Wrong("invalid_grant")
        proof = sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(proof).rstrip(b"=").decode() != asked.challenge:
            raise Wrong("invalid_grant")
        return {
            "access_token": secrets.token_urlsafe(32),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "id_token": self.sign(self.claims(asked, at)),
        }

    def claims(self, asked: Asked, at: float) -> dict[str, Any]:
        """What is said of the person."""
        return {
            "iss": self.issuer,
            "sub": sha256(asked.person.number.encode()).hexdigest(),
            "aud": self.client_id,
            "iat": int(at),
            "exp": int(at) + TOKEN_SECONDS,
            "nonce": asked.nonce,
            "name": asked.person.name,
            "personal_number": asked.person.number,
            "identity_level": asked.person.level,
            "address": {"formatted": asked.person.residence},
        }

    def sign(self, claims: dict[str, Any]) -> str:
        """The claims under the provider's signature."""
        self.key.ensure_kid()
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)


class Desk(BaseHTTPRequestHandler):
    """One request to the provider."""

    provider: IdentityProvider

    def do_GET(self) -> None:
        """Its pages, and what it publishes."""
        address = urlsplit(self.path)
        query = _flat(address.query)
        try:
            match address.path:
                case "/.well-known/openid-configuration":
                    self._json(200, self.provider.metadata())
                case "/jwks":
                    self._json(200, self.provider.keys())
                case "/authorize":
                    self._page(200, self.provider.page(query))
                case "/sign-out":
                    back = escape(query.get("post_logout_redirect_uri", "/"))
                    self._page(200, f'<h1>Đã đăng xuất</h1><p><a href="{back}">Trở lại</a></p>')
                case _:
                    self._page(404, "<h1>Không có trang này</h1>")
        except Wrong as wrong:
            self._page(400, f"<h1>Yêu cầu đăng nhập không hợp lệ</h1><p>{escape(str(wrong))}</p>")

    def do_POST(self) -> None:
        """Somebody chose who to be; or the client redeems a code."""
        form = _flat(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        if self.path == "/authorize":
            self.send_response(303)
            self.send_header("Location", self.provider.answer(form, time.time()))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        try:
            self._json(200, self.provider.token(form, self._credentials(form), time.time()))
        except Wrong as wrong:
            self._json(400, {"error": str(wrong)})

    def log_message(self, *_words: object) -> None:
        """The demo's log is for what goes wrong."""

    def _credentials(self, form: Mapping[str, str]) -> tuple[str, str]:
        kind, _space, basic = self.headers.get("Authorization", "").partition(" ")
        if kind != "Basic":
            return form.get("client_id", ""), form.get("client_secret", "")
        client, _colon, secret = base64.b64decode(basic).decode().partition(":")
        return unquote(client), unquote(secret)

    def _json(self, status: int, answer: object) -> None:
        self._send(status, "application/json", json.dumps(answer).encode())

    def _page(self, status: int, body: str) -> None:
        head = (
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        )
        page = f'<!doctype html><html lang="vi"><title>Định danh thử nghiệm</title>{head}{body}</html>'
        self._send(status, "text/html; charset=utf-8", page.encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def make_server(provider: IdentityProvider, host: str, port: int) -> ThreadingHTTPServer:
    """The provider at that address; the caller serves and closes it."""
    return ThreadingHTTPServer((host, port), type("DeskOfOne", (Desk,), {"provider": provider}))


def _flat(text: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(text, keep_blank_values=True).items()}
