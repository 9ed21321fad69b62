"""Open data for people: the catalogue, one set with its columns, and its files."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from egov.accounts.login.address import address_of
from egov.web.csv_rows import csv_rows
from portal.caching import public_page, revalidated
from portal.queries.dataset import Dataset
from portal.queries.open_data import DATASETS, dataset
from portal.throttles import count_one

HOUR = 3600


@require_safe
@public_page(seconds=HOUR)
def open_data(request: HttpRequest) -> HttpResponse:
    """Every set of data, and the interface for programs."""
    return render(request, "portal/open_data.html", {"datasets": DATASETS.values()})


@require_safe
@public_page(seconds=HOUR)
def open_data_set(request: HttpRequest, code: str) -> HttpResponse:
    """One set: what its columns say, and its files."""
    return render(request, "portal/open_data_set.html", {"dataset": dataset(code)})


@require_safe
@public_page(seconds=HOUR)
def open_data_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The set as text for a spreadsheet (RFC 4180)."""
    asked = _asked(request, code)
    lines = csv_rows([asked.names, *asked.rows(timezone.localdate(), request.GET.get("month", ""))])
    response = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8; header=present")
    response["Content-Disposition"] = f'attachment; filename="{asked.code}.csv"'
    return revalidated(request, response)


@require_safe
@public_page(seconds=HOUR)
def open_data_json(request: HttpRequest, code: str) -> HttpResponse:
    """The set as a list of records."""
    asked = _asked(request, code)
    records = list(asked.records(timezone.localdate(), request.GET.get("month", "")))
    response = JsonResponse(records, safe=False, json_dumps_params={"ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="{asked.code}.json"'
    return revalidated(request, response)


def _asked(request: HttpRequest, code: str) -> Dataset:
    count_one("open-data", address_of(request), settings.OPEN_DATA_PER_ADDRESS)
    return dataset(code)
