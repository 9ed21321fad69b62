"""The main job: a signed directive travels from the province to every agency, carried by real workers."""

import time
from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from documents.actions.issue import issue
from documents.management.demo import directive, life
from documents.management.demo.arrival import (
    WORKERS_ANSWER,
    StandStill,
    WorkersNotAlive,
    require_workers,
    wait_for_all,
)
from documents.management.demo.cast import NoSuchPost
from documents.management.demo.copies import verify_copies
from documents.management.demo.people import NoCast, People
from documents.management.demo.progress import Progress
from documents.models import Document
from documents.queries.recipients import ALL, ALL_COMMUNES, ALL_DISTRICTS, RecipientChoice
from egov.organizations.queries.tree import resolve_codes
from egov.workflow.refusal import Refusal

GROUPS = {"all": ALL, "districts": ALL_DISTRICTS, "communes": ALL_COMMUNES}
QUEUE = "default"
PROBLEMS_SHOWN = 5


class Command(BaseCommand):
    """Ends with status 0 only if every recipient has a copy that its own registry finds genuine."""

    help = (
        "Have the demo's cast draft, sign, number, seal and issue a directive; wait until real workers have "
        "delivered it; check every recipient's copy."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(
            prog_name, subcommand, formatter_class=RawDescriptionHelpFormatter, **kwargs
        )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, metavar="FILE.pdf", help="send this PDF")
        parser.add_argument(
            "--to",
            nargs="+",
            default=["all"],
            metavar="WHOM",
            help="all (default), districts, communes, or identification codes of agencies",
        )
        parser.add_argument("--check", action="store_true", help="nothing beyond the job and its check")
        parser.add_argument(
            "--wait",
            type=float,
            default=WORKERS_ANSWER,
            metavar="SECONDS",
            help="for a worker that is still starting (default: %(default)s)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            self._run(options["file"], options["to"], check=options["check"], wait=options["wait"])
        except (NoCast, NoSuchPost) as error:
            raise CommandError("There is no demo cast in this database: run manage.py seed.") from error
        except (WorkersNotAlive, StandStill) as error:
            raise CommandError(str(error)) from error
        except Refusal as refusal:
            raise CommandError(f"The system refused: {refusal}") from refusal
        except OSError as error:
            raise CommandError(f"{error.filename or 'The file store'}: {error.strerror}") from error

    def _run(self, file: Path | None, to: list[str], *, check: bool, wait: float) -> None:
        people, choice = People.read(), _choice(to)
        require_workers(QUEUE, seconds=wait)
        with self._step("drafted and presented for signature"):
            document = directive.draft(people, choice, file)
        with self._step("signed by the chairman"):
            document = directive.sign_by_chairman(people, document)
        with self._step("numbered and sealed by the registry"):
            document = directive.number_and_seal(people, document)
        clerk = people.actor(directive.CLERK)
        began = time.monotonic()
        with self._step("issued"):
            document = issue(clerk, document, at=timezone.now())
        self.stdout.write(f"{document.notation}: {document.abstract}")
        progress = Progress(self.stdout)
        with self._step("delivered to the last recipient"):
            delivered = wait_for_all(document, progress.show)
            progress.end()
        with self._step("every copy checked"):
            verified, problems = self._verify(document, progress)
        seconds = time.monotonic() - began
        if not check and life.play(people, document):
            self.stdout.write(
                "district and commune have registered their copies; the district's leader directs"
            )
        total = document.deliveries.count()
        for problem in problems[:PROBLEMS_SHOWN]:
            self.stdout.write(f"  {problem}")
        self.stdout.write(f"main job: {delivered}/{total} delivered, {verified} verified, {seconds:.1f} s")
        if not delivered == verified == total:
            raise SystemExit(1)

    def _verify(self, document: Document, progress: Progress) -> tuple[int, list[str]]:
        """How many copies are genuine, and what is wrong with the others."""
        total, verified, problems = document.deliveries.count(), 0, []
        for copy in verify_copies(document):
            if copy.problem:
                problems.append(f"{copy.agency}: {copy.problem}")
            else:
                verified += 1
            progress.show({"verified": (verified, total)})
        progress.end()
        return verified, problems

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """Say what was done and how long it took."""
        began = time.monotonic()
        yield
        self.stdout.write(f"{what}: {time.monotonic() - began:.2f} s")


def _choice(to: list[str]) -> RecipientChoice:
    """What ``--to`` means: a group, or agencies by code. Raises CommandError for a code that means nobody."""
    if len(to) == 1 and to[0] in GROUPS:
        return GROUPS[to[0]]
    found = resolve_codes(to, timezone.localdate())
    unknown = [code for code in to if code not in found]
    if unknown:
        raise CommandError(f"No agency has the code {', '.join(unknown)} today.")
    return RecipientChoice(agency_ids=frozenset(agency.pk for agency in found.values()))
