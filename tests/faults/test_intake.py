"""A power cut or a lost database at the counter: one dossier, one code, one receipt, no word typed twice."""

from collections.abc import Iterator

import pytest

from tests.faults.counter import HOLD_SESSION, HOLD_SLIP, HOLD_SLIPS, Counter
from tests.support.processes import Installation

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]
SERIES, SESSION, SLIP = "numbering_series", "django_session", "onestop_issuedform"


@pytest.fixture
def counter(installation: Installation) -> Iterator[Counter]:
    """A clerk who has received a dossier today, so that every series has begun."""
    counter = Counter(installation)
    counter.open()
    counter.receive()
    yield counter
    if "web" in installation.running:
        installation.kill("web")


@pytest.mark.rule("onestop", 9)
def test_the_power_goes_when_the_code_is_taken_and_nothing_committed(
    installation: Installation, counter: Counter
) -> None:
    draft = counter.begin()
    with (
        installation.held(HOLD_SLIPS, counter.agency_id),
        counter.sending(draft, stuck_in=SERIES) as answers,
    ):
        counter.cut_power()
    assert (answers, counter.dossiers_of(draft)) == ([], [])
    counter.open()
    # What was typed is there, and pressing again receives it with the number that came back.
    assert draft.fields["person_name"] in counter.get(draft.path).text
    assert counter.send(draft).status_code == 302
    counter.check(draft)


@pytest.mark.rule("onestop", 9)
@pytest.mark.rule("onestop", 13)
def test_the_power_goes_after_the_commit_and_before_the_answer(
    installation: Installation, counter: Counter
) -> None:
    """The clerk saw no code: the page sent or opened again leads to the dossier and its receipt."""
    draft = counter.begin()
    counter.sign_in()
    with (
        installation.held(HOLD_SESSION, counter.session),
        counter.sending(draft, stuck_in=SESSION) as answers,
    ):
        ((dossier, code),) = counter.dossiers_of(draft)
        counter.cut_power()
    assert answers == []
    counter.open()
    assert counter.get(draft.path).headers["Location"] == f"/counter/received/{dossier}/"
    assert counter.check(draft) == dossier
    assert code in counter.get(f"/counter/received/{dossier}/").text
    assert counter.print_slip(dossier) == counter.print_slip(dossier)


@pytest.mark.rule("onestop", 13)
def test_the_power_goes_while_the_receipt_is_printed(installation: Installation, counter: Counter) -> None:
    draft = counter.begin()
    counter.send(draft)
    dossier = counter.check(draft)
    ((slip,),) = installation.rows("SELECT id FROM onestop_issuedform WHERE dossier_id = %s", dossier)
    with installation.held(HOLD_SLIP, dossier), counter.asking(f"/counter/slips/{slip}/", stuck_in=SLIP):
        counter.cut_power()
    counter.open()
    printed = counter.print_slip(dossier)
    counter.cut_power()
    counter.open()
    assert counter.print_slip(dossier) == printed
    assert counter.check(draft) == dossier


@pytest.mark.rule("onestop", 50)
def test_the_database_restarts_while_a_dossier_is_taken_in(
    installation: Installation, counter: Counter
) -> None:
    """Cut off inside the transaction, then not there at all: words each time, and the second try works."""
    draft = counter.begin()
    with (
        installation.held(HOLD_SLIPS, counter.agency_id),
        counter.sending(draft, stuck_in=SERIES) as answers,
    ):
        installation.servers.stop_postgres()
    cut_off, away = answers[0], counter.send(draft)
    for answer in (cut_off, away, counter.get(draft.path)):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
        assert "những gì đã lưu trước đó vẫn còn nguyên" in answer.text
    installation.servers.start_postgres()
    assert counter.dossiers_of(draft) == []
    assert draft.fields["person_name"] in counter.get(draft.path).text
    assert counter.send(draft).status_code == 302
    counter.check(draft)
