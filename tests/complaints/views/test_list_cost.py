"""What lists of letters ask of the database: twelve statements at most, for nine rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from complaints.actions.attach import attach
from complaints.actions.entry import HandedPaper
from complaints.enums import DutyKind, MatterKind
from complaints.models import Attachment
from egov.organizations.actor import Actor
from tests.factories.letters import (
    MONDAY_MORNING,
    LetterFactory,
    MatterFactory,
    ParticipantFactory,
    appointed,
)
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MOST = 12
# The search box asks four apps, each with its record; the desk of visits counts the month's reception days.
MORE = {"documents:search_results": 16, "complaints:visit_list": 14}
EVERY = tuple(DutyKind)
PAGES = (
    ("documents:today", ""),
    ("documents:search_results", "?q=thu+hoi"),
    ("complaints:letter_list", ""),
    ("complaints:letter_list", "?q=lan&work=late"),
    ("complaints:letter_register", "?year=2025"),
    ("complaints:transfer_list", ""),
    ("complaints:letter_figures", ""),
    ("complaints:duty_list", ""),
    ("complaints:opening_list", ""),
    ("complaints:sealing_keys", ""),
    ("complaints:visit_list", ""),
    ("complaints:letter_enter", ""),
    ("complaints:letter_matches", ""),
)


@pytest.fixture
def head(clock) -> Actor:
    agency = AgencyFactory(parent=AgencyFactory(province=True))
    member = MembershipFactory(agency=agency, leader=True)
    for kind in EVERY:
        member.complaint_duties.create(kind=kind, basis="Quyết định 1", valid_from="2020-01-01")
    return actor_for(member, second_factor=True)


def more(head: Actor, rows: int) -> None:
    for _number in range(rows):
        handler = appointed(head.agency, DutyKind.HANDLING)
        at = MONDAY_MORNING.replace(year=2025)
        letter = LetterFactory(agency=head.agency, received_at=at)
        ParticipantFactory(letter=letter)
        MatterFactory(letter=letter, handler=handler.membership)
        paper = HandedPaper(kind=Attachment.Kind.EVIDENCE, name="Ảnh", originals=1)
        attach(handler, letter, paper, at=at)
        sealed = LetterFactory(agency=head.agency, received_at=at, protected=True)
        MatterFactory(letter=sealed, kind=MatterKind.DENUNCIATION)


def test_pages_of_letters_cost_the_same_for_nine_rows_as_for_one(head: Actor):
    client = signed_in(head)
    counts: dict[tuple[str, str], list[int]] = {}
    for rows in (1, 8):
        more(head, rows)
        for name, query in PAGES:
            address = reverse(name) + query
            assert client.get(address).status_code == 200, address
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.setdefault((name, query), []).append(len(asked))
    wrong = {
        page: both for page, both in counts.items() if both[0] != both[1] or both[1] > MORE.get(page[0], MOST)
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "name", ["letter_home", "letter_follow", "letter_results", "letter_answers", "reception_list"]
)
def test_pages_about_letters_for_everybody_cost_the_same_too(head: Actor, client, name: str):
    # A choice of contrast: pages for everybody come out of a cache and would count nothing.
    client.cookies["display"] = "high.normal"
    counts = []
    for rows in (1, 4):
        more(head, rows)
        client.get(reverse(f"portal:{name}"))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"portal:{name}")).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST, counts
