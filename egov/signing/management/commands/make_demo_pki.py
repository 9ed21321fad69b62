"""manage.py make_demo_pki"""

from typing import Any

from django.core.management.base import BaseCommand

from egov.signing.authority.hierarchy import DemoAuthority


class Command(BaseCommand):
    help = "Make the demo's certificate authority when it is missing, and make the system trust it."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        authority = DemoAuthority.here()
        authority.trust()
        self.stdout.write(f"Demo PKI: {authority.folder}")
