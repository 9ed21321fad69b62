"""Starts both servers for a checkout, and shares them between the processes that want them."""

import atexit
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from egov.embedded.errors import EmbeddedServerError
from egov.embedded.postgres import Postgres
from egov.embedded.programs import Programs, places_outside
from egov.embedded.valkey import Valkey


class Servers:
    """The two servers below one ``var`` folder, for as long as some process uses them.

    ``stop`` and ``start`` of one server are for tests of what survives; the address stays the same.
    """

    def __init__(self, var: Path, *, durable: bool) -> None:
        self._folder = var / "servers"
        logs = var / "log"
        for folder in (var, self._folder, logs):
            folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        programs = Programs.locate(self._folder)
        self._postgres = Postgres(programs, self._folder, logs / "postgres.log", durable=durable)
        self._valkey = Valkey(programs, self._folder, logs / "valkey.log")
        self._use: IO[str] | None = None
        self._starter = os.getpid()

    @property
    def database_url(self) -> str:
        """The address for ``DATABASE_URL``, password included."""
        return self._postgres.url

    @property
    def redis_url(self) -> str:
        """The address for ``REDIS_URL``, password included."""
        return self._valkey.url

    def start(self) -> None:
        """Have both servers running, and tell other processes that they are in use."""
        with self._door():
            self._postgres.start()
            self._valkey.start()
            self._use = (self._folder / "in-use").open("w")
            fcntl.flock(self._use, fcntl.LOCK_SH)
        atexit.register(self.stop)

    def stop(self) -> None:
        """Stop both servers, unless another process uses them still; the last one out turns off the light."""
        if self._use is None or os.getpid() != self._starter:
            return
        atexit.unregister(self.stop)
        if not self._folder.exists():
            # Removed meanwhile, and the servers with it.
            self._use.close()
            self._use = None
            return
        with self._door():
            try:
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self._valkey.stop()
                self._postgres.stop()
            finally:
                self._use.close()
                self._use = None

    def start_postgres(self) -> None:
        """Start PostgreSQL again at the same address."""
        self._postgres.start(keep_port=True)

    def stop_postgres(self) -> None:
        """Stop PostgreSQL in order; connections are cut."""
        self._postgres.stop()

    def kill_postgres(self) -> None:
        """End PostgreSQL as a loss of power would."""
        self._postgres.kill()

    def start_valkey(self) -> None:
        """Start Valkey again, empty, at the same address."""
        self._valkey.start(keep_port=True)

    def stop_valkey(self) -> None:
        """Stop Valkey in order; all that it carried is gone."""
        self._valkey.stop()

    def kill_valkey(self) -> None:
        """End Valkey as a loss of power would."""
        self._valkey.kill()

    def remove(self) -> None:
        """Stop both servers and delete their data, inside and outside ``var``."""
        with self._door():
            self._valkey.stop()
            self._postgres.kill()
            for place in places_outside(self._folder):
                shutil.rmtree(place, ignore_errors=True)
            self._postgres.delete()

    @contextmanager
    def _door(self) -> Iterator[None]:
        """Let one process at a time start or stop servers."""
        with (self._folder / "door").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            yield


def start(var: Path, *, durable: bool = True) -> Servers:
    """Start PostgreSQL and Valkey with their data below ``var``; they stop when this process ends.

    Servers that an earlier run left behind, or that another process of this checkout started, are used.
    ``durable=False`` saves waiting for the disk: a crash of the machine then costs the data, a killed process
    does not.
    """
    try:
        servers = Servers(var.resolve(), durable=durable)
        servers.start()
    except PermissionError as error:
        raise EmbeddedServerError(
            f"{error.filename} belongs to another user (an earlier run as root?): run as that user, "
            "or remove the folder as that user."
        ) from error
    except OSError as error:
        raise EmbeddedServerError(
            f"The servers did not start below {var}: {error.strerror or error}."
        ) from error
    return servers


def remove(var: Path) -> None:
    """Stop the servers below ``var`` and delete their data."""
    Servers(var.resolve(), durable=True).remove()
