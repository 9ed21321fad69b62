"""Compare a day's payments with the gateway's statement; a person settles every difference."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.actions.reason import reason_in_words
from onestop.actions.take_callback import book_payment
from onestop.enums import SettlementKind
from onestop.exchange.gateways.interface import (
    GatewayRejected,
    GatewayUnavailable,
    Paid,
    PaymentGateway,
)
from onestop.models import Payment, PaymentRequest, Settlement, SettlementDifference

PROBLEM_LENGTH = 500


class NotBookable(Refusal):
    """There is nothing in the statement's line that could be booked."""


def settle_day(gateway: PaymentGateway, day: date, at: datetime) -> Settlement:
    """Compare the payments of that day with the statement; each difference is kept once, however often.

    Our payments are read after the statement, so that a callback meanwhile makes no difference. A gateway
    that does not answer leaves the day with its problem in words; nothing is compared with half a list.
    """
    try:
        theirs = {one.transaction_id: one for one in gateway.paid_on(day)}
    except (GatewayUnavailable, GatewayRejected) as fault:
        return Settlement.objects.create(day=day, compared_at=at, problem=str(fault)[:PROBLEM_LENGTH])
    with transaction.atomic():
        ours = {one.transaction_id: one for one in _ours(day, theirs)}
        done = Settlement.objects.create(
            day=day,
            compared_at=at,
            ours=len(ours),
            our_amount=sum(one.amount for one in ours.values()),
            theirs=len(theirs),
            their_amount=sum(one.amount for one in theirs.values()),
        )
        agencies = dict(
            PaymentRequest.objects.filter(code__in=[one.code for one in theirs.values()]).values_list(
                "code", "dossier__receiving_agency"
            )
        )
        SettlementDifference.objects.bulk_create(
            _differences(done, ours, theirs, agencies), ignore_conflicts=True
        )
    return done


@action("onestop.resolve_difference", allowed=rules.may_resolve_difference)
def resolve_difference(
    actor: Actor, difference: SettlementDifference, *, words: str, book: bool = False, at: datetime
) -> SettlementDifference:
    """Close a difference with what was done about it; ``book`` books a transaction whose callback was lost.

    Raises ReasonMissing, NotBookable.
    """
    resolution = reason_in_words(words, _("Hãy ghi cách xử lý khác biệt."))
    if book:
        _book(difference, at)
    difference.resolved_at, difference.resolved_by = at, actor.membership
    difference.resolution = resolution
    difference.save(update_fields=["resolved_at", "resolved_by", "resolution"])
    return difference


def _book(difference: SettlementDifference, at: datetime) -> None:
    request = (
        PaymentRequest.objects.select_for_update(no_key=True, of=("self",))
        .filter(code=difference.code)
        .first()
    )
    amount, paid_at = difference.their_amount, difference.their_paid_at
    if difference.kind != SettlementKind.NOT_BOOKED or request is None or amount is None or paid_at is None:
        raise NotBookable(_("Giao dịch này không ứng với yêu cầu thanh toán nào nên không ghi nhận được."))
    book_payment(request, Paid(difference.transaction_id, request.code, amount, paid_at, payer=""), at=at)


def _ours(day: date, theirs: dict[str, Paid]) -> list[Payment]:
    of_day = Payment.objects.filter(paid_at__date=day)
    stated = Payment.objects.filter(transaction_id__in=theirs)
    return list((of_day | stated).select_related("request__dossier").distinct())


def _differences(
    settlement: Settlement, ours: dict[str, Payment], theirs: dict[str, Paid], agencies: dict[str, int]
) -> Iterator[SettlementDifference]:
    for key in sorted(set(ours) | set(theirs)):
        payment, stated = ours.get(key), theirs.get(key)
        kind = _kind(payment, stated)
        if kind is None:
            continue
        yield SettlementDifference(
            settlement=settlement,
            kind=kind,
            transaction_id=key,
            code=stated.code if stated else payment.request.code if payment else "",
            our_amount=payment.amount if payment else None,
            their_amount=stated.amount if stated else None,
            their_paid_at=stated.paid_at if stated else None,
            agency_id=(
                payment.request.dossier.receiving_agency_id
                if payment
                else agencies.get(stated.code)
                if stated
                else None
            ),
        )


def _kind(payment: Payment | None, stated: Paid | None) -> SettlementKind | None:
    if payment is None:
        return SettlementKind.NOT_BOOKED
    if stated is None:
        return SettlementKind.NOT_STATED
    return SettlementKind.AMOUNT if payment.amount != stated.amount else None
