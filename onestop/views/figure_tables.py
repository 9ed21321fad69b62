"""What each report of figures says, as a table."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from egov.web.tables import DECIMAL, SHARE, TEXT, Column, Table, Value
from onestop.enums import Satisfaction
from onestop.queries.statistics.figures import Figures
from onestop.queries.statistics.holders import HoldingRow
from onestop.queries.statistics.report import Report
from onestop.queries.statistics.satisfaction import LevelRow
from onestop.queries.statistics.service_index import ServiceIndex
from onestop.queries.statistics.used_time import UsedRow


def period_table(report: Report, notes: Sequence[str]) -> Table:
    """The period report: left side, right side, shares."""
    columns = (
        Column(report.group_label, TEXT),
        Column(_("Kỳ trước chuyển qua")),
        Column(_("Nhận trực tuyến")),
        Column(_("Nhận trực tiếp")),
        Column(_("Nhận qua bưu chính")),
        Column(_("Tổng phải giải quyết")),
        Column(_("Xong trước hạn")),
        Column(_("Xong đúng hạn")),
        Column(_("Xong quá hạn")),
        Column(_("trong đó có xin lỗi")),
        Column(_("Đang giải quyết, trong hạn")),
        Column(_("Đang giải quyết, quá hạn")),
        Column(_("Tạm dừng, trong hạn")),
        Column(_("Tạm dừng, quá hạn")),
        Column(_("Không hẹn ngày trả: đã xong")),
        Column(_("Không hẹn ngày trả: chưa xong")),
        Column(_("Từ chối")),
        Column(_("Rút hồ sơ")),
        Column(_("Tỷ lệ đúng hạn"), SHARE),
    )
    rows = [[row.label, *_cells(row.figures)] for row in report.rows]
    total = [_("Cộng"), *_cells(report.total)] if report.has_total and rows else None
    return Table("period", _("Kết quả giải quyết thủ tục hành chính"), columns, rows, total, notes)


def _cells(figures: Figures) -> list[Value]:
    return [
        figures.carried,
        figures.received_online,
        figures.received_counter,
        figures.received_post,
        figures.taken_in,
        figures.solved_early,
        figures.solved_on_time,
        figures.solved_late,
        figures.apologised,
        figures.running_in_time,
        figures.running_late,
        figures.paused_in_time,
        figures.paused_late,
        figures.solved_unpromised,
        figures.running_unpromised + figures.paused_unpromised,
        figures.refused,
        figures.withdrawn,
        figures.on_time_share,
    ]


def holders_table(rows: Sequence[HoldingRow], notes: Sequence[str]) -> Table:
    """Lateness by the agency that held the dossiers."""
    columns = (
        Column(_("Cơ quan giữ hồ sơ"), TEXT),
        Column(_("Công đoạn đã xong")),
        Column(_("xong quá hạn")),
        Column(_("Tỷ lệ quá hạn"), SHARE),
        Column(_("Công đoạn đang giữ")),
        Column(_("đang quá hạn")),
        Column(_("Số giờ làm việc quá hạn"), DECIMAL),
        Column(_("Lần chuyển bị trả lại")),
        Column(_("Số giờ mất do chuyển bị trả lại"), DECIMAL),
    )
    cells = [
        [
            row.label,
            row.holding.done,
            row.holding.done_late,
            row.holding.late_share,
            row.holding.open,
            row.holding.open_late,
            row.holding.late_hours,
            row.holding.vain,
            row.holding.vain_hours,
        ]
        for row in rows
    ]
    return Table("holders", _("Quá hạn theo cơ quan giữ hồ sơ"), columns, cells, notes=notes)


def used_time_table(rows: Sequence[UsedRow], notes: Sequence[str]) -> Table:
    """Legal, committed and real time beside each other, in working hours."""
    columns = (
        Column(_("Thủ tục"), TEXT),
        Column(_("Hồ sơ đã xong")),
        Column(_("Theo quy định (giờ)"), DECIMAL),
        Column(_("Theo cam kết (giờ)"), DECIMAL),
        Column(_("Thực tế, bình quân (giờ)"), DECIMAL),
        Column(_("Thực tế, trung vị (giờ)"), DECIMAL),
        Column(_("Cam kết giảm"), SHARE),
        Column(_("Thực tế giảm"), SHARE),
    )
    cells = [
        [
            row.label,
            row.used.dossiers,
            row.used.legal_hours,
            row.used.committed_hours,
            row.used.real_hours,
            row.used.median_hours,
            row.used.committed_cut,
            row.used.real_cut,
        ]
        for row in rows
    ]
    return Table("used-time", _("Cắt giảm thời gian giải quyết"), columns, cells, notes=notes)


def index_table(index: ServiceIndex, notes: Sequence[str]) -> Table:
    """The 766 index part by part."""
    columns = (
        Column(_("Nhóm chỉ số"), TEXT),
        Column(_("Chỉ số thành phần"), TEXT),
        Column(_("Điểm tối đa"), DECIMAL),
        Column(_("Số đạt")),
        Column(_("Tổng số")),
        Column(_("Tỷ lệ"), SHARE),
        Column(_("Điểm"), DECIMAL),
        Column(_("Ghi chú"), TEXT),
    )
    cells = [
        [
            group.label,
            one.part.name,
            one.part.points,
            one.ratio.part if one.ratio else None,
            one.ratio.whole if one.ratio else None,
            one.ratio.share if one.ratio else None,
            one.points,
            _remark(has_measure=one.ratio is not None, measured=one.is_measured, sure=one.part.is_confirmed),
        ]
        for group in index.groups
        for one in group.parts
    ]
    total: list[Value] = [_("Cộng"), "", index.measured_most, None, None, None, index.points, _("phần đã đo")]
    return Table("index", _("Bộ chỉ số theo Quyết định 766/QĐ-TTg"), columns, cells, total, notes)


def _remark(*, has_measure: bool, measured: bool, sure: bool) -> str:
    if not has_measure:
        return _("Chưa đo được từ dữ liệu của hệ thống")
    if not measured:
        return _("Không phát sinh trong kỳ")
    return "" if sure else _("Điểm thành phần chờ đối chiếu với quyết định")


def levels_table(name: str, title: str, label: str, rows: Sequence[LevelRow], notes: Sequence[str]) -> Table:
    """How often each level was given."""
    columns = (
        Column(label, TEXT),
        Column(_("Số lượt đánh giá")),
        *(Column(str(level.label)) for level in Satisfaction),
        Column(_("Tỷ lệ hài lòng"), SHARE),
    )
    cells = [[row.label, row.levels.ratings, *row.levels.in_order, row.levels.content_share] for row in rows]
    return Table(name, title, columns, cells, notes=notes)
