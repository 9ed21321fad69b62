"""What each report on reception and letters says, as a table (domain: 12)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from complaints.enums import MatterState
from complaints.queries.figures.processing import KindLine, Processing
from complaints.queries.figures.settlement import Settlement
from complaints.queries.reception_counts import Counted, ReceptionFigures
from complaints.states import OPEN
from egov.web.tables import DECIMAL, TEXT, Column, Table

ENDS = tuple(state for state in MatterState if state not in OPEN)


def reception_table(figures: ReceptionFigures, notes: Sequence[str]) -> Table:
    """Visits, people, cases and groups, each counted apart; the head's own apart from a deputy's."""
    rows: list[tuple[str, Counted]] = [
        (_("Thường xuyên"), figures.regular),
        (_("Người đứng đầu tiếp định kỳ"), figures.head_scheduled),
        (_("Người đứng đầu tiếp đột xuất"), figures.head_unscheduled),
        (_("Cấp phó tiếp"), figures.deputy),
    ]
    return Table(
        name="reception",
        title=_("Kết quả tiếp công dân"),
        columns=(
            Column(_("Hình thức"), TEXT),
            Column(_("Lượt tiếp")),
            Column(_("Người")),
            Column(_("Vụ việc")),
            Column(_("trong đó vụ cũ")),
            Column(_("Đoàn đông người")),
            Column(_("Người trong đoàn")),
        ),
        rows=[[label, *_counts(one)] for label, one in rows],
        total=[_("Tất cả (mỗi vụ việc tính một lần)"), *_counts(figures.all)],
        notes=notes,
    )


def letters_table(found: Processing, notes: Sequence[str]) -> Table:
    """Letters entered in the period."""
    line = found.letters
    return Table(
        name="letters",
        title=_("Đơn vào sổ trong kỳ"),
        columns=(Column(_("Chỉ tiêu"), TEXT), Column(_("Số lượng"))),
        rows=[
            [_("Đơn"), line.letters],
            [_("trong đó đơn trong sổ tố cáo"), line.protected],
            [_("trong đó đơn nhiều người"), line.of_many],
            [_("Người đứng đơn"), line.people],
            [_("Đơn trùng"), line.duplicates],
            [_("Vụ việc"), line.cases],
        ],
        notes=notes,
    )


def kinds_table(found: Processing, notes: Sequence[str]) -> Table:
    """What came and what became of it, by kind; both sides of each line are equal (rule 46)."""
    columns = (
        Column(_("Loại"), TEXT),
        Column(_("Kỳ trước chuyển sang")),
        Column(_("Nhận trong kỳ")),
        Column(_("Xử lý lại")),
        Column(_("Tổng")),
        *(Column(str(state.label)) for state in ENDS),
        Column(_("Còn đang xử lý, giải quyết")),
    )
    rows = [[str(one.kind.label), *_kind_cells(one)] for one in found.kinds]
    total = [sum(row[place] for row in rows) for place in range(1, len(columns))]  # type: ignore[misc]  # numbers
    return Table(
        name="processing",
        title=_("Kết quả xử lý, giải quyết theo loại nội dung"),
        columns=columns,
        rows=rows,
        total=[_("Cộng"), *total],
        notes=notes,
    )


def fields_table(found: Processing, notes: Sequence[str]) -> Table:
    """What people wrote about."""
    return Table(
        name="fields",
        title=_("Nội dung nhận trong kỳ theo lĩnh vực"),
        columns=(Column(_("Lĩnh vực"), TEXT), Column(_("Nội dung"))),
        rows=[[name or _("Chưa phân lĩnh vực"), count] for name, count in found.fields],
        notes=notes,
    )


def results_table(found: Settlement, notes: Sequence[str]) -> Table:
    """Decisions and conclusions, each in the words of its own law (rule 30)."""
    return Table(
        name="results",
        title=_("Kết quả giải quyết"),
        columns=(
            Column(_("Hình thức, kết quả"), TEXT),
            Column(_("Lần giải quyết"), TEXT),
            Column(_("Số văn bản")),
            Column(_("Đúng hạn")),
            Column(_("Quá hạn")),
        ),
        rows=[
            [one.result_words, str(one.stage.label), one.count, one.in_time, one.late]
            for one in found.results
        ]
        + [[_("Đình chỉ do rút toàn bộ đơn"), "", found.withdrawn, None, None]],
        notes=notes,
    )


def execution_table(found: Settlement, notes: Sequence[str]) -> Table:
    """What decisions ordered and what was carried out."""
    return Table(
        name="execution",
        title=_("Thi hành quyết định, kết luận"),
        columns=(
            Column(_("Nội dung"), TEXT),
            Column(_("Phải thi hành"), DECIMAL),
            Column(_("Đã thi hành"), DECIMAL),
        ),
        rows=[[str(one.kind.label), one.ordered, one.done] for one in found.execution],
        notes=notes,
    )


def _counts(one: Counted) -> list[int]:
    return [one.visits, one.people, one.cases, one.old_cases, one.groups, one.group_people]


def _kind_cells(one: KindLine) -> list[int]:
    return [
        one.carried,
        one.received,
        one.reopened,
        one.came,
        *(one.outcomes.get(state, 0) for state in ENDS),
        one.open,
    ]
