"""The reports on reception, letters and settlement: on a page, as .xlsx, .csv or PDF (rules 46 to 50)."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from complaints import rules
from complaints.forms.figures import ReportForm
from complaints.queries.figures.processing import processing
from complaints.queries.figures.settlement import settlement
from complaints.queries.figures.window import Window
from complaints.queries.reception_counts import reception_figures
from complaints.views.figure_tables import (
    execution_table,
    fields_table,
    kinds_table,
    letters_table,
    reception_table,
    results_table,
)
from complaints.views.reading import reads_once
from egov.organizations.actor import Actor
from egov.organizations.models import Agency
from egov.printing.registers import Column as PrintedColumn
from egov.printing.registers import register
from egov.web.charts import bar_chart
from egov.web.sheets import FILES
from egov.web.tables import TEXT, Table
from egov.workflow.refusal import NotPermitted


@require_safe
@reads_once
def letter_figures(request: HttpRequest) -> HttpResponseBase:
    """All tables of one period of the agency; one of them as the file that was asked for."""
    verdict = rules.may_see_letter_figures(request.actor)
    if not verdict or not isinstance(request.actor, Actor):
        raise NotPermitted(verdict.reason)
    agency = request.actor.agency
    form = ReportForm(request.GET, today=timezone.localdate())
    window, period = form.window()
    notes = _notes(agency, window, period)
    tables = _tables(agency, window, notes)
    kind = request.GET.get("as")
    wanted = next((one for one in tables if one.name == request.GET.get("table")), tables[0])
    if kind in FILES:
        return FILES[kind](wanted)
    if kind == "pdf":
        return _printed(wanted, agency, notes)
    fields = next(one for one in tables if one.name == "fields")
    query = request.GET.copy()
    for name in ("as", "table"):
        query.pop(name, None)
    bars = [
        (str(row[0]), float(row[1] or 0), str(row[1])) for row in fields.rows if not isinstance(row[1], str)
    ]
    context = {
        "form": form,
        "tables": tables,
        "notes": notes,
        "period": period,
        "asked_query": query.urlencode(),
        "bar": bar_chart(fields.title, bars, description=fields.title) if bars else None,
    }
    return render(request, "complaints/figures_page.html", context)


def _tables(agency: Agency, window: Window, notes: Sequence[str]) -> list[Table]:
    found, settled = processing(agency, window), settlement(agency, window)
    return [
        reception_table(reception_figures(agency, window.first, window.last), notes),
        letters_table(found, notes),
        kinds_table(found, notes),
        fields_table(found, notes),
        results_table(settled, notes),
        execution_table(settled, notes),
    ]


def _notes(agency: Agency, window: Window, period: str) -> list[str]:
    """Whose figures, of which days, with the cut-off that gives these days (rule 50)."""
    days = _("%(period)s, số liệu từ ngày %(first)s đến hết ngày %(last)s (ngày chốt số liệu).") % {
        "period": period,
        "first": f"{window.first:%d/%m/%Y}",
        "last": f"{window.last:%d/%m/%Y}",
    }
    notes = [agency.name, days]
    if window.ends_at > timezone.now():
        notes.append(_("Kỳ báo cáo chưa chốt: số liệu còn thay đổi."))
    return notes


def _printed(table: Table, agency: Agency, notes: Sequence[str]) -> HttpResponse:
    pdf = register(
        table.title,
        [
            PrintedColumn(one.label, 3.0 if one.kind == TEXT else 1.0, one.kind != TEXT)
            for one in table.columns
        ],
        [[cell for _column, cell in line] for line in (*table.lines, table.total_line) if line],
        agency=agency.name,
        period=notes[1],
        nothing=_("Không có số liệu trong kỳ này."),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{table.name}.pdf"'
    return response
