"""Providers of electronic identities for tests: one that is not ours, in a process of its own, and one that
forges.

The first is ``oidc-provider-mock``; people are told to it through :meth:`Provider.person` and choose
themselves on its page. It knows nothing of PKCE, which the demo's provider (the second's parent) does check.
"""

import base64
import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from joserfc import jws
from joserfc.jwk import OctKey, RSAKey

from portal.seeding.demo_people import DEMO_PEOPLE
from portal.seeding.identity_provider import Asked, IdentityProvider, make_server
from tests.support.processes import wait_until

CLIENT, SECRET = "thai-binh", "only-for-tests-" + "z" * 20
START_SECONDS = 30


@dataclass(frozen=True)
class Provider:
    """The process of a provider that is not ours."""

    url: str

    def person(self, subject: str, **claims: object) -> str:
        """Somebody whom it vouches for from now on; the name by which they choose themselves on its page."""
        request = urllib.request.Request(
            f"{self.url}/users/{urllib.parse.quote(subject)}",
            data=json.dumps(claims).encode(),
            method="PUT",
            headers={"Content-Type": "application/json"},
        )
        urllib.request.urlopen(request, timeout=10).close()
        return subject

    def chosen(self, page: str, subject: str) -> str:
        """Where the browser is sent after that person has chosen themselves on the page."""
        return _redirected(page, {"sub": subject})

    def denied(self, page: str) -> str:
        """Where it is sent after they said no."""
        return _redirected(page, {"action": "deny"})


@contextmanager
def running() -> Iterator[Provider]:
    """Start it on a free port; end it afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONWARNINGS": "ignore"},
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until(lambda: _serves(url, process), "the provider", START_SECONDS)
        yield Provider(url)
    finally:
        process.terminate()
        process.wait(timeout=10)


@dataclass
class Forger(IdentityProvider):
    """The demo's provider, whose answers a test bends: claims, signature, keys, metadata."""

    bend: Callable[[dict[str, Any]], object] = field(default=lambda claims: claims)
    signing: str = "own"
    published: dict[str, Any] = field(default_factory=dict)
    without_id_token: bool = False

    def metadata(self) -> dict[str, Any]:
        return super().metadata() | self.published

    def claims(self, asked: Asked, at: float) -> dict[str, Any]:
        claims = super().claims(asked, at)
        self.bend(claims)
        return claims

    def sign(self, claims: dict[str, Any]) -> str:
        words = json.dumps(claims).encode()
        self.key.ensure_kid()
        match self.signing:
            case "none":
                return f"{_base64(json.dumps({'alg': 'none'}).encode())}.{_base64(words)}."
            case "other key":
                stranger = RSAKey.generate_key(2048)
                return jws.serialize_compact({"alg": "RS256", "kid": self.key.kid}, words, stranger)
            case "client secret":
                shared = OctKey.import_key(self.client_secret)
                return jws.serialize_compact({"alg": "HS256"}, words, shared, algorithms=["HS256"])
            case "changed after signing":
                head, _body, signature = super().sign(claims).split(".")
                _head, body, _signature = (
                    super().sign(claims | {"personal_number": "034190009999"}).split(".")
                )
                return f"{head}.{body}.{signature}"
            case "rubbish":
                return "not.a.token"
        return super().sign(claims)

    def token(self, form: Any, credentials: tuple[str, str], at: float) -> dict[str, Any]:
        answer = super().token(form, credentials, at)
        if self.without_id_token:
            del answer["id_token"]
        return answer

    def chosen(self, page: str, number: str) -> str:
        """Where the browser is sent after the person with that number has chosen themselves."""
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page).query))
        return _redirected(f"{self.issuer}/authorize", query | {"person": number})


@contextmanager
def forging() -> Iterator[Forger]:
    """A provider of this process, on a free port, with a key of its own."""
    forger = Forger("", CLIENT, SECRET, DEMO_PEOPLE)
    server = make_server(forger, "127.0.0.1", 0)
    forger.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield forger
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_words: object) -> None:
        return None


def _redirected(page: str, form: dict[str, str]) -> str:
    request = urllib.request.Request(page, data=urllib.parse.urlencode(form).encode(), method="POST")
    try:
        urllib.request.build_opener(_Stay).open(request, timeout=10).close()
    except urllib.error.HTTPError as answer:
        with answer:
            return str(answer.headers["Location"])
    raise AssertionError("the provider did not send the browser on")


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _serves(url: str, process: subprocess.Popen[bytes]) -> bool:
    assert process.poll() is None, "the provider ended"
    try:
        urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=5).close()
    except OSError:
        return False
    return True
