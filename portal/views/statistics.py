"""Monthly statistics of one-stop handling for everybody: pictures, each beside its table."""

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from egov.web.charts import BarChart, LineChart, bar_chart, line_chart
from onestop.public import PublishedMonth, PublishedRow
from portal.caching import public_page
from portal.queries.statistics import Statistics, statistics

BARS = 10


@require_safe
@public_page(seconds=3600)
def statistics_page(request: HttpRequest) -> HttpResponse:
    """A closed month of the province, by agency, sector and way of filing, and the year until then."""
    found = statistics(request.GET.get("month", ""))
    context = {"found": found} if found is None else _context(found)
    return render(request, "portal/statistics.html", context)


def _context(found: Statistics) -> dict[str, object]:
    month = found.month
    return {
        "found": found,
        "month": month,
        "counts_chart": _counts(found.year),
        "share_chart": _shares(found.year),
        "agency_chart": _received(_("Tiếp nhận theo cơ quan"), month.agencies),
        "sector_chart": _received(_("Tiếp nhận theo lĩnh vực"), month.sectors),
        "channel_chart": _channels(month),
    }


def _counts(year: Sequence[PublishedMonth]) -> LineChart:
    return line_chart(
        _("Hồ sơ tiếp nhận và đã giải quyết, từng tháng"),
        [f"{one.first_day:%m/%y}" for one in year],
        [
            (pgettext("số liệu", "Tiếp nhận"), [one.total.received for one in year]),
            (_("Đã giải quyết"), [one.total.solved for one in year]),
        ],
        description=_("Số liệu từng tháng có trong bảng “Từng tháng”."),
    )


def _shares(year: Sequence[PublishedMonth]) -> LineChart:
    shares = [one.total.on_time_share for one in year]
    return line_chart(
        _("Tỷ lệ giải quyết đúng hạn, trước hạn, từng tháng"),
        [f"{one.first_day:%m/%y}" for one in year],
        [(_("Đúng hạn, trước hạn"), [None if one is None else round(one * 100, 1) for one in shares])],
        description=_("Số liệu từng tháng có trong bảng “Từng tháng”."),
        top=100,
        unit="%",
    )


def _received(title: str, rows: Iterable[PublishedRow]) -> BarChart:
    told = [(row.label, row.received) for row in rows]
    most = sorted(((label, number) for label, number in told if number), key=lambda one: -one[1])
    return bar_chart(
        title,
        [(label, number, _number(number)) for label, number in most[:BARS]],
        description=_("Nhiều nhất đứng trước, tối đa mười dòng; bảng có đủ."),
    )


def _channels(month: PublishedMonth) -> BarChart:
    return bar_chart(
        _("Tiếp nhận theo cách nộp"),
        [(label, number, _number(number)) for _code, label, number in month.channels if number is not None],
        description=_("Số liệu có trong bảng “Theo cách nộp”."),
    )


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))
