"""Open a run of receipts: form, symbol, numbers and days, as the agency's notice of issue says."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.workflow.action import action
from egov.workflow.refusal import Refusal
from onestop import rules
from onestop.models import ReceiptSeries
from onestop.models.receipt import LAST_NUMBER

# 01: without printed amounts, 02: with; BLP, copies, running number (Circular 303/2016/TT-BTC, Appendix 1).
FORM = re.compile(r"0[12]BLP\d-\d{3}", re.ASCII)
# Two of the twenty letters, two digits of the year; E electronic, T printed by the agency, P ordered.
SYMBOL = re.compile(r"[ABCDEGHKLMNPQRSTUVXY]{2}/(\d\d)[ETP]", re.ASCII)
CENTURY = 2000


class SeriesNotAcceptable(Refusal):
    """Such a run cannot be used; ``field`` is where the form goes wrong."""

    def __init__(self, sentence: str, field: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Run:
    """A run of receipts as its notice of issue says; ``valid_to`` None: until it is used up."""

    form: str
    symbol: str
    first_number: int
    last_number: int
    valid_from: date
    valid_to: date | None = None


@action("onestop.open_series", allowed=rules.may_open_series)
def open_series(actor: Actor, agency: Agency, run: Run, *, at: datetime) -> ReceiptSeries:
    """Open it for the agency's cashiers; runs opened earlier are used up first.

    Two runs of one form and symbol never share a number. Raises SeriesNotAcceptable.
    """
    form, symbol = run.form.strip().upper(), run.symbol.strip().upper()
    if not FORM.fullmatch(form):
        raise SeriesNotAcceptable(_("Mẫu số biên lai ghi theo dạng 01BLP3-001."), "form")
    named = SYMBOL.fullmatch(symbol)
    if named is None:
        raise SeriesNotAcceptable(
            _("Ký hiệu gồm hai chữ in hoa, hai số cuối của năm và hình thức (E, T, P), ví dụ AA/26E."),
            "symbol",
        )
    if not 1 <= run.first_number <= run.last_number <= LAST_NUMBER:
        raise SeriesNotAcceptable(
            _("Số cuối phải từ số đầu trở lên, và không quá %(most)d.") % {"most": LAST_NUMBER}, "last_number"
        )
    today = timezone.localdate(at)
    if run.valid_to is not None and run.valid_to < max(run.valid_from, today):
        raise SeriesNotAcceptable(_("Ngày hết hạn phải từ ngày bắt đầu dùng và từ hôm nay."), "valid_to")
    year = CENTURY + int(named.group(1))
    with connection.cursor() as cursor:
        # Another head, and a first receipt that opens the year's run, wait.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"receipts {agency.pk}"])
    shared = ReceiptSeries.objects.filter(
        agency=agency,
        form=form,
        symbol=symbol,
        year=year,
        first_number__lte=run.last_number,
        last_number__gte=run.first_number,
    ).first()
    if shared is not None:
        raise SeriesNotAcceptable(
            _("Mẫu số, ký hiệu này đã mở với các số %(numbers)s.") % {"numbers": shared.numbers_text},
            "first_number",
        )
    return ReceiptSeries.objects.create(
        agency=agency,
        form=form,
        symbol=symbol,
        year=year,
        first_number=run.first_number,
        last_number=run.last_number,
        valid_from=run.valid_from,
        valid_to=run.valid_to,
        opened_at=at,
        opened_by=actor.membership,
    )
