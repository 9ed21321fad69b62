"""A whole installation of its own, for tests of what survives: servers, workers, beat and web.

Nothing of it is shared with other tests: its PostgreSQL and Valkey are stopped and killed as the test likes.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg2

from egov import embedded

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 90
# 769 registries check their copies in one such run.
RUN_SECONDS = 600
POLL = 0.05


@dataclass
class Installation:
    """Servers below ``var`` and the processes that were started on them."""

    var: Path
    # Of the environment, besides what every installation has.
    variables: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.servers = embedded.start(self.var, durable=False)
        self.logs = self.var / "log"

    @property
    def environment(self) -> dict[str, str]:
        """What every process of this installation reads; nothing of the test run's own servers gets in."""
        kept = {
            name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR"}
        }
        return kept | {
            "DJANGO_SETTINGS_MODULE": "egov.settings.dev",
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "VAR_DIR": str(self.var),
            "SIGNING_PKI_DIR": str(self.var / "pki"),
            "SECRET_KEY": "only-for-tests-" + "x" * 50,
            "SIGNING_PEPPER": "only-for-tests-" + "y" * 32,
            "DATABASE_URL": self.servers.database_url,
            "REDIS_URL": self.servers.redis_url,
            **self.variables,
        }

    def run(self, *arguments: str, **options: Any) -> str:
        """Run a Python program of this installation to its end; its words. A failure shows its errors."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=RUN_SECONDS,
            **options,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout[-2000:]}\n{done.stderr[-4000:]}"
        return done.stdout.strip()

    def start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a long-running program in a process group of its own."""
        with (self.logs / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self.running[name]

    def start_worker(self, name: str, *, concurrency: int = 2) -> None:
        """A Celery worker on both queues, as bin/demo starts it; returns when it takes messages."""
        ready = self._count(name, "ready.")
        self.start(
            name, "-m", "celery", "-A", "egov", "worker", "--queues", "default,express",
            "--concurrency", str(concurrency), "--hostname", f"{name}@%h",
            "--without-gossip", "--without-mingle", "--loglevel", "INFO",
        )  # fmt: skip
        wait_until(lambda: self._count(name, "ready.") > ready, f"worker {name}", START_SECONDS)

    def start_beat(self) -> None:
        """The clock that sends the sweep every 15 s."""
        self.start(
            "beat", "-m", "celery", "-A", "egov", "beat", "--schedule", str(self.var / "beat.schedule"),
            "--pidfile=", "--loglevel", "INFO",
        )  # fmt: skip

    def start_web(self) -> str:
        """The web process; its address, once it answers."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.start(
            "web", "-m", "gunicorn", "egov.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "1",
            "--threads", "2", "--no-control-socket",
        )  # fmt: skip
        site = f"http://127.0.0.1:{port}"
        wait_until(lambda: _answers(site), "the web process", START_SECONDS)
        return site

    def kill(self, name: str) -> None:
        """``kill -9`` of a process and its children: no warning, no clean-up."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End every process, then the servers, and delete their data."""
        for name in list(self.running):
            self.kill(name)
        self.servers.remove()

    def connect(self) -> Any:
        """A connection of the test's own, to look and to hold locks."""
        return psycopg2.connect(self.servers.database_url)

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says."""
        connection = self.connect()
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute(statement, values)
                return list(cursor.fetchall())
        finally:
            connection.close()

    @contextmanager
    def held(self, statement: str, *values: object) -> Iterator[None]:
        """Hold the locks of a statement; released on leaving, unless the server was stopped meanwhile."""
        connection = self.connect()
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
            yield
        finally:
            connection.close()

    def _count(self, name: str, word: str) -> int:
        log = self.logs / f"{name}.log"
        return log.read_text(errors="replace").count(word) if log.exists() else 0


def wait_until(happened: Callable[[], bool], what: str, seconds: float) -> None:
    """Return as soon as it happened; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(POLL)


def _answers(site: str) -> bool:
    try:
        urllib.request.urlopen(f"{site}/health/", timeout=5).close()
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True
