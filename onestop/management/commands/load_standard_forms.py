"""Loads the sets of standard forms that slips are printed on; needed once on every installation."""

from typing import Any

from django.core.management.base import BaseCommand

from onestop.models import FormSet
from onestop.seeding.standard_forms import load_standard_forms


class Command(BaseCommand):
    """Adds what is missing; a set whose first day the province has changed stays as it is."""

    help = "Load the standard forms of Circulars 01/2018 and 03/2025/TT-VPCP with their first days."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_standard_forms()
        self.stdout.write(f"sets of standard forms: {FormSet.objects.count()}")
