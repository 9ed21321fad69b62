"""Check that figures rest on events: spells made again from them, closed months counted again."""

from itertools import chain, islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from onestop.models import ClosedMonth, Dossier
from onestop.queries.statistics.closed import changed_figures
from onestop.queries.statistics.replay import differences

SHOWN = 20


class Command(BaseCommand):
    """Status 0 when everything agrees; otherwise the first differences in words."""

    help = "Make the spells of dossiers again from their events and count closed months again; compare."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--months-only", action="store_true", help="leave the spells out, for a quick look"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        dossiers = Dossier.objects.none() if options["months_only"] else Dossier.objects.all()
        months = list(ClosedMonth.objects.order_by("first_day"))
        faults = chain(differences(dossiers), chain.from_iterable(map(changed_figures, months)))
        found = list(islice(faults, SHOWN))
        if found:
            raise CommandError("figures do not rest on events:\n" + "\n".join(found))
        self.stdout.write(
            f"figures agree with events: {dossiers.count()} dossiers, {len(months)} closed months"
        )
