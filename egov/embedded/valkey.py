"""One Valkey of its own for a checkout: Celery's broker.

It keeps nothing on disk. What it carries are hints; the truth is in the database, and a sweep finds what a
lost hint did not reach.
"""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from egov.embedded import processes
from egov.embedded.addresses import Address
from egov.embedded.errors import EmbeddedServerError
from egov.embedded.programs import Programs

PROCESS = "valkey-server"
START_SECONDS = 20
STOP_SECONDS = 10
GRACE_SECONDS = 1
PORT_ATTEMPTS = 5


@dataclass
class Valkey:
    """The Valkey server below one ``var`` folder."""

    programs: Programs
    settings: Path
    log: Path

    def __post_init__(self) -> None:
        self.home = self.settings / "valkey"
        self.home.mkdir(mode=0o711, exist_ok=True)
        self.address = Address(self.settings, "valkey")

    @property
    def url(self) -> str:
        """The address for ``REDIS_URL``, password included."""
        return f"redis://:{self.address.password}@127.0.0.1:{self.address.port}/0"

    @property
    def running(self) -> bool:
        """Whether the server is alive."""
        return bool(processes.working_in(self.home, PROCESS))

    def start(self, *, keep_port: bool = False) -> None:
        """Have the server running and answering; one that an earlier run left is used.

        ``keep_port``: the address is in use already, so another port is no way out.
        """
        if self.running and not self._answers():
            self.kill()
        if self.running:
            return
        if not self.address.has_password:
            self.address.set_password(secrets.token_urlsafe(24))
        for _ in range(PORT_ATTEMPTS):
            port = self.address.choose_port(keep=keep_port)
            if self._launch(port):
                return
            if keep_port:
                raise EmbeddedServerError(f"Valkey did not start: port {port} was taken by another program.")
        raise EmbeddedServerError(
            f"Valkey did not start; see {self.log}, or set REDIS_URL to a server of yours."
        )

    def stop(self) -> None:
        """Stop in order, and at once: there is nothing to save."""
        if self.running and self._answers():
            with self._client() as client:
                client.shutdown(nosave=True)
        if not processes.wait_until_none(self.home, PROCESS, STOP_SECONDS):
            self.kill()

    def kill(self) -> None:
        """End it as a loss of power would."""
        processes.kill_all(self.home, PROCESS)

    def _client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2)

    def _answers(self) -> bool:
        if not self.address.is_known:
            return False
        try:
            with self._client() as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    def _launch(self, port: int) -> bool:
        """Start in the background and wait for an answer; the settings go in by a pipe, away from ``ps``."""
        lines = (
            "bind 127.0.0.1", f"port {port}", f"requirepass {self.address.password}",
            'save ""', "appendonly no", "maxmemory-policy noeviction", "daemonize no",
        )  # fmt: skip
        with self.log.open("ab") as log:
            # The shell puts the server in the background and ends, so that the server is nobody's child and
            # no dead process is left of it; its settings reach it through the shell's input.
            self.programs.account.run(
                ["sh", "-c", 'exec 3<&0; "$0" - <&3 3<&- &', self.programs.valkey],
                given="\n".join(lines),
                output=log,
                folder=self.home,
            )
        begin = time.monotonic()
        while time.monotonic() < begin + START_SECONDS:
            if self._answers():
                return True
            if time.monotonic() > begin + GRACE_SECONDS and not self.running:
                return False
            time.sleep(processes.POLL_SECONDS)
        return False
