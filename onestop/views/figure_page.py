"""What the pages of figures share: who reads, what was asked, until when it counts, page or file."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from egov.organizations.actor import Actor
from egov.web.charts import BarChart
from egov.web.sheets import FILES
from egov.web.tables import Table
from egov.workflow.refusal import NotPermitted
from onestop import rules
from onestop.forms.figures import FiguresForm, Question
from onestop.queries.statistics.period import Period
from onestop.queries.statistics.reading import FILE_SECONDS, PAGE_SECONDS
from onestop.queries.statistics.scope import Scope, scope_of

PAGES = (
    ("onestop:figures_overview", gettext_lazy("Tổng quan")),
    ("onestop:figures_report", gettext_lazy("Báo cáo kỳ")),
    ("onestop:figures_holders", gettext_lazy("Quá hạn theo nơi giữ")),
    ("onestop:figures_time", gettext_lazy("Cắt giảm thời gian")),
    ("onestop:figures_index", gettext_lazy("Chỉ số 766")),
    ("onestop:figures_satisfaction", gettext_lazy("Mức độ hài lòng")),
)


def reader(request: HttpRequest) -> Actor:
    """Who reads figures. Raises NotPermitted."""
    verdict = rules.may_see_figures(request.actor)
    if not verdict or not isinstance(request.actor, Actor):
        raise NotPermitted(verdict.reason)
    return request.actor


def asked_of(request: HttpRequest, *, rows: bool = True) -> Question:
    request.figures_form = FiguresForm(request.GET, actor=reader(request), at=timezone.now(), rows=rows)
    return request.figures_form.question()


def scope_asked(request: HttpRequest, asked: Question) -> Scope:
    return scope_of(
        reader(request),
        asked.period,
        agency_id=asked.agency_id,
        with_below=asked.with_below,
        realm=asked.realm,
    )


def seconds_for(request: HttpRequest) -> int:
    return FILE_SECONDS if request.GET.get("as") in FILES else PAGE_SECONDS


def answer(
    request: HttpRequest,
    table: Table,
    scope: Scope,
    period: Period,
    *,
    bar: BarChart | None = None,
    more: Sequence[Table] = (),
    **context: Any,
) -> HttpResponseBase:
    """The table as the file that was asked for, else on its page."""
    kind = request.GET.get("as")
    if kind in FILES:
        wanted = request.GET.get("table")
        return FILES[kind](next((one for one in more if one.name == wanted), table))
    context |= {
        "table": table,
        "more": more,
        "bar": bar,
        "form": request.figures_form,
        "asked_query": _query(request),
        **frame(request, scope, period),
    }
    return render(request, "onestop/figures_page.html", context)


def frame(request: HttpRequest, scope: Scope, period: Period) -> dict[str, Any]:
    return {
        "scope": scope,
        "period": period,
        "pages": [(name, str(label), request.resolver_match.view_name == name) for name, label in PAGES],
    }


def notes_of(scope: Scope, period: Period) -> list[str]:
    """For whom, for which days, and until which moment an unfinished period counts."""
    whose = _("%(agency)s và các cơ quan trực thuộc") if scope.with_below else "%(agency)s"
    days = _("Từ ngày %(first)s đến ngày %(last)s.") % {
        "first": f"{period.first:%d/%m/%Y}",
        "last": f"{period.last:%d/%m/%Y}",
    }
    notes = [whose % {"agency": scope.top.name}, days]
    if not period.is_over:
        cutoff = timezone.localtime(period.ends_at)
        notes.append(
            _("Kỳ chưa kết thúc: số liệu tính đến %(moment)s.") % {"moment": f"{cutoff:%H:%M ngày %d/%m/%Y}"}
        )
    return notes


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    for name in ("as", "table"):
        query.pop(name, None)
    return query.urlencode()
