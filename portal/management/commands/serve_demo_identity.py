"""manage.py serve_demo_identity"""

import signal
import threading
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.seeding.demo_people import DEMO_PEOPLE
from portal.seeding.identity_provider import IdentityProvider, make_server


class Command(BaseCommand):
    help = "Serve the demo's provider of electronic identities at EID_ISSUER until stopped."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        issuer = urlsplit(settings.EID_ISSUER)
        if settings.HTTPS or issuer.hostname not in {"127.0.0.1", "localhost"} or issuer.port is None:
            raise CommandError(
                "EID_ISSUER must name a port of this machine (http://127.0.0.1:8766) and HTTPS must be off: "
                "this provider vouches for anybody."
            )
        provider = IdentityProvider(
            settings.EID_ISSUER, settings.EID_CLIENT_ID, settings.EID_CLIENT_SECRET, DEMO_PEOPLE
        )
        try:
            server = make_server(provider, options["host"], issuer.port)
        except OSError as error:
            raise CommandError(
                f"cannot listen on {options['host']}:{issuer.port}: {error.strerror}"
            ) from error
        for number in (signal.SIGINT, signal.SIGTERM):
            # shutdown() waits for the serving loop, so it may not run in the loop's own thread.
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        self.stdout.write(f"Demo identities: {settings.EID_ISSUER}")
        self.stdout.flush()
        server.serve_forever(poll_interval=0.2)
        server.server_close()
