"""Take the next number of the agency's receipts for money that came in, inside the action that takes it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.notifications.send import Message, ToRole, tell_roles
from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.actions.payment_state import note_payment_state
from onestop.enums import PaymentMethod
from onestop.models import Charge, Dossier, Receipt, ReceiptSeries
from onestop.queries.receipt_paper import receipt_content
from onestop.queries.receipt_series import LOW, numbers_left, usable
from onestop.rules.money import HEADS

# Receipts without printed amounts, in three copies (Decree 123/2020/NĐ-CP, Art. 29); the letters of the
# symbol are the agency's choice, its two digits the year's.
FORM, LETTERS = "01BLP3-001", "AA"
PAYER_LENGTH = 200


class SeriesFull(Refusal):
    """No run of receipts of the agency has a number left that may be used on that day."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Cơ quan không còn số biên lai dùng được, nên chưa thu được. "
                "Hãy báo lãnh đạo mở ký hiệu biên lai mới (Phí, lệ phí → Ký hiệu biên lai)."
            )
        )


class _RunFull(Exception):
    """Another cashier took the last number of the run meanwhile."""


def issue_receipt(
    by: Performer,
    dossier: Dossier,
    charges: Sequence[Charge],
    *,
    agency: Agency,
    method: PaymentMethod,
    payer: str = "",
    reference: str = "",
    at: datetime,
) -> Receipt:
    """One receipt for these charges, with the next number of the run that the agency opened first.

    The number is taken under the run's lock in this transaction: rolled back with it, never skipped, never
    given twice (rule 36). Its words are kept; the file is made when it is printed. Raises SeriesFull.
    """
    # The dossier is locked already; other cashiers of the agency wait here, so it comes late.
    series, number = _take_number(agency, at)
    payer = (clean_line(payer) or dossier.submitter.name)[:PAYER_LENGTH]
    receipt = Receipt.objects.create(
        series=series,
        number=number,
        dossier=dossier,
        amount=sum(one.amount for one in charges),
        payer=payer,
        method=method,
        reference=reference,
        content=receipt_content(
            dossier,
            charges,
            series=series,
            number=number,
            payer=payer,
            method=method,
            collector=by.user.full_name if isinstance(by, Actor) else "",
            at=at,
        ),
        issued_at=at,
        issued_by=by.membership if isinstance(by, Actor) else None,
    )
    Charge.objects.filter(pk__in=[one.pk for one in charges]).update(receipt=receipt)
    note_payment_state(dossier)
    _warn_when_few(receipt, at)
    return receipt


def _take_number(agency: Agency, at: datetime) -> tuple[ReceiptSeries, int]:
    """The first run with a number left; one that another cashier has just used up gives way to the next."""
    for series in _runs(agency, at):
        try:
            with transaction.atomic():
                return series, _number_of(series)
        except _RunFull:
            continue
    raise SeriesFull


def _number_of(series: ReceiptSeries) -> int:
    taken = next_number(agency_id=series.agency_id, book=f"receipt-{series.pk}", year=series.year)
    number = series.first_number - 1 + taken
    if number > series.last_number:
        raise _RunFull
    return number


def _runs(agency: Agency, at: datetime) -> list[ReceiptSeries]:
    """Those that may be used now. An agency that never announced runs gets one for the year by itself."""
    on = timezone.localdate(at)
    if found := usable(agency.pk, on):
        return found
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"receipts {agency.pk}"])
    of_agency = ReceiptSeries.objects.filter(agency=agency)
    if found := usable(agency.pk, on):
        return found
    if of_agency.filter(opened_by__isnull=False).exists() or of_agency.filter(year=on.year).exists():
        return []
    last = of_agency.order_by("-year", "-id").first()
    form, letters = (last.form, last.symbol.split("/")[0]) if last else (FORM, LETTERS)
    return [
        ReceiptSeries.objects.create(
            agency=agency,
            form=form,
            symbol=f"{letters}/{on.year % 100:02d}E",
            year=on.year,
            valid_from=on.replace(month=1, day=1),
            valid_to=on.replace(month=12, day=31),
            opened_at=at,
        )
    ]


def _warn_when_few(receipt: Receipt, at: datetime) -> None:
    """Tell those who may open the next run, once, when few numbers are left; and once when none is."""
    series = receipt.series
    left_here = series.last_number - receipt.number
    if left_here > LOW:
        return
    left = numbers_left(series.agency_id, timezone.localdate(at))
    if left == 0:
        event, text = "onestop.receipts_gone", _("Đã hết số biên lai: chưa thu được phí, lệ phí.")
    elif left <= LOW:
        event = "onestop.receipts_low"
        text = _("Cơ quan chỉ còn %(left)d số biên lai. Hãy mở ký hiệu biên lai mới.") % {"left": left}
    else:
        return
    message = Message(event=event, text=text, key=f"series{series.pk}", about=series)
    tell_roles(ToRole(series.agency_id, role, message) for role in HEADS)
