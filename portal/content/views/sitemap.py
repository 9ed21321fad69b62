"""What search engines are told: every public page in both languages, and where not to go."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe
from wagtail.models import Page

from egov.organizations.queries import tree
from onestop import public as onestop
from portal.caching import public_page
from portal.models import InquiryPublication

HOUR = 3600
# Pages that stand by themselves.
PLACES = (
    "home", "procedure_list", "agency_list", "commune_map", "lookup", "receipt_check", "questions",
    "feedback", "protected_path", "statistics", "open_data", "late_list",
)  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A page: its address in each language that it exists in, and when it last changed."""

    urls: dict[str, str]
    changed_at: datetime | None = field(default=None)


@require_safe
@public_page(seconds=HOUR)
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page with its other language beside it."""
    addresses = [*_places(), *_named(), *_pages(request)]
    return render(
        request,
        "content/sitemap.xml",
        {"addresses": addresses, "site": f"{request.scheme}://{request.get_host()}"},
        content_type="application/xml",
    )


@require_safe
@public_page(seconds=HOUR)
def robots(request: HttpRequest) -> HttpResponse:
    """What machines should leave alone: the office, the editors, everything of one person."""
    site = f"{request.scheme}://{request.get_host()}"
    return render(
        request,
        "content/robots.txt",
        {"site": site, "sitemap": reverse("portal:sitemap")},
        content_type="text/plain; charset=utf-8",
    )


def _places() -> Iterator[Address]:
    return (Address(_in_both(f"portal:{name}")) for name in PLACES)


def _named() -> Iterator[Address]:
    """Pages about one thing of many."""
    today = timezone.localdate()
    named: dict[str, Iterable[object]] = {
        "procedure_detail": (one.code for one in onestop.list_procedures(today)),
        "life_event": (one.code for one in onestop.list_life_events(today)),
        "agency_detail": tree.agencies(today).values_list("pk", flat=True),
        "question_detail": InquiryPublication.objects.filter(withdrawn_at=None).values_list("pk", flat=True),
    }
    return (Address(_in_both(f"portal:{name}", word)) for name, words in named.items() for word in words)


def _in_both(name: str, *words: object) -> dict[str, str]:
    urls = {}
    for code, _label in settings.LANGUAGES:
        with translation.override(code):
            urls[code] = reverse(name, args=words)
    return urls


def _pages(request: HttpRequest) -> Iterator[Address]:
    """Published pages, each with its translations; the two tops of the languages are not pages to see."""
    pages = Page.objects.live().filter(depth__gt=2).select_related("locale").order_by("path")
    by_text: dict[object, list[Page]] = {}
    for page in pages:
        by_text.setdefault(page.translation_key, []).append(page)
    for translations in by_text.values():
        yield Address(
            {page.locale.language_code: page.get_url(request) for page in translations},
            max((page.last_published_at for page in translations if page.last_published_at), default=None),
        )
