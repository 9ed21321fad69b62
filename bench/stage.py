"""What the measures run on: the two servers with durable settings, the whole network as seed, real
workers."""

import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from egov import embedded

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var" / "bench"
WORKERS = 2


def prepare() -> embedded.Servers:
    """Start the servers and set this process up as a Django of its own; call before any Django import."""
    VAR.mkdir(parents=True, exist_ok=True)
    servers = embedded.start(VAR, durable=True)
    shutil.rmtree(VAR / "pki", ignore_errors=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "egov.settings.dev",
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "VAR_DIR": str(VAR),
        "SIGNING_PKI_DIR": str(VAR / "pki"),
        "SIGNING_TIMESTAMP_URL": "",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "SIGNING_PEPPER": secrets.token_urlsafe(64),
    }
    manage("reset_database")
    manage("migrate", "--verbosity", "0")
    manage("seed")
    import django  # noqa: PLC0415  (only now does the environment name the servers)

    django.setup()
    return servers


def manage(*words: str) -> None:
    """Run a management command; fails loudly."""
    if words[0] == "reset_database":
        _reset_database()
        return
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _reset_database() -> None:
    """Measures begin on an empty database, so that two runs measure the same."""
    import psycopg2  # noqa: PLC0415

    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connection.close()


@contextmanager
def workers(
    count: int = WORKERS, *, queues: str = "default,express", include: str = "documents.tasks"
) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Real Celery workers of one process each, alive when the block begins."""
    log = (VAR / "workers.log").open("ab")
    running = [
        subprocess.Popen(
            [
                *(
                    sys.executable,
                    "-m",
                    "celery",
                    "-A",
                    "egov",
                    "worker",
                    "--queues",
                    queues,
                    "--include",
                    include,
                ),
                *("--concurrency", "1", "--hostname", f"bench{number}@%h", "--loglevel", "WARNING"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
        for number in range(count)
    ]
    try:
        _wait_until_alive(count)
        yield running
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(20)
        log.close()


def _wait_until_alive(count: int) -> None:
    from egov.celery import app  # noqa: PLC0415

    end = time.monotonic() + 180
    while len(app.control.ping(timeout=1)) < count:
        if time.monotonic() > end:
            raise RuntimeError(f"the workers did not come up; see {VAR / 'workers.log'}")


def memory(pid: int) -> int:
    """Peak resident memory of a process in bytes, as the kernel counts it."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0
