"""A stand-in for the operator's SMS gateway: takes messages over real HTTP, each key once."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN = "only-for-tests"


@dataclass
class SmsGateway:
    """What it took over, by key; ``answers`` are statuses for the next calls, one each."""

    messages: dict[str, tuple[str, str]] = field(default_factory=dict)
    answers: list[int] = field(default_factory=list)
    url: str = ""


class Desk(BaseHTTPRequestHandler):
    """One message."""

    gateway: SmsGateway

    def do_POST(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status = self.gateway.answers.pop(0) if self.gateway.answers else 202
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            status = 401
        if status == 202:
            self.gateway.messages[sent["key"]] = (sent["to"], sent["text"])
        body = json.dumps({"key": sent["key"]} if status == 202 else {}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Tests ask for what they want to know."""


@contextmanager
def serving() -> Iterator[SmsGateway]:
    """Listen on a free port; stop afterwards."""
    gateway = SmsGateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("DeskOfOne", (Desk,), {"gateway": gateway}))
    gateway.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
