"""A shared cache as a proxy runs one: keeps what answers allow it to keep, and gives it to the next who asks.

``python -m tests.support.shared_cache PORT UPSTREAM FOLDER`` is a process of its own. It follows RFC 9111 as
far as keeping is concerned: only GET answered by 200, ``public`` with ``max-age``, never ``private``,
``no-store`` or ``no-cache``; told apart by what ``Vary`` names. Every kept answer lies as a file in FOLDER,
for tests to read.
"""

import http.client
import re
import sys
import time
from dataclasses import dataclass
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

FORBIDDEN = re.compile(r"\b(private|no-store|no-cache)\b")
MAX_AGE = re.compile(r"\bmax-age=(\d+)")
# Of one connection only (RFC 9110, 7.6.1).
HOP = {"connection", "keep-alive", "transfer-encoding", "upgrade", "te", "trailer", "content-length"}


@dataclass
class Kept:
    headers: list[tuple[str, str]]
    body: bytes
    vary: dict[str, str]
    until: float


class Cache(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    upstream: str
    folder: Path
    kept: dict[str, list[Kept]] = {}

    def do_GET(self) -> None:
        now = time.time()
        for one in self.kept.get(self.path, []):
            if one.until > now and all(
                self.headers.get(name, "") == value for name, value in one.vary.items()
            ):
                self.answer(200, [*one.headers, ("X-Cache", "hit")], one.body)
                return
        status, headers, body = self.ask(None)
        self.keep(status, headers, body, now)
        self.answer(status, [*headers, ("X-Cache", "miss")], body)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.answer(*self.ask(self.rfile.read(length)))

    def ask(self, body: bytes | None) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(self.upstream, timeout=60)
        sent = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        connection.request(self.command, self.path, body, sent)
        answer = connection.getresponse()
        headers = [(name, value) for name, value in answer.getheaders() if name.lower() not in HOP]
        content = answer.read()
        connection.close()
        return answer.status, headers, content

    def keep(self, status: int, headers: list[tuple[str, str]], body: bytes, now: float) -> None:
        told = {name.lower(): value for name, value in headers}
        control = told.get("cache-control", "")
        age = MAX_AGE.search(control)
        vary = told.get("vary", "")
        if status != 200 or "public" not in control or FORBIDDEN.search(control) or not age or "*" in vary:
            return
        names = [name.strip() for name in vary.split(",") if name.strip()]
        one = Kept(headers, body, {name: self.headers.get(name, "") for name in names}, now + int(age[1]))
        self.kept.setdefault(self.path, []).append(one)
        name = sha256(f"{self.path} {sorted(one.vary.items())}".encode()).hexdigest()
        lines = [self.path, *(f"{name}: {value}" for name, value in [*headers, *one.vary.items()]), ""]
        (self.folder / name).write_bytes("\n".join(lines).encode() + body)

    def answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: the tests read what is kept."""


def main() -> None:
    port, upstream, folder = sys.argv[1:]
    Cache.upstream, Cache.folder = urlsplit(upstream).netloc, Path(folder)
    ThreadingHTTPServer(("127.0.0.1", int(port)), Cache).serve_forever()


if __name__ == "__main__":
    main()
