"""Take the next number of the agency's receipts for money that came in, inside the action that takes it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.numbering.next_number import next_number
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.markup import clean_line
from egov.workflow.performer import Performer
from egov.workflow.refusal import Refusal
from onestop.actions.payment_state import note_payment_state
from onestop.enums import PaymentMethod
from onestop.models import Charge, Dossier, Receipt, ReceiptSeries
from onestop.models.receipt import LAST_NUMBER
from onestop.queries.receipt_paper import receipt_content

# Receipts without printed amounts, in three copies (Decree 123/2020/NĐ-CP, Art. 29); the letters of the
# symbol are the agency's choice, its two digits the year's.
FORM, LETTERS = "01BLP3-001", "AA"
PAYER_LENGTH = 200


class SeriesFull(Refusal):
    """The last number of seven digits has been used."""


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
    """One receipt for these charges, with the next number of the agency's series of the year.

    The number is taken under the series' lock in this transaction: rolled back with it, never skipped, never
    given twice (rule 36). Its words are kept; the file is made when it is printed. Raises SeriesFull.
    """
    series = _series(agency, at)
    # The dossier is locked already; other cashiers of the agency wait here, so it comes late.
    number = next_number(agency_id=agency.pk, book=f"receipt-{series.pk}", year=series.year)
    if number > LAST_NUMBER:
        raise SeriesFull(_("Ký hiệu biên lai %(symbol)s đã dùng hết số.") % {"symbol": series.symbol})
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
    return receipt


def _series(agency: Agency, at: datetime) -> ReceiptSeries:
    """The one opened last this year; the first receipt of a year opens one like the last year's."""
    year = timezone.localdate(at).year
    of_agency = ReceiptSeries.objects.select_related("agency").filter(agency=agency)
    if (current := of_agency.filter(year=year).order_by("-id").first()) is not None:
        return current
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"receipts {agency.pk}"])
    if (current := of_agency.filter(year=year).order_by("-id").first()) is not None:
        return current
    last = of_agency.order_by("-year", "-id").first()
    form, letters = (last.form, last.symbol.split("/")[0]) if last else (FORM, LETTERS)
    return ReceiptSeries.objects.create(
        agency=agency, form=form, symbol=f"{letters}/{year % 100:02d}E", year=year, opened_at=at
    )
