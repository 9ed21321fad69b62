"""When heads of agencies receive citizens, what was decided on letters and answered: for everybody."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from complaints.public import (
    published_answer,
    published_answers,
    published_result,
    published_results,
    reception_agencies,
    reception_timetable,
)
from portal.caching import public_page

MONTHS = 3
LONGEST_TEXT, LONGEST_PAGE = 200, 4


@require_safe
@public_page(seconds=300)
def reception_list(request: HttpRequest) -> HttpResponse:
    """Agencies whose heads receive on a published day to come, with the next one."""
    return render(request, "portal/reception_list.html", {"agencies": reception_agencies()})


@require_safe
@public_page(seconds=300)
def reception_detail(request: HttpRequest, code: str) -> HttpResponse:
    """The published days of one agency, this month and the next ones, with every change (rule 45)."""
    found = [
        reception_timetable(code, month.year, month.month) for month in _months(timezone.localdate(), MONTHS)
    ]
    months = [one for one in found if one is not None]
    if not months:
        raise Http404
    return render(
        request, "portal/reception_detail.html", {"months": months, "agency": months[0].agency_name}
    )


@require_safe
@public_page(seconds=300)
def letter_results(request: HttpRequest) -> HttpResponse:
    """Decisions and conclusions that are public today, newest first (rule 31)."""
    return render(request, "portal/letter_results.html", {"results": published_results(timezone.localdate())})


@require_safe
@public_page(seconds=300)
def letter_result(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; gone the day after its last."""
    found = published_result(pk, timezone.localdate())
    if found is None:
        raise Http404
    return render(request, "portal/letter_result.html", {"one": found})


@require_safe
@public_page(seconds=300)
def letter_answers(request: HttpRequest) -> HttpResponse:
    """Answers to suggestions and reactions, newest first; a word narrows them, with or without accents."""
    text = request.GET.get("q", "").strip()[:LONGEST_TEXT]
    typed = request.GET.get("page", "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_PAGE else 1
    found = published_answers(text, max(1, number))
    return render(request, "portal/letter_answers.html", {"found": found, "text": text})


@require_safe
@public_page(seconds=300)
def letter_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; gone when it was withdrawn."""
    found = published_answer(pk)
    if found is None:
        raise Http404
    return render(request, "portal/letter_answer.html", {"one": found})


def _months(first: date, count: int) -> list[date]:
    ordinals = range(first.year * 12 + first.month - 1, first.year * 12 + first.month - 1 + count)
    return [date(ordinal // 12, ordinal % 12 + 1, 1) for ordinal in ordinals]
