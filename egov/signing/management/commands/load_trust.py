"""manage.py load_trust"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from egov.signing.trust_folder import load_trust_folder


class Command(BaseCommand):
    help = "Trust the roots and know the authorities whose certificates lie in a folder (SIGNING_PKI_DIR)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=Path(settings.SIGNING_PKI_DIR))

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        try:
            authorities = load_trust_folder(options["folder"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        for authority in authorities:
            kind = "root" if authority.is_root else "authority"
            self.stdout.write(f"{kind}: {authority.subject} {authority.crl_url or '(no list address)'}")
