"""The registers that the law prescribes, by year: as a page, as PDF for binding."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents.forms.filters import RegisterFilter
from documents.queries.registers import FORMS, Period, RegisterForm, register_pdf
from documents.views.papers import made_now
from egov.organizations.actor import Actor
from egov.web.pager import page_of
from egov.workflow.refusal import NotPermitted

FIRST_YEAR = 2015  # the year in which the network began
# From the word in the address to the key of queries.registers.FORMS.
NAMES = {"outgoing": "outgoing", "incoming": "incoming", "follow-up": "follow_up"}
# The order in which the lines were written; the last column is unique.
ORDERS = {
    "outgoing": ("registered_at", "pk"),
    "incoming": ("number", "pk"),
    "follow-up": ("number", "pk"),
}
FILE_NAMES = {
    "outgoing": "so-van-ban-di",
    "incoming": "so-van-ban-den",
    "follow-up": "so-theo-doi-giai-quyet",
}


@require_GET
def register_list(_request: HttpRequest) -> HttpResponse:
    """The register that is asked for most."""
    return redirect("documents:register_detail", name="incoming")


@require_GET
def register_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One year of a register, with the law's columns."""
    form, year = _register(request, name)
    entries = form.entries(request.actor, Period.year(year))
    pager = page_of(request, entries, order=ORDERS[name])
    context = {
        "name": name,
        "names": [(key, FORMS[value].title) for key, value in NAMES.items()],
        "register": form,
        "year": year,
        "filter": RegisterFilter(initial={"year": year}, years=years()),
        "pager": pager,
        "lines": [list(zip(form.headings, row, strict=True)) for row in form.rows(pager.rows)],
    }
    return render(request, "documents/register_detail.html", context)


@require_GET
def register_print(request: HttpRequest, name: str) -> HttpResponse:
    """The whole year as PDF/A."""
    form, year = _register(request, name)
    pdf = register_pdf(request.actor, form, Period.year(year))
    return made_now(pdf, name=f"{FILE_NAMES[name]}-{year}.pdf")


def years() -> list[int]:
    """Years that can be asked for, this one first."""
    return list(range(timezone.localdate().year, FIRST_YEAR - 1, -1))


def _register(request: HttpRequest, name: str) -> tuple[RegisterForm, int]:
    if name not in NAMES:
        raise Http404
    if not isinstance(request.actor, Actor):
        raise NotPermitted(_("Hãy chọn chức vụ đang giữ để xem sổ đăng ký văn bản."))
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() else 0
    return FORMS[NAMES[name]], year if year in years() else timezone.localdate().year
