"""Everything that the demo and a developer's machine need: network, holidays, authority, cast."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from documents.management.demo import signins
from documents.management.demo.enrol import enrol_cast
from egov.organizations.seeding.network import seed_network
from egov.signing.authority.hierarchy import DemoAuthority
from egov.workdays.load_holidays import load_holidays
from egov.workdays.management.commands.load_holidays import FIRST_YEAR, LAST_YEAR


class Command(BaseCommand):
    """Runs in seconds the first time and changes nothing the next."""

    help = (
        "Load the province, the holidays, the demo's certificate authority and the cast with their sign-ins."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self._say("agencies and staff", done=seed_network())
        self._say("holidays", done=bool(load_holidays(range(FIRST_YEAR, LAST_YEAR + 1))))
        # By name: business apps never import each other.
        call_command("seed_catalogue", stdout=self.stdout)
        call_command("seed_figures", stdout=self.stdout)
        DemoAuthority.here().trust()
        self._say("cast", done=enrol_cast())
        self.stdout.write(f"sign-ins: {signins.path()} (manage.py demo_signins)")

    def _say(self, what: str, *, done: bool) -> None:
        self.stdout.write(f"{what}: {'loaded' if done else 'already there'}")
