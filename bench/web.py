"""A real web server of one process, for measures over HTTP."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from bench.stage import ROOT, VAR

PATIENCE_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """Where it answers, and the process that does."""

    address: str
    pid: int


@contextmanager
def web(
    application: str = "egov.wsgi:application", *, threads: int = 4, **environment: str
) -> Iterator[Site]:
    """The site (or another application) while the block runs; it logs to var/bench."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (VAR / "web.log").open("ab")
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
            *("--workers", "1", "--threads", str(threads), "--no-control-socket"),
        ],
        cwd=ROOT,
        stdout=log,
        stderr=log,
        env={**os.environ, **environment},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/health/")
        yield Site(address, server.pid)
    finally:
        server.terminate()
        server.wait(20)
        log.close()


def _wait_for(address: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            requests.get(address, timeout=5)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return
