"""What a letter's page asks of the database: a few statements in every state, whatever is on record."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from complaints.actions.attach import attach
from complaints.actions.entry import HandedPaper
from complaints.enums import DutyKind, MatterKind
from complaints.models import Attachment, Matter
from egov.organizations.actor import Actor
from egov.workdays.load_holidays import load_holidays
from tests.factories.letters import MatterFactory, ParticipantFactory, appointed
from tests.factories.organizations import MembershipFactory
from tests.factories.settlements import (
    Bench,
    accepted,
    drafted,
    make_bench,
    processed,
    settled,
    verified,
    vn,
)
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
# Session, account, position (3), the read on record, the reader's side, contents, two statements of lists;
# the people who may be chosen, terms and calendar (3), what a direction suggests or where a result is sent.
MOST, MOST_PROTECTED = 14, 15
STATES: dict[str, Callable[[Bench], Matter]] = {
    "processed": processed,
    "accepted": accepted,
    "verified": lambda bench: verified(bench, differs=True),
    "drafted": lambda bench: drafted(bench).matter,
    "settled": lambda bench: settled(bench).matter,
    "denounced": lambda bench: verified(bench, kind=MatterKind.DENUNCIATION),
}


@pytest.fixture
def bench(clock) -> Bench:
    clock.move_to(vn(2026, 8, 17))
    load_holidays([2026])
    return make_bench()


def asked(actor: Actor, matter: Matter) -> int:
    client, url = signed_in(actor), reverse("complaints:matter_detail", args=[matter.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.parametrize("state", STATES)
def test_the_page_asks_a_few_statements_of_whoever_opens_it(bench: Bench, state: str):
    matter = STATES[state](bench)
    most = MOST_PROTECTED if matter.letter.is_protected else MOST
    counts = {who: asked(getattr(bench, who), matter) for who in ("leader", "handler", "colleague")}
    assert {who: count for who, count in counts.items() if count > most} == {}, counts


def test_more_people_papers_and_contents_cost_nothing(bench: Bench):
    matter = accepted(bench)
    leader = bench.leader
    before = asked(leader, matter)
    for number in range(3):
        ParticipantFactory(letter=matter.letter, name=f"Người thứ {number}")
        MatterFactory(letter=matter.letter, kind=MatterKind.SUGGESTION)
        appointed(matter.agency, DutyKind.HANDLING)
        MembershipFactory(agency=matter.agency, deputy=True)
        paper = HandedPaper(kind=Attachment.Kind.EVIDENCE, name=f"Giấy {number}", originals=1)
        attach(bench.handler, matter.letter, paper, at=timezone.now())
    assert asked(leader, matter) == before
