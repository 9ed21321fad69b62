"""Load the province's agencies and staff."""

from typing import Any

from django.core.management.base import BaseCommand

from egov.organizations.seeding.network import seed_network


class Command(BaseCommand):
    """Agencies, their codes and tree, departments, staff accounts without passwords."""

    help = "Load the 770 agencies and 8,175 accounts of the province; does nothing when that was done before."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write("network loaded" if seed_network() else "network was loaded before")
