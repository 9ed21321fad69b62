"""What the sections of the portal list."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from portal.content.legal_list import legal_list
from portal.content.models import (
    AboutIndexPage,
    GuidancePage,
    LegalIndexPage,
    NewsCategory,
    NewsIndexPage,
    NewsPage,
    OrganisationPage,
    PlainPage,
    SectionPage,
)

NEWS_A_PAGE = 12
SOURCE_LANGUAGE = "vi"


def listing(section: SectionPage, request: HttpRequest) -> dict[str, Any]:
    """Values for the template of a section."""
    language = section.locale.language_code
    if isinstance(section, NewsIndexPage):
        return _news(request, language)
    if isinstance(section, LegalIndexPage):
        return legal_list(request.GET)
    if isinstance(section, AboutIndexPage):
        return {
            "organisations": in_language(
                OrganisationPage.objects.live().order_by("ordinal", "title"), language
            ),
            "plain_pages": in_language(PlainPage.objects.live().order_by("ordinal", "title"), language),
        }
    return {"articles": in_language(GuidancePage.objects.live().order_by("title"), language)}


def in_language(pages: QuerySet[Any], language: str) -> list[Any]:
    """Every page once: translated where its translation is public, else in Vietnamese."""
    source = list(pages.filter(locale__language_code=SOURCE_LANGUAGE).select_related("locale"))
    if language == SOURCE_LANGUAGE:
        return source
    translated = {
        page.translation_key: page
        for page in pages.filter(locale__language_code=language).select_related("locale")
    }
    return [translated.get(page.translation_key, page) for page in source]


def latest_news(language: str, count: int) -> list[NewsPage]:
    """The newest pieces of news, for the front page."""
    newest = published_news()[: max(count, 1)]
    return _translated(newest, language)


def published_news() -> QuerySet[NewsPage]:
    """News in Vietnamese, the newest first."""
    newest: QuerySet[NewsPage] = (
        NewsPage.objects.live()
        .filter(locale__language_code=SOURCE_LANGUAGE)
        .select_related("category", "picture", "locale")
        .order_by("-first_published_at", "-pk")
    )
    return newest


def _news(request: HttpRequest, language: str) -> dict[str, Any]:
    news = published_news()
    category = NewsCategory.objects.filter(slug=request.GET.get("category", "")[:50]).first()
    if category is not None:
        news = news.filter(category=category)
    shown = Paginator(news, NEWS_A_PAGE).get_page(request.GET.get("page"))
    return {
        "articles": _translated(shown.object_list, language),
        "shown": shown,
        "categories": NewsCategory.objects.all(),
        "category": category,
    }


def _translated(news: Iterable[NewsPage], language: str) -> list[Any]:
    source = list(news)
    if language == SOURCE_LANGUAGE:
        return source
    translated: dict[Any, Page] = {
        page.translation_key: page
        for page in NewsPage.objects.live()
        .filter(locale__language_code=language, translation_key__in=[one.translation_key for one in source])
        .select_related("category", "picture", "locale")
    }
    return [translated.get(page.translation_key, page) for page in source]
