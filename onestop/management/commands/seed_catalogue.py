"""Loads procedures, standard forms and queues of the demo; ``manage.py seed`` calls it by name."""

from typing import Any

from django.core.management.base import BaseCommand

from onestop.seeding.queue import seed_queue
from onestop.seeding.seed_catalogue import seed_catalogue
from onestop.seeding.standard_forms import load_standard_forms


class Command(BaseCommand):
    """Runs in seconds the first time and changes nothing the next; the network must be loaded."""

    help = "Load the procedures of the demo with their versions, decisions and life events."

    def handle(self, *_args: Any, **_options: Any) -> None:
        load_standard_forms()
        done = seed_catalogue()
        self.stdout.write(f"procedures: {'loaded' if done else 'already there'}")
        self.stdout.write(f"queues: {'opened' if seed_queue() else 'already there'}")
