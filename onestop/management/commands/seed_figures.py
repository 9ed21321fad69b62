"""The parts of the service index and the criteria of ratings, for a new installation."""

from typing import Any

from django.core.management.base import BaseCommand

from onestop.seeding.figures import load_figures


class Command(BaseCommand):
    """May run any number of times."""

    help = "Load the parts of the index of Decision 766/QĐ-TTg and the criteria of ratings."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_figures()
        self.stdout.write("index and rating criteria: loaded")
