"""Port and password of a server, kept between runs in files that only their owner can read."""

import random
import socket
from dataclasses import dataclass
from pathlib import Path

from egov.embedded.errors import EmbeddedServerError

# Below the range from which Linux takes ports for outgoing connections: a server that is stopped for a moment
# finds its port again.
PORTS = range(20_000, 32_000)
PORTS_TRIED = 200


@dataclass(frozen=True)
class Address:
    """Where a server of this machine listens (always on loopback) and what it asks for."""

    folder: Path
    name: str

    @property
    def password(self) -> str:
        """The server's password."""
        return self._file("password").read_text()

    @property
    def port(self) -> int:
        """The port that the server has, or had when it last ran."""
        return int(self._file("port").read_text())

    @property
    def has_password(self) -> bool:
        """Whether a password was made already."""
        return self._file("password").exists()

    @property
    def is_known(self) -> bool:
        """Whether both port and password are known, so that one can try to connect."""
        return self.has_password and self._file("port").exists()

    def set_password(self, password: str) -> None:
        """Keep a new password."""
        self._write("password", password)

    def choose_port(self, *, keep: bool) -> int:
        """The port of the last run if nobody took it (or if it must be kept), else another."""
        if self._file("port").exists() and (keep or is_free(self.port)):
            return self.port
        port = _free_port()
        self._write("port", str(port))
        return port

    def _file(self, kind: str) -> Path:
        return self.folder / f"{self.name}.{kind}"

    def _write(self, kind: str, text: str) -> None:
        """Write a file that only its owner can read, whole or not at all."""
        new = self._file(f"{kind}.new")
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        new.write_text(text)
        new.rename(self._file(kind))


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of loopback now."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    """A port that is free now; somebody may still be faster, so be ready to ask again."""
    for port in random.sample(PORTS, PORTS_TRIED):
        if is_free(port):
            return port
    raise EmbeddedServerError("No free port was found on 127.0.0.1: stop some servers of this machine.")
