"""bin/demo: servers, data, processes, the main job, and then the pages until Ctrl-C."""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping

from egov import embedded
from launch.arguments import DemoArguments
from launch.demo_settings import (
    environment,
    identity_provider,
    known_pki_port,
    log_of,
    note_address,
    noted_address,
    pki_port,
    web_port,
)
from launch.places import PYTHON, ROOT, VAR, make_var
from launch.preparation import prepare
from launch.processes import Processes
from launch.steps import Refusal, last_lines, step

LOCK = VAR / "demo.lock"
NOTE = VAR / "demo.json"
KEPT_BY_RESET = {"test", LOCK.name, "venv.lock", "log"}
START_SECONDS = 60
# As the proxy logs: a name typed into a search must not lie in a log.
PATHS_ALONE = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)s ms'
WATCH_SECONDS = 2
WORKERS = {"worker": ("default", "2"), "worker-express": ("express", "1")}


def run(arguments: DemoArguments) -> int:
    """The whole demo; its exit status is the main job's."""
    make_var()
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, _as_ctrl_c)
    if arguments.code_of:
        return _code(arguments.code_of)
    with _only_one():
        if arguments.reset:
            _reset()
        with _servers() as addresses:
            return _with_servers(arguments, addresses)


def _with_servers(arguments: DemoArguments, addresses: Mapping[str, str]) -> int:
    port, authority = web_port(arguments.port), pki_port()
    site = f"http://127.0.0.1:{port}/"
    identities = identity_provider()
    own = {"PORTAL_URL": site.rstrip("/")} | identities
    settings = own | environment(pki_port=authority) | addresses
    prepare(settings, database_is_ours="DATABASE_URL" in addresses)
    processes = Processes(settings)
    try:
        with step("web, workers, beat, the certificate authority and the identity provider"):
            _start(processes, port, authority)
            if identities:
                processes.start("identity", "manage.py", "serve_demo_identity")
            _wait_for(processes, site)
        note_address(NOTE, site)
        status = _main_job(arguments, settings)
        if not arguments.check:
            _show_the_way(settings, site)
            _serve_until_ctrl_c(processes)
    finally:
        # From here on another Ctrl-C would only leave things half stopped.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        processes.stop()
        NOTE.unlink(missing_ok=True)
    return status


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    """One demo per checkout; the lock goes with the process, however it ends."""
    with LOCK.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refusal(
                f"A demo of this checkout runs already {noted_address(NOTE)}: use it, or end it with Ctrl-C."
            ) from error
        yield


@contextlib.contextmanager
def _servers(*, shown: bool = True) -> Iterator[dict[str, str]]:
    """Addresses of PostgreSQL and the broker: the given ones, or servers of our own."""
    wanted = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL")}
    if all(wanted.values()):
        yield {}
        return
    try:
        with step("PostgreSQL and Valkey") if shown else contextlib.nullcontext():
            servers = embedded.start(VAR)
    except embedded.EmbeddedServerError as error:
        raise Refusal(str(error)) from error
    own = {"DATABASE_URL": servers.database_url, "REDIS_URL": servers.redis_url}
    try:
        yield {name: address for name, address in own.items() if not wanted[name]}
    finally:
        servers.stop()


def _reset() -> None:
    """Delete what earlier runs left in var/ (and beside it, if root's servers had to live elsewhere)."""
    with step("deleting the data of earlier runs"):
        embedded.remove(VAR)
        for path in VAR.iterdir():
            if path.name in KEPT_BY_RESET:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    if os.environ.get("DATABASE_URL"):
        print("    (the database that DATABASE_URL names was left as it is)")


def _start(processes: Processes, port: int, authority: int) -> None:
    processes.start("pki", "manage.py", "serve_demo_pki", "--port", str(authority))
    celery = ("-m", "celery", "-A", "egov")
    for name, (queue, concurrency) in WORKERS.items():
        processes.start(
            name, *celery, "worker", "--queues", queue, "--concurrency", concurrency,
            "--hostname", f"{name}@%h", "--without-gossip", "--without-mingle", "--loglevel", "INFO",
        )  # fmt: skip
    processes.start(
        "beat", *celery, "beat", "--schedule", str(VAR / "beat.schedule"), "--pidfile=", "--loglevel", "INFO"
    )
    processes.start(
        "web", "-m", "gunicorn", "egov.wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2",
        "--threads", "4", "--preload", "--access-logfile", "-", "--access-logformat", PATHS_ALONE,
        "--no-control-socket",
    )  # fmt: skip


def _wait_for(processes: Processes, site: str) -> None:
    """Wait until the site answers, and tell at once if a process did not come up."""
    end = time.monotonic() + START_SECONDS
    while True:
        processes.require_alive()
        try:
            urllib.request.urlopen(f"{site}health/", timeout=5).close()
        except urllib.error.HTTPError as error:
            if error.code < 500:  # noqa: PLR2004  (it answers, which is what we wait for)
                return
        except OSError:
            time.sleep(0.1)
        else:
            return
        if time.monotonic() > end:
            log = log_of("web")
            raise Refusal(f"The site did not answer in {START_SECONDS} s ({last_lines(log)}); see {log}.")


def _main_job(arguments: DemoArguments, settings: Mapping[str, str]) -> int:
    words = [str(arguments.file)] if arguments.file else []
    if arguments.to:
        words += ["--to", *arguments.to]
    if arguments.check:
        words.append("--check")
    print(flush=True)
    job = subprocess.Popen([PYTHON, "manage.py", "main_job", *words], cwd=ROOT, env=dict(settings))
    try:
        return job.wait()
    except KeyboardInterrupt:
        job.terminate()
        job.wait()
        raise


def _show_the_way(settings: Mapping[str, str], site: str) -> None:
    print(f"\nOpen {site}\n", flush=True)
    subprocess.run([PYTHON, "manage.py", "demo_signins"], cwd=ROOT, env=dict(settings), check=False)
    print(
        f"\nCitizens sign in at {site}citizen/sign-in/ as anybody whom the demo's provider offers.",
        flush=True,
    )
    print("\nSecond factor of an account: bin/demo code NAME    Stop: Ctrl-C", flush=True)


def _serve_until_ctrl_c(processes: Processes) -> None:
    """Serve; a process that ends by itself is started again, and the person is told."""
    with contextlib.suppress(KeyboardInterrupt):
        while True:
            time.sleep(WATCH_SECONDS)
            for name in processes.restart_ended():
                print(f"The process {name} ended and was started again; see {log_of(name)}.", flush=True)
    print("\nStopping …", flush=True)


def _code(name: str) -> int:
    """The current code of a demo account, from the running demo's database."""
    if not os.environ.get("DATABASE_URL") and not NOTE.exists():
        raise Refusal("No demo is running in this checkout: start bin/demo in another terminal first.")
    with _servers(shown=False) as addresses:
        settings = environment(pki_port=known_pki_port()) | addresses
        done = subprocess.run(
            [PYTHON, "manage.py", "demo_signins", "--code", name], cwd=ROOT, env=dict(settings), check=False
        )
    return done.returncode


def _as_ctrl_c(_signum: int, _frame: object) -> None:
    raise KeyboardInterrupt
