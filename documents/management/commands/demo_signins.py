"""How the people of the demo sign in."""

from binascii import unhexlify
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django_otp.oath import totp

from documents.management.demo import signins
from documents.management.demo.signins import Signins

HEADINGS = ("sign in as", "password", "PIN", "name", "position", "agency")
CODE_DIGITS = 6


class Command(BaseCommand):
    """A table of the cast; the code of the second factor changes every 30 seconds."""

    help = "Print the demo's sign-ins, or the current code of one person's authenticator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--code", metavar="NAME", help="print the current code of this person's second factor"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        known = signins.read()
        if not known.people:
            raise CommandError("There are no demo sign-ins yet: run manage.py seed.")
        if options["code"]:
            self.stdout.write(_code(known, options["code"]))
            return
        rows = [
            (one.username, one.password, one.pin or "-", one.full_name, one.position, one.agency)
            for one in known.people
        ]
        self._table(HEADINGS, rows)
        self.stdout.write("")
        self._table(("seal of", "PIN"), [(one.agency, one.pin) for one in known.seals])
        self.stdout.write("")
        self.stdout.write(
            f"Code of the second factor: manage.py demo_signins --code {known.people[0].username}"
        )

    def _table(self, headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
        widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
        for row in (headings, tuple("-" * width for width in widths), *rows):
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def _code(known: Signins, username: str) -> str:
    try:
        key = known.person(username).totp_key
    except KeyError as error:
        names = ", ".join(one.username for one in known.people)
        raise CommandError(f"There is no “{username}” in the demo; there are {names}.") from error
    return f"{totp(unhexlify(key)):0{CODE_DIGITS}d}"
