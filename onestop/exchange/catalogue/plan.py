"""What a file would do to the catalogue, row by row, before anything is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from egov.files.filenames import extension_of
from egov.workflow.refusal import Refusal
from onestop.enums import RequirementKind
from onestop.exchange.catalogue.flat import add_row, begin_record, cells_of
from onestop.exchange.catalogue.record import NotReadable, Record, parse_record
from onestop.exchange.catalogue.tables import Row, records_of, rows_of
from onestop.queries.completeness import unknown_units


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row, in words."""

    number: int
    code: str
    accepted: bool
    words: str


@dataclass
class ImportPlan:
    """The procedures of a file and the report of its rows; nothing is written as long as one is refused."""

    filename: str
    records: list[Record] = field(default_factory=list)
    rows: list[RowReport] = field(default_factory=list)
    # The row in which each record begins: faults of the whole are told there.
    begins: list[int] = field(default_factory=list)

    @property
    def refused(self) -> list[RowReport]:
        """Rows that keep the file out."""
        return [row for row in self.rows if not row.accepted]

    @property
    def notes(self) -> int:
        """How many rows were notes among the papers."""
        kinds = [
            paper.kind for one in self.records for case in one.content.cases for paper in case.requirements
        ]
        return kinds.count(RequirementKind.NOTE)

    @property
    def unknown_units(self) -> list[tuple[str, list[str]]]:
        """Limits that a person has to complete, by code."""
        found = [(one.code, unknown_units(one.content)) for one in self.records]
        return [(code, limits) for code, limits in found if limits]

    def refuse(self, record: int, words: str) -> None:
        """Note a fault of a whole procedure at the row where it begins."""
        number = self.begins[record]
        self.rows = [row for row in self.rows if row.number != number]
        self.rows.append(RowReport(number, self.records[record].code, accepted=False, words=words))
        self.rows.sort(key=lambda row: row.number)


def plan_of(content: bytes, filename: str, *, agency_id: Callable[[str], int]) -> ImportPlan:
    """Read a whole file. Raises FileRefused when it cannot be read at all."""
    plan = ImportPlan(filename)
    if extension_of(filename) == ".json":
        for number, raw in enumerate(records_of(content, filename), start=1):
            _take(plan, raw, number, agency_id, [_("đọc được")])
    else:
        reader = _Reader(plan, agency_id)
        for row in rows_of(content, filename):
            reader.add(row)
        reader.close()
        plan.rows.sort(key=lambda one: one.number)
    if not plan.rows:
        raise EmptyFile(_("Tệp không có dòng thủ tục nào. Dòng đầu phải là tên cột, có cột “Mã thủ tục”."))
    return plan


class EmptyFile(Refusal):
    """There is nothing to import."""

    status = 422


class _Reader:
    """Collects the rows of a table into procedures, and blames each fault on its own row."""

    def __init__(self, plan: ImportPlan, agency_id: Callable[[str], int]) -> None:
        self.plan, self.agency_id = plan, agency_id
        # The procedure that is being collected; none also while the rows of a broken one are passed over.
        self.record: dict[str, Any] | None = None
        self.code = ""
        self.first, self.notes = 0, [""]

    def add(self, row: Row) -> None:
        """Take one row."""
        cells = cells_of(row.cells)
        if cells.get("code", self.code) != self.code:
            self.close()
            self.code, self.first = cells["code"], row.number
        try:
            notes = self._read(row, cells)
        except NotReadable as fault:
            self._refuse(row.number, str(fault))
            if row.number == self.first:
                self.record = None
            return
        if row.number == self.first:
            self.notes = notes
        else:
            self.plan.rows.append(RowReport(row.number, self.code[:40], True, _sentence(notes)))

    def close(self) -> None:
        """The procedure is complete."""
        if self.record is not None:
            _take(self.plan, self.record, self.first, self.agency_id, self.notes)
        self.record = None

    def _read(self, row: Row, cells: dict[str, str]) -> list[str]:
        if row.has_formula:
            raise NotReadable(_("ô có công thức; hãy dán dưới dạng giá trị"))
        if row.number == self.first:
            self.record = begin_record(cells)
        if self.record is None:
            raise NotReadable(
                _("thuộc về thủ tục chưa đọc được ở trên") if self.code else _("thiếu mã thủ tục")
            )
        return add_row(self.record, cells)

    def _refuse(self, number: int, words: str) -> None:
        self.plan.rows.append(RowReport(number, self.code[:40], accepted=False, words=words))


def _take(plan: ImportPlan, raw: Any, number: int, agency_id: Callable[[str], int], notes: list[str]) -> None:
    """Turn what was collected into a record, or report why not at its first row."""
    code = str(raw.get("code", ""))[:40] if isinstance(raw, dict) else ""
    try:
        record = parse_record(raw, agency_id=agency_id)
    except NotReadable as fault:
        plan.rows.append(RowReport(number, code, accepted=False, words=str(fault)))
        return
    plan.records.append(record)
    plan.begins.append(number)
    plan.rows.append(RowReport(number, code, accepted=True, words=_sentence(notes)))


def _sentence(notes: list[str]) -> str:
    return "; ".join(note for note in notes if note) or _("đọc được")
