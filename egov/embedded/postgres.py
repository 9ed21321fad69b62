"""One PostgreSQL of its own for a checkout: made, started, repaired, stopped.

It listens on loopback only, on a port that it keeps between runs, and asks for a password that only the owner
of ``var/`` can read. Its superuser has no password and so no way in: the system is a plain owner of its
database, and a trigger that forbids a change forbids it.
"""

import secrets
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from egov.embedded import processes
from egov.embedded.addresses import Address, is_free
from egov.embedded.errors import EmbeddedServerError
from egov.embedded.programs import POSTGRES_DATA, Programs

ROLE = DATABASE = "egov"
PROCESS = "postgres"
START_SECONDS = 120
STOP_SECONDS = 60
ORPHAN_SECONDS = 5
PORT_ATTEMPTS = 5
# Vietnamese letters fold and compare alike on every machine: no locale of the system has a say.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
ACCESS = "host all all 127.0.0.1/32 scram-sha-256\n"
# A crash of the machine may cost a test its data, a killed server may not: commits still reach the system.
NOT_DURABLE = ("-c", "fsync=off", "-c", "full_page_writes=off")


@dataclass
class Postgres:
    """The PostgreSQL server below one ``var`` folder."""

    programs: Programs
    settings: Path
    log: Path
    durable: bool = True

    def __post_init__(self) -> None:
        self.data = self.programs.data / POSTGRES_DATA
        self.data.parent.mkdir(mode=0o711, exist_ok=True)
        self._unfinished = self.data.with_name("data.unfinished")
        self.address = Address(self.settings, "postgres")

    @property
    def url(self) -> str:
        """The address for ``DATABASE_URL``, password included."""
        return f"postgres://{ROLE}:{self.address.password}@127.0.0.1:{self.address.port}/{DATABASE}"

    @property
    def running(self) -> bool:
        """Whether the server itself (not only a left-over of it) is alive."""
        return self._postmaster() is not None

    def start(self, *, keep_port: bool = False) -> None:
        """Have the server running and answering; what an earlier run left is used, repaired or made anew.

        ``keep_port``: the address is in use already, so another port is no way out.
        """
        if self.running and not self._answers():
            self.stop()
        if self.running:
            return
        self._prepare()
        self._clear_remains()
        for _ in range(PORT_ATTEMPTS):
            port = self.address.choose_port(keep=keep_port)
            output = self._launch(port)
            if output is None:
                break
            if keep_port or is_free(port):
                raise self._failure("PostgreSQL did not start", output)
        else:
            raise EmbeddedServerError(
                "PostgreSQL found no free port on 127.0.0.1: set DATABASE_URL to a server of yours."
            )
        if not self._answers():
            raise self._failure("PostgreSQL started but refuses its own password", self._tail(0))

    def stop(self) -> None:
        """Stop in order: every commit is on the disk, every connection is closed."""
        if self.running:
            self._pg_ctl("stop", "-m", "fast", "-t", str(STOP_SECONDS))
        if not processes.wait_until_none(self.data, PROCESS, ORPHAN_SECONDS):
            processes.kill_all(self.data, PROCESS)

    def kill(self) -> None:
        """End it as a loss of power would: no warning, no clean-up."""
        processes.kill_all(self.data, PROCESS)

    def delete(self) -> None:
        """Delete the data of the stopped server."""
        for folder in (self.data, self._unfinished):
            if folder.exists():
                shutil.rmtree(folder)

    def _postmaster(self) -> int | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if pid in processes.working_in(self.data, PROCESS) else None

    def _answers(self) -> bool:
        """Whether somebody with our password gets in; waits while the server recovers from a crash."""
        if not self.address.is_known:
            return False
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg2.connect(self.url, connect_timeout=5).close()
            except psycopg2.OperationalError as error:
                if "starting up" not in str(error) or time.monotonic() > end:
                    return False
                time.sleep(processes.POLL_SECONDS)
            else:
                return True

    def _prepare(self) -> None:
        """Have a complete data folder, owned by the account, and a password that fits it."""
        version = self.data / "PG_VERSION"
        try:
            if self.data.exists() and version.read_text().strip() != self._major_version():
                raise EmbeddedServerError(
                    f"{self.data} was made by PostgreSQL {version.read_text().strip()}, the programs are "
                    f"{self._major_version()}: go back to the earlier requirements.txt to save the data, "
                    "or start afresh with bin/demo --reset."
                )
        except PermissionError as error:
            raise EmbeddedServerError(
                f"{self.data} belongs to another user (an earlier run as root?): run as that user, "
                "or remove it as that user with bin/demo --reset."
            ) from error
        if not self.data.exists():
            self._create()
        elif not self.address.has_password:
            self._set_password(self.data)

    def _create(self) -> None:
        """Make the data folder under another name first, so that a run cut short leaves nothing half made."""
        unfinished = self._unfinished
        processes.kill_all(unfinished, PROCESS)
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self.programs.account.give(unfinished)
        options = ("--username=postgres", "--auth=reject", "--no-instructions", *LOCALE)
        made = self.programs.account.run(
            [
                self.programs.postgres / "initdb",
                "-D",
                unfinished,
                *options,
                *(() if self.durable else ("--no-sync",)),
            ]
        )
        if made.returncode:
            raise self._failure("PostgreSQL could not make its data folder", made.stdout)
        (unfinished / "pg_hba.conf").write_text(ACCESS)
        self._alone(
            unfinished, f"CREATE ROLE {ROLE} LOGIN CREATEDB", f"CREATE DATABASE {DATABASE} OWNER {ROLE}"
        )
        self._set_password(unfinished)
        unfinished.rename(self.data)

    def _set_password(self, data: Path) -> None:
        password = secrets.token_urlsafe(24)
        self._alone(data, f"ALTER ROLE {ROLE} PASSWORD '{password}'")
        self.address.set_password(password)

    def _alone(self, data: Path, *statements: str) -> None:
        """Run statements as the superuser on a stopped server: the only way in that the superuser has."""
        done = self.programs.account.run(
            [self.programs.postgres / "postgres", "--single", "-D", data, *self._durability(), "postgres"],
            given="".join(f"{statement}\n" for statement in statements),
        )
        if done.returncode or "ERROR:" in done.stdout:
            raise self._failure("PostgreSQL could not prepare its data folder", done.stdout)

    def _clear_remains(self) -> None:
        """Take away what a killed server left: processes without their master first, only then its lock file.

        In this order, because two servers on one data folder would destroy it.
        """
        if not processes.wait_until_none(self.data, PROCESS, ORPHAN_SECONDS):
            processes.kill_all(self.data, PROCESS)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _launch(self, port: int) -> str | None:
        """Start the server in the background; what it wrote, if it did not start."""
        options = [
            "-c", f"port={port}", "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=200", "-c", "lc_messages=C",
            *self._durability(),
        ]  # fmt: skip
        offset = self.log.stat().st_size if self.log.exists() else 0
        failed = self._pg_ctl("start", "-t", str(START_SECONDS), "-o", " ".join(options))
        return self._tail(offset) if failed else None

    def _pg_ctl(self, *arguments: str) -> int:
        command: Sequence[str | Path] = [
            self.programs.postgres / "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-s",
            *arguments,
        ]
        # The server inherits the log as its output; a pipe would never see its end.
        with self.log.open("ab") as log:
            return self.programs.account.run(command, output=log).returncode

    def _durability(self) -> tuple[str, ...]:
        return () if self.durable else NOT_DURABLE

    def _tail(self, offset: int) -> str:
        with self.log.open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")

    def _major_version(self) -> str:
        shown = self.programs.account.run([self.programs.postgres / "postgres", "--version"])
        return shown.stdout.split()[-1].split(".")[0]

    def _failure(self, what: str, output: str) -> EmbeddedServerError:
        """One sentence with the reason that a person can act on."""
        if "No space left on device" in output:
            return EmbeddedServerError(
                f"{what}: no room on the disk of {self.data.parent}; make room and run again."
            )
        if "Address already in use" in output:
            return EmbeddedServerError(f"{what}: port {self.address.port} was taken by another program.")
        last = " / ".join(line.strip() for line in output.strip().splitlines()[-3:]) or "it wrote nothing"
        return EmbeddedServerError(f"{what} ({last}); see {self.log}, or start afresh with bin/demo --reset.")
