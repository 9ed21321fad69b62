"""What a payment gateway can be asked, and what it tells (domain: 3.7). Amounts are whole dong.

Every call may be made again without harm: the same code is the same order, the same transaction the same
payment.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


class GatewayUnavailable(Exception):
    """No answer that counts: nothing is known of what became of the call, so it may be made again."""


class GatewayRejected(Exception):
    """The gateway understood and refuses; the same call again would be refused again."""


class NoticeNotGenuine(Exception):
    """What came in is not the gateway's word: unsigned, altered, of another time, or heard before."""


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody is asked to pay, under our code, until when."""

    code: str
    amount: int
    description: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedOrder:
    """What the gateway calls the order, and the page on which one pays it."""

    reference: str
    pay_url: str


@dataclass(frozen=True, slots=True)
class Paid:
    """Money that the gateway took for one of our codes; ``transaction_id`` is its own and never comes
    twice for two payments."""

    transaction_id: str
    code: str
    amount: int
    paid_at: datetime
    payer: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A genuine call of the gateway; its nonce is used once (:func:`~.nonces.used_once`)."""

    nonce: str
    paid: Paid


class PaymentGateway(Protocol):
    """Raises GatewayUnavailable and GatewayRejected."""

    def open_order(self, order: Order) -> OpenedOrder:
        """Let somebody pay; the same code and amount give the same order again."""

    def read_notice(
        self, headers: Mapping[str, str], *, method: str, path: str, body: bytes, at: datetime
    ) -> Notice:
        """What a call to our door says. Raises NoticeNotGenuine."""

    def paid_on(self, day: date) -> Iterator[Paid]:
        """Every payment of that day (Vietnamese time) by the gateway's own books."""
