"""Plays a year of dossiers into the demo; ``bin/demo`` calls it once, after ``seed``."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from onestop.seeding.year import DOSSIERS, play_year


class Command(BaseCommand):
    """Takes some twenty seconds the first time and changes nothing the next."""

    help = "Play a year of dossiers through the real actions: received, handled, returned, rated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        parser.add_argument("--count", type=int, default=DOSSIERS, help="how many dossiers to play")

    def handle(self, *_args: Any, **options: Any) -> None:
        played = play_year(timezone.now(), count=options["count"])
        self.stdout.write(f"dossiers: {f'{played} played' if played else 'already there'}")
