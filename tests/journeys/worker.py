"""A Celery worker in a process of its own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.processes import ROOT, START_SECONDS, wait_until


@contextmanager
def worker(environment: Mapping[str, str], log: Path) -> Iterator[Callable[[], None]]:
    """A function that starts the worker and returns when it takes messages; it ends with the block."""
    running: list[subprocess.Popen[bytes]] = []

    def start() -> None:
        with log.open("wb") as output:
            running.append(
                subprocess.Popen(
                    [
                        sys.executable, "-m", "celery", "-A", "egov", "worker", "--queues", "default,express",
                        "--pool", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat",
                        "--loglevel", "INFO",
                    ],
                    cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                    start_new_session=True,
                )
            )  # fmt: skip
        wait_until(lambda: b"ready." in log.read_bytes(), f"a worker ({log})", START_SECONDS)

    try:
        yield start
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
