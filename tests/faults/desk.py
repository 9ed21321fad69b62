"""People at work in an installation that is about to be hurt: run as a program, acts joined by ``then``.

prepare N             N sealed directives to all 769 other agencies; prints their keys
issue DOCUMENT        the registry issues one
register DOCUMENT STEP OF   each OF-th registry from STEP on takes its copy in; prints how many
upload FILE           a specialist uploads a PDF into a new draft; prints "kept", or the refusal
session               signs the registry clerk in; prints the session's key
audit                 verifies the audit chain; prints its number of links, or its faults
"""

import sys
from itertools import groupby
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from documents.actions.draft import DraftContent, create_draft  # noqa: E402
from documents.actions.draft_files import upload_paper  # noqa: E402
from documents.actions.issue import issue  # noqa: E402
from documents.actions.receive import register  # noqa: E402
from documents.enums import Source  # noqa: E402
from documents.management.demo import directive  # noqa: E402
from documents.management.demo.people import People, acting  # noqa: E402
from documents.models import Delivery, Document, DocumentKind  # noqa: E402
from documents.queries.recipients import ALL  # noqa: E402
from egov.audit.verify_chain import verify_chain  # noqa: E402
from egov.organizations.enums import Role  # noqa: E402
from egov.organizations.models import Membership  # noqa: E402
from egov.workflow.refusal import Refusal  # noqa: E402
from tests.support.signed_in import signed_in  # noqa: E402


def prepare(count: str) -> str:
    people = People.read()
    keys = []
    for _number in range(int(count)):
        document = directive.sign_by_chairman(people, directive.draft(people, ALL, None))
        keys.append(str(directive.number_and_seal(people, document).pk))
    return " ".join(keys)


def issue_document(key: str) -> str:
    return issue(
        People.read().actor(directive.CLERK), Document.objects.get(pk=key), at=timezone.now()
    ).notation


def register_copies(key: str, step: str, of: str) -> str:
    copies = list(Delivery.objects.filter(document=key).order_by("pk"))[int(step) :: int(of)]
    clerks = {
        one.agency_id: one
        for one in Membership.objects.current(timezone.localdate())
        .filter(role=Role.REGISTRY)
        .select_related("user", "agency")
    }
    for copy in copies:
        register(acting(clerks[copy.agency_id]), copy, at=timezone.now())
    return str(len(copies))


def upload(path: str) -> str:
    actor, at = People.read().actor(directive.DRAFTER), timezone.now()
    content = DraftContent(
        kind=DocumentKind.objects.get(code=directive.DIRECTIVE),
        abstract="Về việc lưu tệp",
        source=Source.UPLOADED,
    )
    document = create_draft(actor, content, at=at)
    with Path(path).open("rb") as file:
        try:
            upload_paper(actor, document, file=file, filename=Path(path).name, at=at)
        except Refusal as refusal:
            return str(refusal)
    return "kept"


def session() -> str:
    client = signed_in(People.read().actor(directive.CLERK), client=Client())
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def audit() -> str:
    report = verify_chain()
    return "; ".join(report.faults) or str(report.links)


ACTS = {
    "prepare": prepare,
    "issue": issue_document,
    "register": register_copies,
    "upload": upload,
    "session": session,
    "audit": audit,
}

if __name__ == "__main__":
    for between, (act, *words) in groupby(sys.argv[1:], key="then".__eq__):
        if not between:
            sys.stdout.write(ACTS[act](*words) + "\n")
