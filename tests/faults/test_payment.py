"""The gateway tells of one payment twice at once, and tells a web process that dies (rule 35)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from tests.faults.counter import Counter
from tests.support import payment_gateway
from tests.support.payment_gateway import StandIn
from tests.support.processes import Installation, wait_until

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900), pytest.mark.rule("onestop", 35)]
DOOR = "/payments/callback/"
CHARGE = 5000
HOLD_REQUEST = "SELECT 1 FROM onestop_paymentrequest WHERE code = %s FOR UPDATE"
HOLD_DOSSIER = """
    SELECT 1 FROM onestop_dossier dossier
    JOIN onestop_paymentrequest request ON request.dossier_id = dossier.id
    WHERE request.code = %s FOR UPDATE OF dossier
"""
# Payments of a request, the receipts of its dossier, and what of it is still due.
BOOKED = """
    SELECT (SELECT count(*)::int FROM onestop_payment WHERE request_id = request.id),
           (SELECT count(*)::int FROM onestop_receipt WHERE dossier_id = request.dossier_id),
           (SELECT count(*)::int FROM onestop_refund WHERE dossier_id = request.dossier_id),
           (SELECT count(*)::int FROM onestop_charge
            WHERE dossier_id = request.dossier_id AND receipt_id IS NULL)
    FROM onestop_paymentrequest request WHERE code = %s
"""
SERIES = """
    SELECT series.id, max(receipt.number)::int, count(receipt.id)::int FROM onestop_receiptseries series
    JOIN onestop_receipt receipt ON receipt.series_id = series.id GROUP BY series.id
"""
NOTHING, ONCE = [(0, 0, 0, 1)], [(1, 1, 0, 0)]


@dataclass(frozen=True)
class Paid:
    """An owner has paid at the gateway's page; our door has not been told yet."""

    code: str
    transaction: str


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    with payment_gateway.running(tmp_path_factory.mktemp("gateway")) as stand_in:
        yield stand_in


@pytest.fixture
def counter(installation: Installation, gateway: StandIn) -> Iterator[Counter]:
    """A counter in an installation that knows the gateway."""
    installation.variables = {
        "PAYMENT_GATEWAY_URL": gateway.url,
        "PAYMENT_GATEWAY_MERCHANT": payment_gateway.MERCHANT,
        "PAYMENT_GATEWAY_SECRET": payment_gateway.SECRET,
        "PAYMENT_CALLBACK_URL": f"http://127.0.0.1{DOOR}",
    }
    counter = Counter(installation)
    counter.open()
    yield counter
    if "web" in installation.running:
        installation.kill("web")
    installation.variables = {}


@pytest.fixture
def paid(gateway: StandIn, counter: Counter) -> Paid:
    code = counter.desk("ask", str(counter.receive()))
    return Paid(code, gateway.pay(code, amount=CHARGE)["transaction"])


def test_told_twice_at_once(
    installation: Installation, gateway: StandIn, counter: Counter, paid: Paid
) -> None:
    """Both calls are inside before either may go on: one payment, one receipt, and the same word to both."""
    with ThreadPoolExecutor(2) as pool:
        with installation.held(HOLD_REQUEST, paid.code):
            told = [pool.submit(gateway.tell, paid.transaction, counter.site + DOOR) for _twice in range(2)]
            counter.wait_inside("onestop_paymentrequest", times=2)
        answers = [one.result() for one in told]
    assert [answer["status"] for answer in answers] == [200, 200]
    assert answers[0]["body"] == answers[1]["body"]
    check(installation, paid)


def test_the_web_process_dies_while_it_books(
    installation: Installation, gateway: StandIn, counter: Counter, paid: Paid
) -> None:
    with ThreadPoolExecutor(1) as pool, installation.held(HOLD_DOSSIER, paid.code):
        told = pool.submit(gateway.tell, paid.transaction, counter.site + DOOR)
        counter.wait_inside("onestop_dossier")
        counter.cut_power()
    assert told.exception() is not None
    assert installation.rows(BOOKED, paid.code) == NOTHING
    counter.open()
    assert gateway.tell(paid.transaction, counter.site + DOOR)["status"] == 200
    check(installation, paid)


def test_the_web_process_dies_when_it_has_booked(
    installation: Installation, gateway: StandIn, counter: Counter, paid: Paid
) -> None:
    """Whether its answer still came through or not: the gateway asks again and hears of the one payment."""
    with ThreadPoolExecutor(1) as pool:
        with installation.held(HOLD_DOSSIER, paid.code):
            told = pool.submit(gateway.tell, paid.transaction, counter.site + DOOR)
            counter.wait_inside("onestop_dossier")
        wait_until(lambda: installation.rows(BOOKED, paid.code) == ONCE, "the booking", 60)
        counter.cut_power()
        told.exception()
    counter.open()
    for _again in range(2):
        assert gateway.tell(paid.transaction, counter.site + DOOR)["status"] == 200
    check(installation, paid)


def check(installation: Installation, paid: Paid) -> None:
    """Booked once, with one receipt, nothing to give back, and no number of the series lost."""
    assert installation.rows(BOOKED, paid.code) == ONCE
    for _series, last, there in installation.rows(SERIES):
        assert last == there
