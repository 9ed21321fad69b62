"""Imports procedures from a file; the same as the page, for files that are too long for it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from egov.organizations.actor import Actor
from egov.organizations.models import Membership
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.import_catalogue import CatalogueFile, import_catalogue, planned
from onestop.exchange.catalogue.plan import ImportPlan


class Command(BaseCommand):
    """Without --commit only the report is printed and nothing is written."""

    help = "Import procedures (.xlsx, .csv, .json) as drafts: all of the file, or none of it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--as", dest="username", required=True, help="sign-in name of the official who imports"
        )
        parser.add_argument("--commit", action="store_true", help="write; without it this is a dry run")

    def handle(self, *_args: Any, file: Path, username: str, commit: bool, **_options: Any) -> None:
        at, actor = timezone.now(), self._actor(username)
        try:
            content = file.read_bytes()
        except OSError as error:
            raise CommandError(f"cannot read {file}: {error.strerror}") from error
        given = CatalogueFile(file.name, content)
        try:
            plan = planned(actor, given, at=at)
            self._report(plan)
            if commit:
                done = import_catalogue(actor, given, at=at)
                self.stdout.write(
                    f"written: {done.procedures} new procedures, {done.versions} new versions, "
                    f"{done.unchanged} unchanged"
                )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if plan.refused:
            raise CommandError(f"{len(plan.refused)} rows are refused; nothing was written")
        if not commit:
            self.stdout.write("dry run: nothing was written (--commit writes)")

    def _report(self, plan: ImportPlan) -> None:
        for row in plan.rows:
            mark = "ok" if row.accepted else "no"
            self.stdout.write(f"{row.number}\t{row.code}\t{mark}\t{row.words}")
        for code, limits in plan.unknown_units:
            self.stdout.write(f"unknown unit\t{code}\t{'; '.join(limits)}")

    def _actor(self, username: str) -> Actor:
        held = Membership.objects.current(timezone.localdate()).filter(user__username=username)
        for member in held.select_related("user", "agency"):
            actor = Actor(user=member.user, membership=member, agency=member.agency)
            if rules.may_keep_catalogue(actor, None):
                return actor
        raise CommandError(f"{username} does not keep the catalogue")
