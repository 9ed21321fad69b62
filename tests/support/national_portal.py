"""A stand-in for the national portal: a real HTTP process that speaks its protocol, and that can be ill.

Run as ``python -m tests.support.national_portal PORT_FILE``. Tests talk to it through :class:`StandIn`: what
it took in, what it refused, and what goes wrong next. It is strict where the portal is: no event before its
predecessor, no second event of one number with other words, no dossier that was not announced.
"""

import hashlib
import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]
CLIENT, SECRET = "thai-binh", "only-for-tests"
PAGE = 2
START_SECONDS = 20
# Longer than a test needs to end whoever waits.
SILENT_SECONDS = 12


@dataclass
class Books:
    """What the portal knows."""

    tokens: dict[str, float] = field(default_factory=dict)
    token_seconds: int = 3600
    numbers: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    dossiers: dict[str, Any] = field(default_factory=dict)
    progress: dict[str, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    statuses: dict[str, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    # In the order in which they were taken in; repeats are counted apart.
    taken: list[tuple[str, int, int]] = field(default_factory=list)
    repeats: int = 0
    calls: list[str] = field(default_factory=list)
    disorder: list[str] = field(default_factory=list)
    # What goes wrong next: {"on": part of the address, "kind": …, "times": …}.
    faults: list[dict[str, Any]] = field(default_factory=list)
    # Overrides of the list, as another system's hand might leave them.
    listed: list[dict[str, Any]] | None = None


class Refused(Exception):
    """A clear no, with its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Desk(BaseHTTPRequestHandler):
    """One request."""

    protocol_version = "HTTP/1.1"
    books: Any = Books()
    refusal = "Mã thủ tục không có trong danh mục quốc gia."
    lock = Lock()

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PUT(self) -> None:
        self._answer()

    def log_message(self, *_words: object) -> None:
        """Tests ask for what they want to know."""

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        address = urlsplit(self.path)
        parts = [unquote(part) for part in address.path.strip("/").split("/")]
        if parts[0] == "control":
            return self._reply(200, self._control(parts[1], json.loads(body or b"null")))
        with self.lock:
            self.books.calls.append(f"{self.command} /{'/'.join(parts)}")
            fault = self._fault(address.path)
        if fault == "hang":
            time.sleep(3)
            return self._break()
        if fault == "drop":
            return self._break()
        if fault.isdigit():
            return self._reply(int(fault), {"message": self.refusal})
        try:
            with self.lock:
                answer = self._do(parts, parse_qs(address.query), body)
        except Refused as refusal:
            return self._reply(refusal.status, {"message": str(refusal)})
        return self._say(fault, answer)

    def _say(self, fault: str, answer: Any) -> None:
        """The answer to what was taken in, or what an illness makes of it."""
        match fault:
            case (
                "drop_after" | "silent"
            ):  # nobody hears of it; where it is silent, whoever asked waits for it
                time.sleep(SILENT_SECONDS if fault == "silent" else 0)
                return self._break()
            case "truncate":
                return self._reply(200, answer, cut=True)
            case "garbage":
                return self._raw(200, b"<html>200 OK</html>")
            case "empty":
                return self._raw(200, b"{}")
            case "redirect":
                return self._raw(302, b"", ("Location", "/elsewhere"))
            case "slow":
                time.sleep(0.3)
        return self._reply(200, answer)

    def _do(self, parts: list[str], query: dict[str, list[str]], body: bytes) -> Any:
        books = self.books
        if parts == ["token"]:
            sent = json.loads(body)
            if (sent["client_id"], sent["client_secret"]) != (CLIENT, SECRET):
                raise Refused(403, "client unknown")
            token = f"token-{len(books.tokens) + 1}"
            books.tokens[token] = time.monotonic() + books.token_seconds
            return {"access_token": token, "expires_in": 3600}
        bearer = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        if books.tokens.get(bearer, 0) <= time.monotonic():
            raise Refused(401, "token expired")
        return self._asked(parts, query, body)

    def _asked(self, parts: list[str], query: dict[str, list[str]], body: bytes) -> Any:
        books = self.books
        match self.command, parts:
            case "POST", ["numbers"]:
                sent = json.loads(body)
                reference = sent["reference"]
                number = books.numbers.setdefault(
                    reference, sent["known_as"] or f"QG-{len(books.numbers) + 1:06d}"
                )
                return {"reference": reference, "number": number}
            case "PUT", ["files", sha256]:
                if hashlib.sha256(body).hexdigest() != sha256:
                    raise Refused(422, "the hash is another")
                return {"sha256": sha256, "id": books.files.setdefault(sha256, f"F{len(books.files) + 1}")}
            case "PUT", ["dossiers", number]:
                if number not in books.numbers.values():
                    raise Refused(404, "no such number")
                self._once(books.dossiers, number, json.loads(body))
                return {"number": number}
            case "PUT", ["dossiers", number, "progress", sequence]:
                self._announced(number)
                self._once(books.progress[number], int(sequence), json.loads(body))
                return {"number": number, "sequence": int(sequence)}
            case "PUT", ["dossiers", number, "statuses", sequence]:
                return self._status(number, int(sequence), json.loads(body))
            case "GET", ["dossiers"]:
                return self._list(query)
        raise Refused(404, "no such address")

    def _status(self, number: str, sequence: int, sent: dict[str, Any]) -> dict[str, Any]:
        self._announced(number)
        known = self.books.statuses[number]
        if sequence not in known and sequence != len(known) + 1:
            self.books.disorder.append(f"{number}/{sequence} after {len(known)}")
            raise Refused(409, "out of order")
        if self._once(known, sequence, sent):
            self.books.taken.append((number, sequence, sent["code"]))
        return {"number": number, "sequence": sequence, "code": sent["code"], "id": f"{number}-{sequence}"}

    def _announced(self, number: str) -> None:
        if number not in self.books.dossiers:
            self.books.disorder.append(f"{number} before it was announced")
            raise Refused(409, "announce the dossier first")

    def _once(self, shelf: dict[Any, Any], key: Any, sent: Any) -> bool:
        if key in shelf:
            if shelf[key] != sent:
                raise Refused(409, "another content under the same number")
            self.books.repeats += 1
            return False
        shelf[key] = sent
        return True

    def _list(self, query: dict[str, list[str]]) -> dict[str, Any]:
        date.fromisoformat(query["updated_on"][0])
        rows = self.books.listed
        if rows is None:
            rows = [
                {"number": number, "code": known[max(known)]["code"], "sequence": max(known)}
                for number, known in sorted(self.books.statuses.items())
                if known
            ]
        page = int(query["page"][0])
        return {"results": rows[(page - 1) * PAGE : page * PAGE], "more": len(rows) > page * PAGE}

    def _fault(self, path: str) -> str:
        for fault in self.books.faults:
            if fault["on"] in path and fault["times"] > 0:
                fault["times"] -= 1
                return str(fault["kind"])
        return ""

    def _control(self, wish: str, sent: Any) -> Any:
        with self.lock:
            if wish == "reset":
                type(self).books = type(self.books)()
            elif wish == "fault":
                self.books.faults.append(sent)
            elif wish == "set":
                for name, value in sent.items():
                    setattr(self.books, name, value)
            elif wish == "expire":
                self.books.tokens.clear()
            known = self.books
            return {name: getattr(known, name) for name in known.__dataclass_fields__}

    def _reply(self, status: int, answer: Any, *, cut: bool = False) -> None:
        raw = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw[: len(raw) // 2] if cut else raw)
        if cut:
            self._break()

    def _raw(self, status: int, raw: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def _break(self) -> None:
        self.close_connection = True
        self.wfile.flush()
        self.connection.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True)
class StandIn:
    """The process as a test sees it."""

    url: str

    def control(self, wish: str, sent: object = None) -> dict[str, Any]:
        """Tell it something; its books, as JSON has them (numbers as names)."""
        request = urllib.request.Request(
            f"{self.url}/control/{wish}", data=json.dumps(sent).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            books: dict[str, Any] = json.load(answer)
        return books

    @property
    def books(self) -> dict[str, Any]:
        return self.control("read")

    def fail(self, on: str, kind: str, times: int = 1) -> None:
        """The next calls whose address holds ``on`` go wrong: hang, drop, drop_after, truncate, garbage,
        empty, redirect, slow, silent, or a status."""
        self.control("fault", {"on": on, "kind": kind, "times": times})

    def told(self, number: str) -> list[int]:
        """Codes that it took in for a dossier, or numbers of events of a record, in order."""
        return [code for name, _sequence, code in self.books["taken"] if name == number]


@contextmanager
def running(folder: Path, module: str = "tests.support.national_portal"):
    """Start the process on a free port; end it afterwards."""
    port_file = folder / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(port_file)],
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


def main(desk: type[Desk] = Desk) -> None:
    """Serve until ended."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    Path(sys.argv[1]).write_text(str(server.server_address[1]))
    server.serve_forever()


if __name__ == "__main__":
    main()
