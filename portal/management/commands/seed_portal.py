"""``manage.py seed_portal``: what the demo's portal shows, after the office and its year are there."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.seeding.citizens import seed_citizens
from portal.seeding.content import seed_content
from portal.seeding.filing import seed_filing
from portal.seeding.finding import seed_finding
from portal.seeding.inquiries import seed_inquiries


class Command(BaseCommand):
    """Each part of the portal brings its own; running it again adds nothing twice."""

    help = "Fill the portal of a demo: search index, and what each part of the portal seeds."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Call every part."""
        print(f"search index: {seed_finding()} entries")
        print(f"published texts: {seed_content()}")
        print(f"certificate of the system: {seed_filing()}")
        print(f"dossiers of the demo's citizens: {seed_citizens()}")
        print(f"questions, reports, suggestions: {seed_inquiries()}")
