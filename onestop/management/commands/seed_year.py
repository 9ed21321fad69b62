"""Plays a year of dossiers into the demo; ``bin/demo`` calls it once, after ``seed``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onestop.actions.close_month import close_months
from onestop.seeding.year import DOSSIERS, play_year


class Command(BaseCommand):
    """Takes some twenty seconds the first time and changes nothing the next."""

    help = "Play a year of dossiers through the real actions: received, handled, returned, rated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        parser.add_argument("--count", type=int, default=DOSSIERS, help="how many dossiers to play")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        played = play_year(now, count=options["count"])
        # What the hourly task does, so that the figures are there from the first minute.
        close_months(now)
        self.stdout.write(f"dossiers: {f'{played} played' if played else 'already there'}")
