"""The touch board: what it offers, that it names nobody, keeps nothing, and leads nowhere else."""

import re
import uuid

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from egov.organizations.models import Agency
from onestop.actions.receive import receive
from onestop.models import Dossier, QueueGroup, Rating, Ticket
from onestop.seeding.figures import load_figures
from tests.conftest import MONDAY_MORNING
from tests.factories.cast import Cast
from tests.factories.dossiers import OWNER_NUMBER
from tests.factories.filings import filing
from tests.factories.one_stop import Unit, make_unit
from tests.factories.procedures import ProcedureVersionFactory
from tests.onestop.conftest import standard_forms  # noqa: F401  (fixture: slips have their forms)
from tests.support.pdf_text import text_of
from tests.support.signed_in import signed_in

NOW = MONDAY_MORNING
PERSONAL = (OWNER_NUMBER, "Vũ Thị Em", "Thôn Bắc", "0912345678", "Hoàng Thị Quầy")
PARTS = ("home", "procedures", "lookup", "rate", "tickets", "late")
HTMX = {"HX-Request": "true"}
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "counters_of_this_test")]


@pytest.fixture
def counters_of_this_test(settings) -> None:
    """The counters are in a real Valkey, which outlives a test whose clock stands still."""
    settings.CACHES = {"default": {**settings.CACHES["default"], "KEY_PREFIX": uuid.uuid4().hex}}


@pytest.fixture
def unit(db: None) -> Unit:
    load_figures()
    return make_unit()


@pytest.fixture
def group(unit: Unit) -> QueueGroup:
    return QueueGroup.objects.create(agency=unit.agency, letter="A", name="Hộ tịch, chứng thực")


@pytest.fixture
def dossier(unit: Unit) -> Dossier:
    return receive(unit.counter, filing(ProcedureVersionFactory(), unit.agency), at=NOW)


def at(agency: Agency, part: str, *more: object) -> str:
    # A request in English leaves its language behind in the thread of the tests.
    with translation.override("vi"):
        return reverse(f"portal:kiosk_{part}", args=[agency.code, *more])


def words(answer) -> str:
    return answer.content.decode()


def take(
    client: Client, agency: Agency, group: QueueGroup, once: uuid.UUID | None = None, priority: str = "none"
):
    sent = {"group": group.pk, "priority": priority, "once": once or uuid.uuid4()}
    return client.post(at(agency, "tickets"), sent)


def pages(client: Client, unit: Unit, dossier: Dossier, group: QueueGroup) -> list[str]:
    """Every page that a person can come to at the board."""
    agency, held = unit.agency, {"code": dossier.code, "secret": dossier.secret}
    shown = [client.get(at(agency, part)) for part in PARTS]
    shown += [
        client.get(at(agency, "procedures"), {"q": "khai sinh"}),
        client.get(at(agency, "procedure", dossier.version.procedure.local_code)),
        client.post(at(agency, "lookup"), {"code": dossier.code}),
        client.post(at(agency, "lookup"), held),
        client.post(at(agency, "rate"), held),
        take(client, agency, group),
    ]
    assert {one.status_code for one in shown} == {200}
    return [words(one) for one in shown]


class TestNobodyStaysBehind:
    """Rule 58, the server's half: there is nothing to clear, and what others left is cleared."""

    @pytest.mark.rule("onestop", 58)
    def test_no_page_sets_a_cookie_or_may_be_kept(self, unit, dossier, group):
        client = Client()
        pages(client, unit, dossier, group)
        assert not client.cookies
        for part in PARTS:
            assert "no-store" in client.get(at(unit.agency, part))["Cache-Control"]

    @pytest.mark.rule("onestop", 58)
    def test_the_reset_ends_a_session_and_takes_every_cookie(self, cast: Cast, unit):
        client = signed_in(cast.an)
        client.cookies["display"] = "high.large"
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        answer = client.post(at(unit.agency, "reset"))
        assert answer["Location"] == at(unit.agency, "home")
        assert answer["Clear-Site-Data"] == '"cookies", "storage", "cache"'
        assert {name: one.value for name, one in answer.cookies.items()} == {
            settings.SESSION_COOKIE_NAME: "",
            "display": "",
        }
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = session
        assert thief.get(reverse("documents:today")).status_code == 302

    def test_another_sites_page_resets_nobody(self, cast: Cast, unit):
        client = signed_in(cast.an)
        answer = client.post(at(unit.agency, "reset"), headers={"Sec-Fetch-Site": "cross-site"})
        assert "Clear-Site-Data" not in answer
        assert client.get(reverse("documents:today")).status_code == 200
        assert client.get(at(unit.agency, "reset")).status_code == 405

    @pytest.mark.rule("onestop", 58)
    def test_printed_slips_name_nobody(self, client, unit, dossier, group):
        take(client, unit.agency, group)
        code = dossier.version.procedure.local_code
        for address in (
            at(unit.agency, "ticket_paper", Ticket.objects.get().token),
            at(unit.agency, "checklist", code),
        ):
            answer = client.get(address)
            assert (answer["Content-Type"], answer["X-Frame-Options"]) == ("application/pdf", "SAMEORIGIN")
            assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
            assert [one for one in PERSONAL if one in text_of(answer.content)] == []
            assert not re.search(r"\d{9,}", text_of(answer.content))


class TestNoWayOut:
    """Whoever stands there comes to the board's own pages and nowhere else."""

    LEADS = re.compile(
        r'(?:href|action|hx-get|hx-post|src|data-print|data-reset|data-lookup|data-home)="([^"]*)"'
    )

    @pytest.mark.parametrize("language", ["", "/en"])
    def test_every_address_on_every_page_is_the_boards(self, client, unit, dossier, group, language):
        board = at(unit.agency, "home")
        allowed = (board, f"/en{board}", "/static/")
        outside = {
            address
            for page in pages(client, unit, dossier, group)
            for address in self.LEADS.findall(page)
            if not address.startswith(allowed) and not address.startswith("#")
        }
        assert outside == set()

    def test_the_portals_frame_is_not_there(self, client, unit):
        page = words(client.get(at(unit.agency, "home")))
        assert "site-nav" not in page
        assert reverse("accounts:login") not in page

    @pytest.mark.parametrize("part", PARTS)
    def test_a_touch_brings_the_part_alone_and_without_scripts_the_whole_page(self, client, unit, part):
        whole, alone = (words(client.get(at(unit.agency, part), headers=sent)) for sent in ({}, HTMX))
        assert whole.startswith("<!doctype html>")
        assert "<html" not in alone
        assert alone.strip()[:60] in whole
        assert alone.count("<h1") == 1

    def test_it_speaks_english_below_en(self, client, unit):
        page = words(client.get("/en" + at(unit.agency, "home")))
        assert '<html lang="en"' in page
        assert f'href="{at(unit.agency, "home")}"' in page

    def test_the_hall_of_no_agency_says_so(self, client):
        answer = client.get("/kiosk/H54.0/")
        assert (answer.status_code, "chưa được đặt đúng cơ quan" in words(answer)) == (404, True)


class TestTickets:
    """A number by touch."""

    @pytest.mark.rule("onestop", 41)
    def test_the_number_is_on_the_screen_and_knows_nobody(self, client, unit, group):
        page = words(take(client, unit.agency, group, priority="elderly"))
        assert "A001" in page
        assert "Người cao tuổi" in page
        ticket = Ticket.objects.get()
        assert ticket.channel == "board"
        again = words(client.get(at(unit.agency, "ticket", ticket.token)))
        assert "Trước Quý vị còn 0 số." in again

    def test_touched_twice_it_is_one_number_and_another_row_is_another(self, client, unit, group):
        land = QueueGroup.objects.create(agency=unit.agency, letter="B", name="Đất đai")
        once = uuid.uuid4()
        for row in (group, group, land):
            assert take(client, unit.agency, row, once).status_code == 200
        assert sorted(str(one) for one in Ticket.objects.all()) == ["A001", "B001"]

    def test_a_closed_row_and_another_agencys_give_none(self, client, unit, group):
        elsewhere = QueueGroup.objects.create(agency=make_unit().agency, letter="A", name="Đất đai")
        QueueGroup.objects.filter(pk=group.pk).update(is_open=False)
        assert take(client, unit.agency, elsewhere).status_code == 404
        closed = take(client, unit.agency, group)
        assert (closed.status_code, "hiện không cấp số" in words(closed)) == (403, True)
        assert not Ticket.objects.exists()

    @pytest.mark.parametrize(
        "sent",
        [
            {},
            {"group": "1" * 30, "priority": "none", "once": str(uuid.UUID(int=1))},
            {"group": "x\0", "priority": "king", "once": "y"},
        ],
    )
    def test_what_is_no_touch_gives_no_number(self, client, unit, group, sent):
        assert client.post(at(unit.agency, "tickets"), sent).status_code == 422
        assert not Ticket.objects.exists()

    def test_somebody_playing_is_held_up(self, client, unit, group, monkeypatch):
        monkeypatch.setattr("onestop.queries.hall.MOST_TICKETS", 2)
        assert [take(client, unit.agency, group).status_code for _ in range(3)] == [200, 200, 429]

    def test_a_hall_does_not_wait_for_a_counter_that_is_away(self, client, unit, group, settings):
        nowhere = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
        settings.CACHES = {"default": nowhere}
        assert take(client, unit.agency, group).status_code == 200


class TestDossierAtTheBoard:
    """By the slip's QR code or by hand, and never more than section 4.3 allows."""

    @pytest.mark.rule("onestop", 39)
    def test_code_alone_and_code_with_secret(self, client, unit, dossier):
        alone = words(client.post(at(unit.agency, "lookup"), {"code": dossier.code}))
        assert "Được tiếp nhận" in alone
        assert [one for one in (*PERSONAL, "V***", "Quá trình") if one in alone] == []
        scanned = f"https://portal.example/lookup/#{dossier.code}/{dossier.secret}"
        whole = words(client.post(at(unit.agency, "lookup"), {"code": scanned}))
        assert "V*** T*** E***" in whole
        assert "3 ngày làm việc" in whole
        assert [one for one in PERSONAL if one in whole] == []

    @pytest.mark.rule("onestop", 40)
    def test_unknown_and_wrong_are_one_page(self, client, unit, dossier):
        unknown = "000.00.00.H54-250915-9999"
        known, other = (
            client.post(at(unit.agency, "lookup"), {"code": code, "secret": "AAAA"})
            for code in (dossier.code, unknown)
        )
        assert known.status_code == other.status_code == 404
        assert words(known).replace(dossier.code, "") == words(other).replace(unknown, "")

    @pytest.mark.rule("onestop", 40)
    def test_a_board_that_asks_too_often_is_held_up(self, client, unit, dossier, settings):
        settings.LOOKUP_PER_ADDRESS = (2, 60)
        sent = [client.post(at(unit.agency, "lookup"), {"code": dossier.code}) for _ in range(3)]
        assert [one.status_code for one in sent] == [200, 200, 429]
        assert int(sent[-1]["Retry-After"]) > 0

    @pytest.mark.rule("onestop", 57)
    def test_one_touch_rates_a_stage_once(self, client, unit, dossier):
        held = {"code": dossier.code, "secret": dossier.secret}
        rated = {**held, "rate": "yes", "stage": "intake", "level": "very_satisfied", "comment": "Tốt"}
        assert client.post(at(unit.agency, "rate"), {**held, "rate": "yes"}).status_code == 422
        assert "Cảm ơn" in words(client.post(at(unit.agency, "rate"), rated))
        again = client.post(at(unit.agency, "rate"), rated)
        assert (again.status_code, Rating.objects.count()) == (422, 1)

    @pytest.mark.parametrize("typed", ["\0", "\x1b[2J", "x" * 10_000, "<b>", "%00", "𝕏" * 300])
    @pytest.mark.parametrize("part", ["lookup", "rate", "procedures"])
    def test_nonsense_is_no_fault(self, client, unit, part, typed):
        if part == "procedures":
            assert client.get(at(unit.agency, part), {"q": typed}).status_code == 200
        else:
            answer = client.post(at(unit.agency, part), {"code": typed, "secret": typed[:20]})
            assert answer.status_code in {404, 422}
