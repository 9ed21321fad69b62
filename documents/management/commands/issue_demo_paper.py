"""Takes one paper of the demo from its signer's desk to its recipients, with the keys of the cast."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand

from documents.actions.issue import issue
from documents.actions.number import number
from documents.actions.seal import seal
from documents.actions.sign import sign
from documents.management.demo.cast import CAST
from documents.management.demo.people import People
from documents.models import Document
from egov.organizations.enums import Role


class Command(BaseCommand):
    """Other apps' seeding calls it by name for what it has requested at ``documents.public``."""

    help = "Sign, number, seal and issue a paper that waits for a signer of the demo's cast."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which one, and as of when."""
        parser.add_argument("document", type=int, help="key of the document")
        parser.add_argument("--at", type=datetime.fromisoformat, required=True, help="moment, with its zone")

    def handle(self, *_args: Any, **options: Any) -> None:
        people, at = People.read(), options["at"]
        document = Document.objects.select_related("signer__user", "agency").get(pk=options["document"])
        signer = document.signer.user.username
        clerk = people.actor(
            next(
                part.username
                for part in CAST
                if part.role == Role.REGISTRY and part.agency == document.agency.short_name
            )
        )
        document = sign(people.actor(signer), document, pin=people.pin(signer), at=at)
        document = number(clerk, document, at=at)
        document = seal(clerk, document, pin=people.seal_pin(clerk), at=at)
        issue(clerk, document, at=at)
