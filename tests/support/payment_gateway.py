"""A stand-in for the payment gateway: a real HTTP process with its books, a pay page, and illnesses.

Run as ``python -m tests.support.payment_gateway PORT_FILE``. It knows nothing of our code: signatures are
made and checked by its own lines. Tests talk to it through :class:`StandIn`.
"""

import hashlib
import hmac
import json
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
MERCHANT, SECRET = "thai-binh", "only-for-tests-" + "z" * 40
PAGE = 2
START_SECONDS = 20
VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Books:
    """What the gateway knows."""

    orders: dict[str, Any] = field(default_factory=dict)
    # In the order in which they were paid.
    payments: list[dict[str, Any]] = field(default_factory=list)
    nonces: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    # What goes wrong next: {"on": part of the address, "kind": …, "times": …}.
    faults: list[dict[str, Any]] = field(default_factory=list)


class Refused(Exception):
    """A clear no, with its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def sign(moment: str, nonce: str, method: str, path: str, body: bytes, *, secret: str = SECRET) -> str:
    text = "\n".join([moment, nonce, method, path, hashlib.sha256(body).hexdigest()])
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def told(
    url: str, content: dict[str, Any], *, moment: float | None = None, nonce: str = "", secret: str = SECRET
) -> tuple[dict[str, str], bytes]:
    """Headers and content with which the gateway tells ``url`` of a payment."""
    body = json.dumps(content).encode()
    said_at, said_nonce = str(int(moment or time.time())), nonce or secrets.token_urlsafe(18)
    return {
        "Content-Type": "application/json",
        "X-Merchant": MERCHANT,
        "X-Timestamp": said_at,
        "X-Nonce": said_nonce,
        "X-Signature": sign(said_at, said_nonce, "POST", urlsplit(url).path, body, secret=secret),
    }, body


class Desk(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    books = Books()
    lock = Lock()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, *_words: object) -> None:
        """Tests ask for what they want to know."""

    def _answer(self) -> None:  # noqa: PLR0911  (each illness ends the request in its own way)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urlsplit(self.path)
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        if parts[0] == "control":
            return self._reply(200, self._control(parts[1], json.loads(body or b"null")))
        if parts[0] == "pay":
            return self._pay_page(parts[1])
        with self.lock:
            self.books.calls.append(f"{self.command} {self.path}")
            fault = self._fault(address.path)
        if fault == "hang":
            time.sleep(3)
        if fault in {"hang", "drop"}:
            self.close_connection = True
            return None
        if fault == "garbage":
            return self._raw(200, b"<html>200 OK</html>", "text/html")
        if fault == "empty":
            return self._reply(200, {})
        if fault == "redirect":
            return self._reply(302, {}, ("Location", "/elsewhere"))
        if fault.isdigit():
            return self._reply(int(fault), {"message": "Hệ thống đang bảo trì."})
        try:
            with self.lock:
                self._require_signature(body)
                answer = self._do(parts, parse_qs(address.query), body)
        except Refused as refusal:
            return self._reply(refusal.status, {"message": str(refusal)})
        if fault == "drop_after":  # done, but nobody hears of it
            self.close_connection = True
            return None
        return self._reply(200, answer)

    def _require_signature(self, body: bytes) -> None:
        moment, nonce = self.headers.get("X-Timestamp", ""), self.headers.get("X-Nonce", "")
        right = sign(moment, nonce, self.command, self.path, body)
        if not hmac.compare_digest(right, self.headers.get("X-Signature", "")):
            raise Refused(401, "signature")
        if self.headers.get("X-Merchant") != MERCHANT or nonce in self.books.nonces:
            raise Refused(401, "merchant or nonce")
        self.books.nonces.add(nonce)

    def _do(self, parts: list[str], query: dict[str, list[str]], body: bytes) -> dict[str, Any]:
        match self.command, parts:
            case "POST", ["orders"]:
                sent = json.loads(body)
                known = self.books.orders.get(sent["code"])
                if known and known["amount"] != sent["amount"]:
                    raise Refused(409, "the code is known with another amount")
                order = known or sent | {"order": f"G{len(self.books.orders) + 1:06d}"}
                self.books.orders[sent["code"]] = order
                host = self.headers["Host"]
                return {
                    "code": order["code"],
                    "amount": order["amount"],
                    "order": order["order"],
                    "pay_url": f"http://{host}/pay/{order['order']}",
                }
            case "GET", ["days", day]:
                page = int(query.get("page", ["1"])[0])
                rows = [
                    one
                    for one in self.books.payments
                    if datetime.fromisoformat(one["paid_at"]).astimezone(VIET_NAM).date().isoformat() == day
                ]
                return {"results": rows[(page - 1) * PAGE : page * PAGE], "more": len(rows) > page * PAGE}
        raise Refused(404, "no such address")

    def _pay_page(self, reference: str) -> None:
        """What a person sees; pressing the button pays and tells the merchant."""
        order = next((one for one in self.books.orders.values() if one["order"] == reference), None)
        if order is None:
            return self._raw(404, "Không có đơn hàng này.".encode(), "text/plain; charset=utf-8")
        if self.command == "GET":
            page = (
                f"<!doctype html><title>Thanh toán</title><h1>{order['amount']} đồng</h1>"
                "<form method=post><button>Thanh toán</button></form>"
            )
            return self._raw(200, page.encode(), "text/html; charset=utf-8")
        self._control("pay", {"code": order["code"]})
        self._control("tell", {"code": order["code"]})
        return self._raw(200, "Đã thanh toán.".encode(), "text/plain; charset=utf-8")

    def _control(self, wish: str, sent: Any) -> Any:
        with self.lock:
            if wish == "reset":
                type(self).books = Books()
            elif wish == "fault":
                self.books.faults.append(sent)
            elif wish == "pay":
                return self._pay(**sent)
            elif wish == "tell":
                tell = (
                    self.books.payments[-1] if "transaction" not in sent else self._known(sent["transaction"])
                )
                url = sent.get("url") or self.books.orders[tell["code"]]["callback_url"]
            known = {name: getattr(self.books, name) for name in ("orders", "payments", "calls")}
        return _post(url, *told(url, tell)) if wish == "tell" else known

    def _known(self, transaction: str) -> dict[str, Any]:
        return next(one for one in self.books.payments if one["transaction"] == transaction)

    def _pay(
        self, code: str, *, amount: int | None = None, paid_at: str = "", transaction: str = ""
    ) -> dict[str, Any]:
        """Take money: of an order as asked, or as a test wants it to be."""
        order = self.books.orders.get(code, {"amount": 0})
        paid = {
            "transaction": transaction or f"GD{len(self.books.payments) + 1:08d}",
            "code": code,
            "amount": order["amount"] if amount is None else amount,
            "currency": "VND",
            "paid_at": paid_at or datetime.now(VIET_NAM).isoformat(),
            "payer": "PHAM THI CHI",
        }
        self.books.payments.append(paid)
        return paid

    def _fault(self, path: str) -> str:
        for fault in self.books.faults:
            if fault["on"] in path and fault["times"] > 0:
                fault["times"] -= 1
                return str(fault["kind"])
        return ""

    def _reply(self, status: int, answer: Any, *headers: tuple[str, str]) -> None:
        self._raw(status, json.dumps(answer).encode(), "application/json", *headers)

    def _raw(self, status: int, raw: bytes, kind: str, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), *headers):
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


def _post(url: str, headers: dict[str, str], body: bytes) -> dict[str, Any]:
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return {"status": answer.status, "body": answer.read().decode()}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}


@dataclass(frozen=True)
class StandIn:
    """The process as a test sees it."""

    url: str

    def control(self, wish: str, sent: object = None) -> dict[str, Any]:
        """Tell it something; what it answers."""
        request = urllib.request.Request(
            f"{self.url}/control/{wish}", data=json.dumps(sent).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            answered: dict[str, Any] = json.load(answer)
        return answered

    @property
    def books(self) -> dict[str, Any]:
        return self.control("read")

    def fail(self, on: str, kind: str, times: int = 1) -> None:
        """The next calls whose address holds ``on`` go wrong: hang, drop, drop_after, garbage, empty,
        redirect, or a status."""
        self.control("fault", {"on": on, "kind": kind, "times": times})

    def pay(self, code: str, **differently: object) -> dict[str, Any]:
        """Somebody pays; the gateway's own record of it. Nobody is told yet."""
        return self.control("pay", {"code": code, **differently})

    def tell(self, transaction: str, url: str = "") -> dict[str, Any]:
        """The gateway tells our door of a payment; the door's status and words."""
        return self.control("tell", {"transaction": transaction, "url": url})


@contextmanager
def running(folder: Path):
    """Start the process on a free port; end it afterwards."""
    port_file = folder / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.payment_gateway", str(port_file)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + START_SECONDS
        while not port_file.exists() or not port_file.read_text():
            assert process.poll() is None, "the stand-in ended"
            assert time.monotonic() < end, "the stand-in did not start"
            time.sleep(0.02)
        yield StandIn(f"http://127.0.0.1:{port_file.read_text()}")
    finally:
        process.terminate()
        process.wait(timeout=10)


def main() -> None:
    """Serve until ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    Path(sys.argv[1]).write_text(str(server.server_address[1]))
    server.serve_forever()


if __name__ == "__main__":
    main()
