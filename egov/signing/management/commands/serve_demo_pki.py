"""manage.py serve_demo_pki --port 8765"""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from egov.signing.authority.hierarchy import DemoAuthority
from egov.signing.authority.server import make_server


class Command(BaseCommand):
    help = "Serve the demo's revocation lists (/crl/…) and time stamps (/tsa) until stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8765)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            server = make_server(DemoAuthority.here(), options["host"], options["port"])
        except OSError as error:
            raise CommandError(
                f"cannot listen on {options['host']}:{options['port']}: {error.strerror}"
            ) from error
        for number in (signal.SIGINT, signal.SIGTERM):
            # shutdown() waits for the serving loop, so it may not run in the loop's own thread.
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        self.stdout.write(f"Demo PKI: http://{options['host']}:{server.server_port}/crl/, /tsa")
        self.stdout.flush()
        server.serve_forever(poll_interval=0.2)
        server.server_close()
