"""What a receipt says, kept when the money is taken; and the receipt as PDF/A, in three copies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from egov.printing.amount_words import amount_in_words
from egov.printing.typesetter import typeset
from onestop.enums import FeeKind, PaymentMethod
from onestop.models import Charge, Dossier, Receipt, ReceiptSeries
from onestop.models.receipt import NUMBER_DIGITS

# Who keeps which copy (domain: 3.2).
COPIES = ("Liên 1: Lưu tại cơ quan thu", "Liên 2: Giao cho người nộp tiền", "Liên 3: Lưu nội bộ")


def receipt_content(
    dossier: Dossier,
    charges: Sequence[Charge],
    *,
    series: ReceiptSeries,
    number: int,
    payer: str,
    method: PaymentMethod,
    collector: str,
    at: datetime,
) -> dict[str, Any]:
    """Everything that one receipt says, as JSON; an official paper, always Vietnamese."""
    on = timezone.localdate(at)
    agency = series.agency
    with override("vi"):
        return {
            "form": series.form,
            "symbol": series.symbol,
            "number": f"{number:0{NUMBER_DIGITS}d}",
            "title": "Biên lai thu phí, lệ phí",
            "agency": agency.name,
            "superior_agency": agency.superior_name,
            "code": str(dossier),
            "payer": payer,
            "address": dossier.owner.address,
            "owner": dossier.owner.name,
            "procedure": str(dossier.version),
            "lines": [
                [str(index), one.name, str(FeeKind(one.kind).label), str(one.quantity), in_digits(one.amount)]
                for index, one in enumerate(charges, start=1)
            ],
            "fees": in_digits(_sum_of(charges, FeeKind.FEE)),
            "charges": in_digits(_sum_of(charges, FeeKind.CHARGE)),
            "total": in_digits(sum(one.amount for one in charges)),
            "total_in_words": amount_in_words(sum(one.amount for one in charges)),
            "method": str(PaymentMethod(method).label),
            "day": f"ngày {on.day:02d} tháng {on.month:02d} năm {on.year}",
            "collector": collector,
        }


def receipt_pdf(receipt: Receipt) -> bytes:
    """Set the receipt from its kept words. Raises :class:`~egov.printing.typesetter.UnprintableText`."""
    return typeset("receipt", {**receipt.content, "copies": list(COPIES)}).pdf


def in_digits(dong: int) -> str:
    """1.250.000, as Vietnamese papers group digits."""
    return f"{dong:,}".replace(",", ".")


def _sum_of(charges: Sequence[Charge], kind: FeeKind) -> int:
    return sum(one.amount for one in charges if one.kind == kind)
