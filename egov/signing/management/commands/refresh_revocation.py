"""manage.py refresh_revocation"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from egov.signing.revocation import refresh_revocation


class Command(BaseCommand):
    help = "Fetch the newest revocation list of every authority; fails when one did not answer."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        results = refresh_revocation()
        for result in results:
            self.stdout.write(f"{result.authority}: {result.problem or 'ok'}")
        failed = [result for result in results if result.problem]
        if failed:
            raise CommandError(f"{len(failed)} of {len(results)} lists could not be fetched")
