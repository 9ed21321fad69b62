"""This month for a leader: received, solved, on time, late by agency, and the year until now."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from egov.web.charts import LineChart, line_chart
from egov.web.tables import SHARE, Column, Table, shown
from onestop.queries.statistics.figures import Figures
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.reading import PAGE_SECONDS, one_moment
from onestop.queries.statistics.report import report, trend
from onestop.queries.statistics.scope import scope_of
from onestop.views.figure_page import frame, reader

LATE_ROWS = 12


@require_GET
def figures_overview(request: HttpRequest) -> HttpResponse:
    """This month for a leader: received, solved, on time, late by agency, and the year until now."""
    actor, now = reader(request), timezone.now()
    period = Period.month(timezone.localdate(now), now)
    with one_moment(PAGE_SECONDS):
        scope = scope_of(actor, period)
        month = report(scope, period)
        year = trend(scope, month)
    late = sorted((row for row in month.rows if row.figures.late_now), key=lambda row: -row.figures.late_now)
    context = {
        "month": month,
        "figures": month.total,
        "on_time": shown(month.total.on_time_share, SHARE),
        "late": [
            (row.label, row.figures.late_now, shown(row.figures.on_time_share, SHARE))
            for row in late[:LATE_ROWS]
        ],
        "late_more": max(0, len(late) - LATE_ROWS),
        "counts_chart": _counts_chart(year),
        "share_chart": _share_chart(year),
        "trend": _trend_table(year),
        **frame(request, scope, period),
    }
    return render(request, "onestop/figures_overview.html", context)


def _counts_chart(year: Sequence[tuple[date, Figures]]) -> LineChart:
    return line_chart(
        _("Hồ sơ tiếp nhận và giải quyết xong trong 12 tháng"),
        [f"{day:%m/%y}" for day, _figures in year],
        [
            (_("Tiếp nhận"), [figures.received for _day, figures in year]),
            (_("Giải quyết xong"), [figures.solved for _day, figures in year]),
        ],
        description=_("Số liệu từng tháng có trong bảng “12 tháng gần đây”."),
    )


def _share_chart(year: Sequence[tuple[date, Figures]]) -> LineChart:
    return line_chart(
        _("Tỷ lệ giải quyết đúng hạn, trước hạn trong 12 tháng"),
        [f"{day:%m/%y}" for day, _figures in year],
        [
            (
                _("Đúng hạn, trước hạn"),
                [
                    None if figures.on_time_share is None else round(figures.on_time_share * 100, 1)
                    for _day, figures in year
                ],
            )
        ],
        description=_("Số liệu từng tháng có trong bảng “12 tháng gần đây”."),
        top=100,
        unit="%",
    )


def _trend_table(year: Sequence[tuple[date, Figures]]) -> Table:
    columns = (
        Column(_("Tháng"), "text"),
        Column(_("Tiếp nhận")),
        Column(_("Giải quyết xong")),
        Column(_("xong quá hạn")),
        Column(_("Tỷ lệ đúng hạn"), SHARE),
        Column(_("Tỷ lệ nộp trực tuyến"), SHARE),
    )
    rows = [
        [
            f"{day:%m/%Y}",
            figures.received,
            figures.solved,
            figures.solved_late,
            figures.on_time_share,
            figures.online_share,
        ]
        for day, figures in year
    ]
    return Table("trend", _("12 tháng gần đây"), columns, rows)
