"""The ways between pages of letters, by duty; and the page on which the keeper looks for a possible match."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from complaints.actions.seal_person import seal_person
from complaints.enums import DutyKind
from complaints.models import Duty
from egov.audit.models import AuditEvent
from tests.factories.letters import MONDAY_MORNING, LetterFactory, MatterFactory, appointed
from tests.factories.organizations import AgencyFactory, MembershipFactory, actor_for
from tests.factories.sealing import LAN, make_sealed_office
from tests.support.signed_in import signed_in

pytestmark = pytest.mark.django_db
MATCHES = reverse("complaints:letter_matches")


@pytest.fixture
def agency():
    return AgencyFactory()


def main_part(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200, address
    text = page.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def test_three_doors_of_letters_stand_in_the_navigation_of_whom_they_let_in(agency):
    doors = [reverse(f"complaints:{name}") for name in ("visit_list", "letter_list", "opening_list")]
    handler, receiver = (appointed(agency, kind) for kind in (DutyKind.HANDLING, DutyKind.RECEPTION))
    ended = appointed(agency, DutyKind.INTAKE)
    Duty.objects.filter(membership=ended.membership).update(valid_to=timezone.localdate())
    for actor, seen in (
        (actor_for(MembershipFactory(agency=agency, leader=True)), doors),
        (appointed(agency, DutyKind.INTAKE), doors),
        (handler, doors[1:]),
        (receiver, [doors[0], doors[2]]),
        (appointed(agency, DutyKind.CUSTODIAN), doors[2:]),
        (ended, []),
        (actor_for(MembershipFactory(agency=agency, registry=True)), []),
    ):
        page = signed_in(actor).get(reverse("documents:today")).content.decode()
        assert [one for one in doors if f'href="{one}"' in page] == seen


def test_tabs_lead_to_what_the_duty_opens_and_each_of_them_opens(agency):
    head = actor_for(MembershipFactory(agency=agency, leader=True))
    keeper, clerk = appointed(agency, DutyKind.PROTECTED), appointed(agency, DutyKind.INTAKE)
    reads = ["letter_list", "letter_register", "transfer_list", "letter_figures"]
    for actor, names in ((head, [*reads, "duty_list"]), (keeper, [*reads, "letter_matches"]), (clerk, reads)):
        client = signed_in(actor)
        tabs = [reverse(f"complaints:{name}") for name in names]
        for address in tabs:
            part = main_part(client, address)
            assert [f'href="{one}"' in part for one in tabs] == [True] * len(tabs), address
            assert f'href="{address}" aria-current="page"' in part
        others = {"duty_list", "letter_matches"} - set(names)
        assert not any(reverse(f"complaints:{name}") in part for name in others)


@pytest.fixture
def office(agency):
    return make_sealed_office(agency)


@pytest.fixture
def letter(office):
    letter = LetterFactory(agency=office.agency, protected=True)
    MatterFactory(letter=letter, kind="denunciation")
    seal_person(office.keeper, letter, LAN, at=MONDAY_MORNING)
    return letter


@pytest.mark.rule("complaints", 35)
def test_the_keeper_is_shown_the_code_and_never_the_name(office, letter):
    client = signed_in(office.keeper)
    assert letter.code not in main_part(client, MATCHES)
    for typed in (
        {"name": "do thi ngoc lan"},
        {"phone": LAN.phone},
        {"personal_number": LAN.personal_number},
    ):
        page = client.post(MATCHES, typed).content.decode()
        assert letter.code in page
        for known in (LAN.name, "do thi ngoc lan", LAN.phone, LAN.personal_number):
            assert known not in page
    assert "Không có đơn nào" in client.post(MATCHES, {"name": "Không có ai"}).content.decode()
    assert "Hãy ghi họ tên" in client.post(MATCHES, {}).content.decode()
    assert LAN.name not in str(list(AuditEvent.objects.values("subject_id", "details")))
    assert AuditEvent.objects.filter(action="complaints.look_for_match").count() == 4


@pytest.mark.rule("complaints", 35)
def test_nobody_else_looks_for_a_match(office, letter):
    others = (office.head, office.custodian, office.inspector, appointed(office.agency, DutyKind.INTAKE))
    for other in others:
        client = signed_in(other)
        assert client.get(MATCHES).status_code == 403
        assert client.post(MATCHES, {"name": LAN.name}).status_code == 403
    elsewhere = signed_in(appointed(AgencyFactory(), DutyKind.PROTECTED))
    assert letter.code not in elsewhere.post(MATCHES, {"name": LAN.name}).content.decode()
