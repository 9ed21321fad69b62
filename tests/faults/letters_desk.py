"""People who settle letters in an installation that is about to be hurt: run as a program.

begin                 the head appoints who enters letters and who handles them; the clerk signs in; prints
                      the agency's key and the session's
session               signs the registry clerk in, long enough ago that the next request notes it; the key
sealed                a complaint entered and settled up to its sealed decision; prints matter and document
"""

import json
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from complaints.actions.accept import accept  # noqa: E402
from complaints.actions.appoint_duty import appoint_duty  # noqa: E402
from complaints.actions.decide_proposal import approve  # noqa: E402
from complaints.actions.draft_outcome import OutcomeContent, draft_outcome  # noqa: E402
from complaints.actions.enter import enter  # noqa: E402
from complaints.actions.present_outcome import Signing, present_outcome  # noqa: E402
from complaints.actions.propose import Proposed, propose  # noqa: E402
from complaints.actions.take_in_hand import take_in_hand  # noqa: E402
from complaints.actions.verify import Assignment, assign_verification, report  # noqa: E402
from complaints.enums import Direction, DutyKind  # noqa: E402
from complaints.models import Duty, Matter  # noqa: E402
from complaints.models.outcome import ComplaintResult  # noqa: E402
from documents.management.demo import directive  # noqa: E402
from documents.management.demo.people import People  # noqa: E402
from documents.models import Document  # noqa: E402
from egov.accounts.login.sessions import NOTE_EVERY, SEEN  # noqa: E402
from egov.organizations.enums import Capacity  # noqa: E402
from egov.organizations.models import Agency  # noqa: E402
from tests.factories.entries import entry  # noqa: E402
from tests.support.signed_in import signed_in  # noqa: E402

CLERK, HANDLER, HEAD = directive.CLERK, directive.DRAFTER, directive.SIGNER


@dataclass(frozen=True)
class Decision:
    """A matter with the decision that waits to be issued."""

    matter: int
    document: int


def begin() -> str:
    people, at = People.read(), timezone.now()
    head = people.actor(HEAD)
    for username, kind in ((CLERK, DutyKind.INTAKE), (HANDLER, DutyKind.HANDLING)):
        member = people.actor(username).membership
        if not Duty.objects.filter(membership=member, kind=kind).exists():
            appoint_duty(
                head, member, kind, basis="Quyết định 5/QĐ-UBND", valid_from=timezone.localdate(), at=at
            )
    return json.dumps({"agency": head.agency.pk, "session": session()})


def session() -> str:
    client = signed_in(People.read().actor(CLERK), client=Client())
    kept = client.session
    kept[SEEN] = (timezone.now() - timedelta(seconds=2 * NOTE_EVERY)).timestamp()
    kept.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def sealed() -> str:
    people, at = People.read(), timezone.now()
    clerk, handler, head = (people.actor(one) for one in (CLERK, HANDLER, HEAD))
    matter = enter(clerk, entry(at=at), at=at).matters.get()
    take_in_hand(handler, matter, at=at)
    propose(handler, again(matter), Proposed(direction=Direction.ACCEPT, words="Đủ điều kiện"), at=at)
    approve(head, again(matter), at=at)
    accept(head, again(matter), at=at)
    task = Assignment(leader=handler.membership, content="Nguồn gốc đất", due_on=timezone.localdate(at))
    assign_verification(head, again(matter), task, at=at)
    report(
        handler,
        again(matter),
        findings="Tính thiếu 20 m².",
        recommendation="Công nhận.",
        differs=False,
        at=at,
    )
    words = OutcomeContent(
        result=ComplaintResult.RIGHT, findings="Có cơ sở.", ruling="Bồi thường thêm 20 m²."
    )
    draft_outcome(handler, again(matter), words, at=at)
    document = presented(people, again(matter), at)
    directive.sign_by_chairman(people, document)
    directive.number_and_seal(people, Document.objects.get(pk=document.pk))
    return json.dumps(asdict(Decision(matter.pk, document.pk)))


def presented(people: People, matter: Matter, at: datetime) -> Document:
    """Present the decision to the head; it goes to one other agency."""
    elsewhere = people.actor("dung").agency
    assert isinstance(elsewhere, Agency)
    signing = Signing(
        signer=people.actor(HEAD).membership, capacity=Capacity.TM, recipient_codes=(elsewhere.code,)
    )
    outcome = present_outcome(people.actor(HANDLER), matter, signing, at=at)
    return Document.objects.get(pk=outcome.document_id)


def again(matter: Matter) -> Matter:
    """As it stands in the database now."""
    return Matter.objects.get(pk=matter.pk)


ACTS = {"begin": begin, "session": session, "sealed": sealed}

if __name__ == "__main__":
    sys.stdout.write(ACTS[sys.argv[1]]() + "\n")
