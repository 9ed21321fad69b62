"""Plays a year of letters and visits into the demo; ``bin/demo`` calls it once, after ``seed_year``."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from complaints.seeding.year import play_letters


class Command(BaseCommand):
    """Takes some twenty seconds the first time and changes nothing the next."""

    help = (
        "Play a year of letters and visits through the real actions: received, handled, settled, published."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        played = play_letters(timezone.now())
        self.stdout.write(f"letters: {f'{played} played' if played else 'already there'}")
