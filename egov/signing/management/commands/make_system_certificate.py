"""manage.py make_system_certificate CODE"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from egov.organizations.queries.tree import resolve_code
from egov.signing.authority.demo import issue_certificate
from egov.signing.models import Certificate


class Command(BaseCommand):
    help = "Give the system a certificate of the demo's authority, for the agency that answers for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="identification code of the agency")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        now = timezone.now()
        if not settings.SIGNING_SYSTEM_PIN:
            raise CommandError("SIGNING_SYSTEM_PIN is not set")
        agency = resolve_code(options["code"], timezone.localdate(now))
        if agency is None:
            raise CommandError(f"no agency has the code {options['code']}")
        if Certificate.objects.usable(now).of_system().filter(agency=agency).exists():
            self.stdout.write("The system has its certificate.")
            return
        issue_certificate(pin=settings.SIGNING_SYSTEM_PIN, agency=agency, is_system=True)
        self.stdout.write(f"The system signs for {agency.name}.")
