"""Fill the table of holidays."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from egov.workdays.load_holidays import load_holidays

FIRST_YEAR, LAST_YEAR = 2015, 2027


class Command(BaseCommand):
    """Holidays of Vietnam, with days off in lieu and made-up Saturdays."""

    help = "Add the holidays of a range of years; days that are already there stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=int, default=FIRST_YEAR, help="first year")
        parser.add_argument("--to", dest="last", type=int, default=LAST_YEAR, help="last year")

    def handle(self, *_args: Any, **options: Any) -> None:
        added = load_holidays(range(options["first"], options["last"] + 1))
        self.stdout.write(f"holidays: {added} days added")
