"""Tables as files for a spreadsheet: written row by row, safe to open, with every accent intact."""

import tempfile
from collections.abc import Iterator

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse

from egov.web.csv_rows import csv_rows
from egov.web.tables import COUNT, DECIMAL, SHARE, Table

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {COUNT: "#,##0", SHARE: "0.0%", DECIMAL: "#,##0.0"}
WIDE, NARROW = 48, 14


def csv_file(table: Table) -> StreamingHttpResponse:
    """Row by row, so that a long one neither waits nor fills the memory."""
    response = StreamingHttpResponse(_csv_lines(table), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def _csv_lines(table: Table) -> Iterator[str]:
    notes = [[note] for note in (table.title, *table.notes)]
    total = [table.total] if table.total else []
    return csv_rows([*notes, [column.label for column in table.columns], *table.rows, *total])


def xlsx_file(table: Table) -> HttpResponseBase:
    """Written row by row into a temporary file, which goes with the answer."""
    place = tempfile.TemporaryFile()  # noqa: SIM115  (FileResponse closes it)
    # Texts stay texts: no formula and no link comes out of a name.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(place, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        heading = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
        for place_of, column in enumerate(table.columns):
            sheet.set_column(place_of, place_of, NARROW if column.kind in formats else WIDE)
        sheet.write_string(0, 0, table.title, bold)
        line = 1
        for note in table.notes:
            sheet.write_string(line, 0, note)
            line += 1
        for place_of, column in enumerate(table.columns):
            sheet.write_string(line, place_of, column.label, heading)
        for row in (*table.rows, *([table.total] if table.total else [])):
            line += 1
            for place_of, (column, value) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(value, str):
                    sheet.write_string(line, place_of, value)
                elif value is not None:
                    sheet.write_number(line, place_of, float(value), formats.get(column.kind))
    place.seek(0)
    return FileResponse(place, as_attachment=True, filename=f"{table.name}.xlsx", content_type=XLSX_TYPE)


FILES = {"csv": csv_file, "xlsx": xlsx_file}
