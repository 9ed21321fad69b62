"""The conversation with the portal: what counts as an acknowledgement, and what does not (rule 50)."""

import hashlib
import socket

import pytest

from egov.exchange.conversation import Rejected, Unavailable
from onestop.exchange.national_portal.http import HttpPortal
from onestop.exchange.national_portal.interface import Standing
from tests.conftest import MONDAY_MORNING

STATUS = {"sequence": 1, "code": 1}


@pytest.fixture
def client(portal):
    with HttpPortal.configured() as client:
        yield client


@pytest.fixture
def number(client) -> str:
    number = client.next_number("H54-DK250915-0001", known_as="")
    client.open_dossier(number, {"reference": "H54-DK250915-0001"})
    return number


def test_the_whole_flow_and_all_of_it_again(portal, client):
    for _time in range(2):
        number = client.next_number("H54-DK250915-0001", known_as="")
        content = b"%PDF-1.7 to khai"
        sha256 = hashlib.sha256(content).hexdigest()
        file = client.upload(content, sha256=sha256, name="tờ khai.pdf", media_type="application/pdf")
        client.open_dossier(number, {"papers": [file]})
        client.tell_progress(number, 1, {"words": "Mới đăng ký"})
        assert client.tell_status(number, 1, STATUS) == "QG-000001-1"
    books = portal.books
    assert (len(books["numbers"]), len(books["files"]), len(books["dossiers"])) == (1, 1, 1)
    assert books["taken"] == [["QG-000001", 1, 1]]
    assert books["repeats"] == 3
    assert len(books["tokens"]) == 1


def test_what_came_from_the_portal_keeps_its_number(client):
    assert client.next_number("H54-DK250915-0002", known_as="G01-99") == "G01-99"


def test_a_token_that_ended_is_got_anew_without_a_word(portal, client, number):
    portal.control("expire")
    assert client.tell_status(number, 1, STATUS)
    assert len([call for call in portal.books["calls"] if call == "POST /token"]) == 2


def test_wrong_credentials_are_no_fault_of_the_dossier(portal, settings):
    settings.NATIONAL_PORTAL_SECRET = "wrong"
    with HttpPortal.configured() as client, pytest.raises(Unavailable, match="tài khoản kết nối"):
        client.next_number("H54-DK250915-0001", known_as="")
    assert portal.books["numbers"] == {}


@pytest.mark.rule("onestop", 50)
@pytest.mark.parametrize(
    "illness",
    ["hang", "drop", "drop_after", "truncate", "garbage", "empty", "redirect", "500", "503", "429", "408"],
)
def test_only_a_whole_answer_is_an_acknowledgement(portal, client, number, illness):
    portal.fail("statuses", illness)
    with pytest.raises(Unavailable):
        client.tell_status(number, 1, STATUS)
    assert client.tell_status(number, 1, STATUS)
    assert portal.told(number) == [1]


@pytest.mark.rule("onestop", 50)
def test_nobody_there(settings, portal):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.NATIONAL_PORTAL_URL = f"http://127.0.0.1:{free.getsockname()[1]}"
    with HttpPortal.configured() as client, pytest.raises(Unavailable, match="ConnectionError"):
        client.next_number("x", known_as="")


@pytest.mark.parametrize("status", ["400", "403", "409", "422"])
def test_a_clear_no_is_told_in_the_portals_words(portal, client, number, status):
    portal.fail("statuses", status)
    with pytest.raises(Rejected, match=f"HTTP {status}: Mã thủ tục không có"):
        client.tell_status(number, 1, STATUS)


def test_the_list_of_a_day_is_read_to_its_end(portal, client):
    rows = [{"number": f"QG-{row}", "code": 2, "sequence": 1} for row in range(5)]
    portal.control("set", {"listed": rows})
    assert list(client.updated_on(MONDAY_MORNING.date())) == [Standing(f"QG-{row}", 2, 1) for row in range(5)]
    portal.control("set", {"listed": [{"number": 7}]})
    with pytest.raises(Unavailable):
        list(client.updated_on(MONDAY_MORNING.date()))
