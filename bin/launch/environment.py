"""Makes ``.venv`` from a lock file and goes on inside it; in no time when it is there already."""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launch.pip_wheel import fetch
from launch.places import LOGS, PYTHON, ROOT, VAR, VENV, make_var
from launch.steps import Refusal, last_lines, step

ROOM_TO_INSTALL = 2_000_000_000
ROOM_TO_RUN = 300_000_000

UNREACHABLE = (
    "the package index cannot be reached: connect this machine, or name a proxy (HTTPS_PROXY) "
    "or a mirror (PIP_INDEX_URL)"
)
SIGNS = {
    "No space left on device": "the disk is full: make room",
    "DO NOT MATCH THE HASHES": "a package differs from the locked one (altered by an index or a cache); "
    "clear it with `.venv/bin/python -m pip cache purge`",
    "Failed to establish a new connection": UNREACHABLE,
    "connection broken by": UNREACHABLE,
    "Temporary failure in name resolution": UNREACHABLE,
    "timed out": "the package index does not answer: try later, or name a mirror (PIP_INDEX_URL)",
    "No matching distribution found": f"a package does not exist for Python {sys.version_info[0]}."
    f"{sys.version_info[1]} on this kind of machine: use Python 3.11, 3.12 or 3.13",
}


def enter(lock_name: str) -> None:
    """Go on under ``.venv/bin/python`` with everything of the lock file installed."""
    lock = ROOT / lock_name
    if not _is_installed(lock):
        make_var()
        with (VAR / "venv.lock").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            if not _is_installed(lock):
                _install(lock)
    if not _inside():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])
    sys.path.insert(0, str(ROOT))


def require_room(needed: int = ROOM_TO_RUN, at: Path = ROOT) -> None:
    """Refuse before anything is written if the disk would be full on the way."""
    free = shutil.disk_usage(at).free
    if free < needed:
        raise Refusal(
            f"Too little room on the disk of {at}: {free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB needed. "
            "Make room, or put the checkout on another disk."
        )


def _inside() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def _stamp(lock: Path) -> Path:
    return VENV / "installed" / lock.name


def _state(lock: Path) -> str:
    """What the stamp must say: this very lock, installed for the very Python that .venv points to."""
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {PYTHON.resolve()}"


def _is_installed(lock: Path) -> bool:
    stamp = _stamp(lock)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == _state(lock)


def _install(lock: Path) -> None:
    require_room(ROOM_TO_INSTALL)
    if not _works():
        with step("a Python environment of its own (.venv)"):
            _make_venv()
    with step(f"the packages of {lock.name}; the first time takes a minute or two"):
        _pip_install(lock)
    _stamp(lock).parent.mkdir(exist_ok=True)
    _stamp(lock).write_text(_state(lock))


def _works() -> bool:
    """Whether .venv is whole: a run cut short or a new Python of the system leaves one that is not."""
    if not PYTHON.exists():
        return False
    program = "import sys; sys.exit(sys.prefix == sys.base_prefix or sys.version_info < (3, 11))"
    site = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    return site.is_dir() and subprocess.run([PYTHON, "-c", program], check=False).returncode == 0


def _make_venv() -> None:
    if _inside():
        raise Refusal("The environment .venv is broken: run the command with the system's python3.")
    if VENV.exists():
        shutil.rmtree(VENV)
    # Without pip, since Debian's python3 cannot install one; see _pip.
    log = LOGS / "venv.log"
    if _logged([sys.executable, "-m", "venv", "--without-pip", VENV], log):
        raise Refusal(
            f"Python could not make an environment ({last_lines(log)}); "
            "on Debian and Ubuntu this helps: apt-get install python3-venv"
        )


def _pip() -> list[str | Path]:
    """A pip for .venv: its own, that of Python's library, the system's, or one fetched for this."""
    if next(VENV.glob("lib/python*/site-packages/pip/__main__.py"), None):
        return [PYTHON, "-m", "pip"]
    if importlib.util.find_spec("ensurepip") and not _logged([PYTHON, "-m", "ensurepip"], LOGS / "venv.log"):
        return [PYTHON, "-m", "pip"]
    if importlib.util.find_spec("pip") and not _inside():
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    return [PYTHON, fetch(VENV / "installed") / "pip"]


def _pip_install(lock: Path) -> None:
    log = LOGS / "pip.log"
    options = ("--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location")
    # No compiler is expected here: a package without a ready file for this machine is a clear refusal.
    choice = ("--only-binary=:all:", "--require-hashes", "-r", lock)
    if _logged([*_pip(), "install", *options, *choice], log):
        output = log.read_text(errors="replace")
        for sign, reason in SIGNS.items():
            if sign in output:
                raise Refusal(
                    f"The packages were not installed, because {reason}; then run the command again."
                )
        raise Refusal(f"The packages were not installed ({last_lines(log)}); see {log}.")


def _logged(command: Sequence[str | Path], log: Path) -> int:
    """Run a program with its output in a log of its own; its exit status."""
    environment = {
        name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH"}
    }
    with log.open("wb") as output:
        return subprocess.run(command, stdout=output, stderr=output, env=environment, check=False).returncode
