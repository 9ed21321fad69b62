"""One main button on a letter's page, in every state, for everybody: the step that the matter waits for."""

import re
from datetime import date

import pytest
from django.urls import reverse

from complaints.actions.verify import Assignment, assign_verification
from complaints.enums import Direction, DutyKind, MatterKind, MatterState
from complaints.models import Matter, Proposal
from egov.organizations.actor import Actor
from egov.workdays.load_holidays import load_holidays
from tests.factories.letters import LetterFactory, MatterFactory, appointed
from tests.factories.settlements import (
    ACCEPTED,
    RECEIVED,
    Bench,
    accepted,
    drafted,
    make_bench,
    processed,
    settled,
    talked,
    verified,
    vn,
)
from tests.support.signed_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
MAIN = re.compile(r'class="btn btn-primary[^"]*"[^>]*>([^<]*)<')


@pytest.fixture
def bench(clock) -> Bench:
    clock.move_to(vn(2026, 8, 17))
    load_holidays([2026])
    return make_bench()


def main_buttons(actor: Actor, matter: Matter) -> list[str]:
    page = signed_in(actor).get(reverse("complaints:matter_detail", args=[matter.pk])).content.decode()
    return [words.strip() for words in MAIN.findall(page)]


def everybodys(bench: Bench, matter: Matter) -> dict[str, list[str]]:
    return {who: main_buttons(getattr(bench, who), matter) for who in ("leader", "handler", "colleague")}


def in_nobodys_hands(bench: Bench) -> Matter:
    return processed(bench, handler=None)


def entered(bench: Bench) -> Matter:
    return MatterFactory(letter=LetterFactory(agency=bench.agency, received_at=RECEIVED))


def proposed(bench: Bench) -> Matter:
    matter = processed(bench)
    Proposal.objects.create(
        matter=matter,
        direction=Direction.ACCEPT,
        words="Đủ điều kiện",
        proposed_at=RECEIVED,
        proposed_by=bench.handler.membership,
    )
    return matter


def assigned(bench: Bench) -> Matter:
    matter = accepted(bench)
    task = Assignment(leader=bench.handler.membership, content="Xác minh", due_on=date(2026, 8, 20))
    assign_verification(bench.leader, matter, task, at=ACCEPTED)
    return matter


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (entered, (["Phân công người xử lý"], ["Nhận xử lý"], ["Nhận xử lý"])),
        (proposed, (["Duyệt"], [], [])),
        (processed, (["Thụ lý"], [], [])),
        (accepted, (["Giao xác minh"], [], [])),
        (assigned, ([], ["Lập kế hoạch xác minh"], [])),
        (lambda bench: verified(bench, differs=True), (["Thông báo đối thoại"], ["Thông báo đối thoại"], [])),
        (lambda bench: talked(bench, verified(bench)), (["Soạn dự thảo"], ["Soạn dự thảo"], [])),
        (lambda bench: drafted(bench).matter, (["Trình ký"], ["Trình ký"], [])),
        (lambda bench: settled(bench).matter, (["Soạn bản công khai"], ["Soạn bản công khai"], [])),
        (
            lambda bench: verified(bench, kind=MatterKind.DENUNCIATION),
            (["Soạn dự thảo"], ["Soạn dự thảo"], []),
        ),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_each_state_has_one_next_step_for_whoever_takes_it(bench: Bench, make, expected):
    matter = make(bench)
    assert tuple(everybodys(bench, matter).values()) == expected


def test_where_nobody_has_it_the_leader_gives_it_to_somebody(bench: Bench):
    matter = in_nobodys_hands(bench)
    Matter.objects.filter(pk=matter.pk).update(state=MatterState.PROCESSING)
    assert main_buttons(bench.deputy, matter) == ["Phân công người xử lý"]
    assert main_buttons(appointed(bench.agency, DutyKind.INSPECTOR), matter) == []
