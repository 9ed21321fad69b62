"""Figures of a period: the report, who held dossiers, time used, the 766 index, satisfaction."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from egov.web.charts import bar_chart
from egov.web.tables import SHARE, shown
from onestop import rules
from onestop.queries.statistics.figures import Figures
from onestop.queries.statistics.holders import holders
from onestop.queries.statistics.reading import one_moment
from onestop.queries.statistics.report import report
from onestop.queries.statistics.satisfaction import satisfaction, shown_comments
from onestop.queries.statistics.service_index import service_index
from onestop.queries.statistics.used_time import used_time
from onestop.views.figure_page import answer, asked_of, notes_of, reader, scope_asked, seconds_for
from onestop.views.figure_tables import (
    holders_table,
    index_table,
    levels_table,
    period_table,
    used_time_table,
)

# Bars of a chart; the table below has every row.
BARS = 10
COMMENTS = 50


@require_GET
def figures_report(request: HttpRequest) -> HttpResponseBase:
    """The period report with its filters, on the page or as a file."""
    asked = asked_of(request)
    with one_moment(seconds_for(request)):
        scope = scope_asked(request, asked)
        found = report(
            scope,
            asked.period,
            group=asked.group,
            sector=asked.sector_id,
            procedure=asked.procedure_id,
        )
    notes = [*notes_of(scope, asked.period), *_waiting_note(found.total.waiting), _outside_note(found.total)]
    table = period_table(found, [note for note in notes if note])
    bars = sorted(found.rows, key=lambda row: -row.figures.taken_in)[:BARS]
    chart = bar_chart(
        _("Tổng hồ sơ phải giải quyết"),
        [(row.label, row.figures.taken_in, shown(row.figures.taken_in, "count")) for row in bars],
        description=_("Mười dòng nhiều hồ sơ nhất; bảng bên dưới có đủ mọi dòng."),
    )
    return answer(request, table, scope, asked.period, bar=chart if len(bars) > 1 else None)


@require_GET
def figures_holders(request: HttpRequest) -> HttpResponseBase:
    """Lateness by the agency that held the dossiers."""
    asked = asked_of(request, rows=False)
    with one_moment(seconds_for(request)):
        scope = scope_asked(request, asked)
        rows = holders(scope, asked.period)
    notes = [
        *notes_of(scope, asked.period),
        _("Quá hạn tính cho cơ quan giữ hồ sơ; thời gian chuyển đi bị trả lại tính cho bên chuyển."),
    ]
    bars = [
        (row.label, row.holding.late_hours, shown(row.holding.late_hours, "decimal"))
        for row in rows[:BARS]
        if row.holding.late_minutes
    ]
    chart = bar_chart(
        _("Số giờ làm việc quá hạn"), bars, description=_("Các cơ quan giữ hồ sơ quá hạn lâu nhất.")
    )
    return answer(request, holders_table(rows, notes), scope, asked.period, bar=chart if bars else None)


@require_GET
def figures_time(request: HttpRequest) -> HttpResponseBase:
    """Legal, committed and real time of what was solved, all in working hours."""
    asked = asked_of(request, rows=False)
    with one_moment(seconds_for(request)):
        scope = scope_asked(request, asked)
        rows = used_time(scope, asked.period)
    notes = [
        *notes_of(scope, asked.period),
        _("Cùng đơn vị giờ làm việc, 8 giờ là một ngày làm việc; không tính thời gian tạm dừng."),
        _("Không gồm thủ tục không hẹn ngày trả."),
    ]
    bars = [
        (row.label, max(0.0, row.used.real_cut or 0), shown(row.used.real_cut, SHARE))
        for row in sorted(rows, key=lambda row: -(row.used.real_cut or 0))[:BARS]
    ]
    chart = bar_chart(
        _("Thời gian thực tế giảm so với quy định"),
        bars,
        description=_("Các thủ tục giảm nhiều nhất; số âm là lâu hơn quy định."),
        top=1,
    )
    return answer(request, used_time_table(rows, notes), scope, asked.period, bar=chart if bars else None)


@require_GET
def figures_index(request: HttpRequest) -> HttpResponseBase:
    """The 766 index as far as it can be measured."""
    asked = asked_of(request, rows=False)
    with one_moment(seconds_for(request)):
        scope = scope_asked(request, asked)
        index = service_index(scope, asked.period)
    notes = [
        *notes_of(scope, asked.period),
        _("Đạt %(points)s trên %(measured)s điểm đo được; %(rest)s điểm chưa đo, không tính là đạt hay mất.")
        % {
            "points": shown(index.points, "decimal"),
            "measured": shown(index.measured_most, "decimal"),
            "rest": shown(index.most - index.measured_most, "decimal"),
        },
    ]
    bars = [
        (
            group.label,
            float(group.points / group.measured_most) if group.measured_most else 0.0,
            _("%(points)s trên %(measured)s điểm đo được (tối đa %(most)s)")
            % {
                "points": shown(group.points, "decimal"),
                "measured": shown(group.measured_most, "decimal"),
                "most": shown(group.most, "decimal"),
            },
        )
        for group in index.groups
    ]
    chart = bar_chart(
        _("Điểm theo nhóm"), bars, description=_("Phần đạt được của số điểm đo được trong nhóm."), top=1
    )
    return answer(request, index_table(index, notes), scope, asked.period, bar=chart)


@require_GET
def figures_satisfaction(request: HttpRequest) -> HttpResponseBase:
    """What people said, by agency, criterion and stage; the words that may be read."""
    asked = asked_of(request, rows=False)
    with one_moment(seconds_for(request)):
        scope = scope_asked(request, asked)
        found = satisfaction(scope, asked.period)
        comments = [one.shown_text or one.text for one in shown_comments(scope, asked.period)[:COMMENTS]]
    hidden = _("Không hiện các dòng có ít hơn 3 lượt đánh giá, để không ai đoán được người đánh giá.")
    notes = [*notes_of(scope, asked.period), hidden]
    tables = [
        levels_table("satisfaction", _("Theo cơ quan"), _("Cơ quan"), found.agencies, notes),
        levels_table("criteria", _("Theo tiêu chí"), _("Tiêu chí"), found.criteria, []),
        levels_table("stages", _("Theo giai đoạn"), _("Giai đoạn"), found.stages, []),
    ]
    return answer(
        request,
        tables[0],
        scope,
        asked.period,
        more=tables[1:],
        comments=comments,
        whole=found.whole if found.whole.is_shown else None,
        content=shown(found.whole.content_share, SHARE),
        may_moderate=rules.moderates_comments(reader(request)),
    )


def _waiting_note(waiting: int) -> list[str]:
    if not waiting:
        return []
    return [
        _("Ngoài ra có %(count)s hồ sơ trực tuyến chờ tiếp nhận, chưa tính vào số tiếp nhận.")
        % {"count": shown(waiting, "count")}
    ]


def _outside_note(total: Figures) -> str:
    if not total.unpromised:
        return ""
    return _("Hồ sơ của thủ tục không hẹn ngày trả (%(count)s) không tính vào tỷ lệ đúng hạn.") % {
        "count": shown(total.unpromised, "count")
    }
