"""The desk and the list: counts that are true, piles, search without accents, a pile handed on."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from egov.audit.models import AuditEvent
from egov.notifications.models import Notification
from egov.organizations.actor import Actor
from onestop.actions.consult import consult
from onestop.actions.finish_leg import finish_leg
from onestop.actions.forward import forward, take_up
from onestop.actions.remind import remind
from onestop.actions.request_supplement import Asked, SupplementContent, request_supplement
from onestop.actions.take_over import give_back, take_over
from onestop.models import Dossier, HandoverList
from onestop.queries.desk import counted, on_desk, piles_of
from tests.conftest import MONDAY_MORNING as NOW
from tests.factories.cast import Cast
from tests.factories.dossiers import PartyFactory
from tests.factories.organizations import MembershipFactory, actor_for
from tests.factories.procedures import ProcedureVersionFactory
from tests.factories.work import Desk, linked_version, make_desk, taken_in, vn
from tests.support.pdf_text import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
SignIn = Callable[[Actor], Client]


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def counts(actor: Actor) -> dict[str, int]:
    return {one.pile.name: one.count for one in counted(actor, NOW) if one.count}


def received(desk: Desk, *, on: int, **fields: object) -> Dossier:
    """Three working days from that day of September 2025 at 08:00."""
    return taken_in(ProcedureVersionFactory(), desk, at=vn(2025, 9, on), **fields)


def test_dossiers_in_hand_lie_in_piles_by_their_appointment(desk: Desk):
    late, today, soon = received(desk, on=8), received(desk, on=10), received(desk, on=12)
    assert (late.due_at, today.due_at) == (vn(2025, 9, 11), vn(2025, 9, 15))
    assert counts(desk.counter) == {"overdue": 1, "today": 1, "week": 1}
    assert list(on_desk(desk.counter, "", NOW).order_by("due_at")) == [late, today, soon]
    assert counts(desk.specialist) == {}


def test_each_waiting_has_a_pile_of_its_own(desk: Desk):
    other = make_desk("Công an xã Thụy Xuân")
    free = received(desk, on=15)
    forward(desk.counter, free, to=2, at=NOW)
    assert counts(desk.specialist) == {"week": 1, "free": 1}
    take_up(desk.specialist, free, at=NOW)
    consult(
        desk.specialist,
        free,
        agency=other.agency,
        question="?",
        due_on=vn(2025, 9, 17).date(),
        pauses=False,
        at=NOW,
    )
    assert counts(other.leader) == {"consulted": 1}
    line = free.case.requirements.first()
    asked = SupplementContent(papers=[Asked(line.pk)], reason="Thiếu", deadline_on=vn(2025, 9, 30).date())
    request_supplement(desk.specialist, free, asked, at=NOW)
    assert counts(desk.counter) == {"applicant": 1}
    assert counts(desk.specialist) == {"applicant": 1}
    there = received(desk, on=15, deciding=other.agency)
    assert counts(other.counter) == {"door": 1}
    give_back(other.counter, there, reason="Mờ", at=NOW)
    assert counts(desk.counter) == {"applicant": 1, "given_back": 1}


@pytest.mark.rule("onestop", 43)
def test_no_pile_holds_what_the_reader_may_not_see(desk: Desk, cast: Cast):
    received(desk, on=15)
    administrator = actor_for(MembershipFactory(agency=desk.agency, agency_admin=True))
    for outsider in (cast.dung, administrator, make_desk("Công an xã").counter):
        assert counts(outsider) == {}
        for pile in piles_of(outsider):
            assert not on_desk(outsider, pile.name, NOW).exists()
    assert not on_desk(cast.em, "", NOW).exists()


def test_a_count_and_its_list_are_the_same(desk: Desk):
    for day in (8, 10, 12, 15):
        received(desk, on=day)
    for one in counted(desk.counter, NOW):
        assert on_desk(desk.counter, one.pile.name, NOW).count() == one.count


@pytest.mark.rule("onestop", 43)
@pytest.mark.parametrize(
    "typed", ["duong thuy lan", "Dương", "034188123456", "khai sinh", "H54-250915", "thuy  duong"]
)
def test_dossiers_are_found_by_what_people_type(desk: Desk, sign_in: SignIn, typed: str):
    mine = received(
        desk,
        on=15,
        code="000.00.00.H54-250915-0777",
        owner=PartyFactory(name="Dương Thùy Lan", personal_number="034188123456"),
        content="Khai sinh cho con",
    )
    elsewhere = received(make_desk("UBND xã khác"), on=15, owner=PartyFactory(name="Dương Thùy Lan"))
    other = taken_in(
        ProcedureVersionFactory(name="Đăng ký kết hôn"),
        desk,
        at=vn(2025, 9, 15),
        code="000.00.00.H54-250914-0001",
        content="Kết hôn",
    )
    page = sign_in(desk.counter).get(reverse("onestop:dossier_list"), {"q": typed}).content.decode()
    assert str(mine) in page
    assert str(elsewhere) not in page
    assert str(other) not in page
    assert AuditEvent.objects.filter(action="onestop.search").exists()


def test_filters_by_procedure_state_and_deadline(desk: Desk, sign_in: SignIn):
    late, soon = received(desk, on=8), received(desk, on=15)
    client, address = sign_in(desk.counter), reverse("onestop:dossier_list")
    page = client.get(address, {"due": "late"}).content.decode()
    assert str(late) in page
    assert str(soon) not in page
    page = client.get(address, {"procedure": soon.version.procedure_id}).content.decode()
    assert str(soon) in page
    assert str(late) not in page
    assert str(late) not in client.get(address, {"state": "done"}).content.decode()
    assert client.get(address, {"procedure": "x", "state": "y", "due": "z"}).status_code == 200


def test_a_pile_is_handed_on_and_taken_over_from_the_desk(desk: Desk, sign_in: SignIn):
    other = make_desk("Công an xã Thụy Xuân")
    version = linked_version((1, desk.agency, ()), (2, other.agency, (1,)))
    pile = [taken_in(version, desk, at=NOW) for _number in range(2)]
    for one in pile:
        take_up(desk.specialist, one, at=NOW)
    ticked = {"dossier": [one.pk for one in pile], "act": "forward", "pile": "week"}
    answer = sign_in(desk.specialist).post(reverse("onestop:desk_hand_over"), ticked, follow=True)
    assert "Đã chuyển 2 hồ sơ" in answer.content.decode()
    door = sign_in(other.counter)
    assert str(pile[0]) in door.get(reverse("onestop:desk"), {"pile": "door"}).content.decode()
    answer = door.post(reverse("onestop:desk_hand_over"), {**ticked, "act": "take_over"}, follow=True)
    assert "Đã chuyển 2 hồ sơ" in answer.content.decode()
    assert counts(other.counter)["week"] == 2
    again = door.post(reverse("onestop:desk_hand_over"), {**ticked, "act": "take_over"}, follow=True)
    assert "đã có người nhận" in again.content.decode()
    for nothing in ({}, {"dossier": ["x", "9" * 30]}):
        answer = door.post(reverse("onestop:desk_hand_over"), nothing, follow=True)
        assert "ít nhất một hồ sơ" in answer.content.decode()


def test_a_reminder_on_the_desk_leads_to_its_dossier(desk: Desk, sign_in: SignIn):
    late = received(desk, on=8)
    remind(NOW)
    client = sign_in(desk.counter)
    assert "quá hạn trả kết quả" in client.get(reverse("onestop:desk")).content.decode()
    reminder = Notification.objects.visible_to(desk.counter).get()
    answer = client.post(reverse("onestop:desk_reminder", args=[reminder.pk]))
    assert answer["Location"] == reverse("onestop:dossier_detail", args=[late.pk])
    reminder.refresh_from_db()
    assert reminder.read_at is not None
    stranger = sign_in(make_desk("Công an xã").counter)
    assert stranger.post(reverse("onestop:desk_reminder", args=[reminder.pk])).status_code == 404


def test_reminders_on_the_common_first_page_lead_to_the_dossier_too(desk: Desk, sign_in: SignIn):
    late = received(desk, on=8)
    remind(NOW)
    client = sign_in(desk.leader)
    assert "quá hạn trả kết quả" in client.get(reverse("documents:today")).content.decode()
    reminder = Notification.objects.visible_to(desk.leader).get()
    answer = client.post(reverse("documents:reminder_open", args=[reminder.pk]))
    assert answer["Location"] == reverse("onestop:dossier_detail", args=[late.pk])


def test_whoever_works_at_the_counter_begins_the_day_at_the_desk(desk: Desk, sign_in: SignIn):
    answer = sign_in(desk.counter).get("/today/")
    assert answer["Location"] == reverse("onestop:desk")
    assert sign_in(desk.leader).get("/today/").status_code == 200


@pytest.mark.parametrize("name", ["desk", "dossier_list"])
def test_lists_cost_the_same_with_one_row_and_with_thirty(
    desk: Desk, sign_in: SignIn, name: str, django_assert_max_num_queries
):
    client, version = sign_in(desk.counter), ProcedureVersionFactory()
    taken_in(version, desk, at=NOW)
    address = reverse(f"onestop:{name}")
    client.get(address)
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for _number in range(29):
        taken_in(version, desk, at=NOW)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


def test_what_the_last_hand_over_left_is_not_on_the_desk_twice(desk: Desk):
    other = make_desk("Công an xã Thụy Xuân")
    dossier = taken_in(linked_version((1, desk.agency, ()), (2, other.agency, (1,))), desk, at=NOW)
    take_up(desk.specialist, dossier, at=NOW)
    finish_leg(desk.specialist, dossier, at=NOW)
    give_back(other.counter, dossier, reason="Thiếu", at=NOW)
    finish_leg(desk.specialist, dossier, at=NOW)
    assert "given_back" not in counts(desk.counter)


@pytest.mark.rule("onestop", 43)
@pytest.mark.parametrize("typed", ["H54-250915-0777", "duong thuy lan", "034188123456", "khai sinh"])
def test_the_search_box_of_every_page_finds_dossiers_that_one_may_see(
    desk: Desk, sign_in: SignIn, typed: str
):
    lan = {"owner": PartyFactory(name="Dương Thùy Lan", personal_number="034188123456")}
    mine = received(desk, on=15, code="000.00.00.H54-250915-0777", **lan)
    there = make_desk("UBND xã khác")
    elsewhere = received(there, on=15, code="000.00.00.H54.9-250915-0777", **lan)

    def found_by(actor: Actor) -> str:
        return sign_in(actor).get(reverse("documents:search_results"), {"q": typed}).content.decode()

    page = found_by(desk.counter)
    assert "<h2>Hồ sơ một cửa</h2>" in page
    assert mine.code in page
    assert elsewhere.code not in page
    assert mine.code not in found_by(there.counter)
    administrator = actor_for(MembershipFactory(agency=desk.agency, agency_admin=True))
    assert "Hồ sơ một cửa</h2>" not in found_by(administrator)


@pytest.mark.rule("onestop", 31)
def test_a_hand_over_list_names_papers_giver_and_taker_and_why_a_dossier_came_back(
    desk: Desk, sign_in: SignIn
):
    there = make_desk("Ủy ban nhân dân xã Thụy Trình")
    dossier = received(desk, on=15, deciding=there.agency)
    give_back(there.counter, dossier, reason="Bản quét mờ", at=NOW)
    handover = HandoverList.objects.get()
    address = reverse("onestop:handover_detail", args=[handover.pk])
    for who in (desk.counter, there.counter):
        client = sign_in(who)
        assert str(handover) in client.get(reverse("onestop:handover_list")).content.decode()
        page = client.get(address).content.decode()
        for words in (str(dossier), "Bản quét mờ", there.counter.caption, desk.counter.caption):
            assert words in page
    assert AuditEvent.objects.filter(action="onestop.read_handover").count() == 2
    for outsider in (make_desk("Công an xã").counter, desk.specialist):
        assert sign_in(outsider).get(address).status_code == 404
        assert sign_in(outsider).get(reverse("onestop:handover_print", args=[handover.pk])).status_code == 404


def test_a_hand_over_list_is_printed_for_both_sides_to_sign(desk: Desk, sign_in: SignIn):
    there = make_desk("Ủy ban nhân dân xã Thụy Trình")
    taken, back = (received(desk, on=15, deciding=there.agency) for _ in range(2))
    take_over(there.counter, taken, at=NOW)
    give_back(there.counter, back, reason="Bản quét mờ", at=NOW)
    for handover in HandoverList.objects.all():
        printed = sign_in(there.counter).get(reverse("onestop:handover_print", args=[handover.pk]))
        assert printed["Content-Type"] == "application/pdf"
        # A long code may go on in the next line.
        text = text_of(printed.content).replace("\u200b", "").replace("- ", "-")
        for words in ("DANH SÁCH BÀN GIAO HỒ SƠ", f"{handover.number:02d}/DSBG", "BÊN GIAO", "BÊN NHẬN"):
            assert words in text, words
        dossier = handover.lines.get().leg.dossier
        assert dossier.code in text
        assert dossier.owner.name in text
        assert ("Bản quét mờ" in text) is (dossier == back)
        assert dossier.owner.personal_number not in text
    assert AuditEvent.objects.filter(action="onestop.print_handover").count() == 2
