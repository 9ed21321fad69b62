"""Our side of the payment gateway, against a real process that signs and checks by its own lines."""

from datetime import UTC, date, datetime, timedelta

import pytest

from onestop.exchange.gateways.http import HttpGateway
from onestop.exchange.gateways.interface import (
    GatewayRejected,
    GatewayUnavailable,
    NoticeNotGenuine,
    Order,
)
from onestop.exchange.gateways.nonces import used_once
from tests.support.payment_fixture import gateway, gateway_process  # noqa: F401  (fixtures)
from tests.support.payment_gateway import StandIn, told

CODE = "000.00.00.H54-260302-0001-260302081530"
DOOR = "http://testserver/payments/callback/"
PAID = {
    "transaction": "GD00000001",
    "code": CODE,
    "amount": 50_000,
    "currency": "VND",
    "paid_at": "2026-03-02T08:20:00+07:00",
    "payer": "PHAM THI CHI",
}


def order(**differently: object) -> Order:
    told = {
        "code": CODE,
        "amount": 50_000,
        "description": "Lệ phí đăng ký",
        "expires_at": datetime(2026, 3, 3, 8, 0, tzinfo=UTC),
    }
    return Order(**told | differently)


def ours() -> HttpGateway:
    configured = HttpGateway.configured()
    assert configured is not None
    return configured


def read(headers: dict[str, str], body: bytes, **differently: object):
    call = {"method": "POST", "path": "/payments/callback/", "body": body, "at": datetime.now(UTC)}
    return ours().read_notice(headers, **call | differently)


def test_without_an_address_nobody_pays_online(settings) -> None:
    settings.PAYMENT_GATEWAY_URL = ""
    assert HttpGateway.configured() is None


def test_an_order_is_opened_once_however_often_it_is_asked_for(gateway: StandIn) -> None:  # noqa: F811
    first, again = ours().open_order(order()), ours().open_order(order())
    assert first == again
    assert first.pay_url.startswith(gateway.url)
    assert list(gateway.books["orders"]) == [CODE]


def test_the_same_code_for_another_amount_is_refused(gateway: StandIn) -> None:  # noqa: F811
    ours().open_order(order())
    with pytest.raises(GatewayRejected, match="another amount"):
        ours().open_order(order(amount=60_000))


@pytest.mark.parametrize("kind", ["drop", "drop_after", "hang", "garbage", "empty", "redirect", "503", "429"])
def test_an_answer_that_does_not_count_leaves_the_call_open(gateway: StandIn, kind: str) -> None:  # noqa: F811
    gateway.fail("/orders", kind)
    with pytest.raises(GatewayUnavailable):
        ours().open_order(order())
    assert ours().open_order(order()).reference == "G000001"


def test_a_wrong_secret_opens_nothing(gateway: StandIn, settings) -> None:  # noqa: F811
    settings.PAYMENT_GATEWAY_SECRET = "another"
    with pytest.raises(GatewayRejected, match="401"):
        ours().open_order(order())
    assert gateway.books["orders"] == {}


def test_the_list_of_a_day_is_whole_and_of_vietnamese_time(gateway: StandIn) -> None:  # noqa: F811
    for hour in ("2026-03-01T23:59:59", "2026-03-02T00:00:00", "2026-03-02T12:00:00", "2026-03-02T23:59:59"):
        gateway.pay(CODE, amount=1_000, paid_at=f"{hour}+07:00")
    listed = list(ours().paid_on(date(2026, 3, 2)))
    assert [one.transaction_id for one in listed] == ["GD00000002", "GD00000003", "GD00000004"]
    assert {one.amount for one in listed} == {1_000}


def test_a_list_that_breaks_off_is_no_list(gateway: StandIn) -> None:  # noqa: F811
    for _one in range(5):
        gateway.pay(CODE, amount=1_000, paid_at="2026-03-02T12:00:00+07:00")
    gateway.fail("/days", "garbage")
    with pytest.raises(GatewayUnavailable):
        list(ours().paid_on(date(2026, 3, 2)))


def test_a_signed_call_is_believed(gateway: StandIn) -> None:  # noqa: F811
    notice = read(*told(DOOR, PAID))
    assert (notice.paid.transaction_id, notice.paid.code, notice.paid.amount) == ("GD00000001", CODE, 50_000)
    assert notice.paid.paid_at == datetime(2026, 3, 2, 1, 20, tzinfo=UTC)


def test_a_call_that_is_not_the_gateways_is_not_believed(gateway: StandIn) -> None:  # noqa: F811
    headers, body = told(DOOR, PAID)
    for name in headers:
        if name != "Content-Type":
            with pytest.raises(NoticeNotGenuine):
                read({key: value for key, value in headers.items() if key != name}, body)
            with pytest.raises(NoticeNotGenuine):
                read(headers | {name: headers[name] + "é"}, body)
    with pytest.raises(NoticeNotGenuine):
        read(headers, body.replace(b"50000", b"50001"))
    with pytest.raises(NoticeNotGenuine):
        read(headers, body, path="/payments/elsewhere/")
    with pytest.raises(NoticeNotGenuine):
        read(headers, body, method="PUT")
    with pytest.raises(NoticeNotGenuine):
        read(*told(DOOR, PAID, secret="guessed"))


@pytest.mark.parametrize("minutes", [-6, 6, 60 * 24 * 365])
def test_a_call_of_another_time_is_not_believed(gateway: StandIn, minutes: int) -> None:  # noqa: F811
    moment = datetime.now(UTC) + timedelta(minutes=minutes)
    with pytest.raises(NoticeNotGenuine):
        read(*told(DOOR, PAID, moment=moment.timestamp()))


def test_without_a_secret_of_ours_nothing_is_believed(gateway: StandIn, settings) -> None:  # noqa: F811
    settings.PAYMENT_GATEWAY_SECRET = ""
    with pytest.raises(NoticeNotGenuine):
        read(*told(DOOR, PAID, secret=""))


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": True},
        {"amount": "50000"},
        {"amount": 50_000.0},
        {"amount": 10**15},
        {"currency": "USD"},
        {"transaction": ""},
        {"transaction": "x" * 81},
        {"code": "\0"},
        {"code": None},
        {"paid_at": "yesterday"},
        {"paid_at": "2026-03-02T08:20:00"},
        {"paid_at": "2026-02-31T08:20:00+07:00"},
    ],
)
def test_a_signed_call_that_tells_of_no_payment_is_refused(gateway: StandIn, wrong: dict) -> None:  # noqa: F811
    with pytest.raises(NoticeNotGenuine):
        read(*told(DOOR, PAID | wrong))


@pytest.mark.parametrize("content", [[], "text", None, {}, {"transaction": "GD1"}])
def test_signed_nonsense_is_refused(gateway: StandIn, content: object) -> None:  # noqa: F811
    with pytest.raises(NoticeNotGenuine):
        read(*told(DOOR, content))


def test_a_nonce_is_heard_once_and_given_back_when_hearing_failed() -> None:
    nonce = f"nonce-{datetime.now(UTC).timestamp()}"
    with pytest.raises(RuntimeError), used_once(nonce):
        raise RuntimeError
    with used_once(nonce):
        pass
    with pytest.raises(NoticeNotGenuine), used_once(nonce):
        pytest.fail("heard twice")
