"""Atom feeds: news and new legal documents, for readers and for other systems."""

from datetime import datetime, time
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.caching import public_page
from portal.content.models import LegalPage
from portal.content.sections import latest_news
from portal.content.views.pages import KEPT_FOR

ENTRIES = 30


class NewsFeed(Feed):
    """The latest news in the language of the address."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Tin tức – Cổng thông tin điện tử tỉnh Thái Bình")

    def link(self) -> str:
        return reverse("portal:news")

    def items(self) -> list[Any]:
        return latest_news(translation.get_language() or "vi", ENTRIES)

    def item_title(self, item: Any) -> str:
        return str(item.title)

    def item_description(self, item: Any) -> str:
        return str(item.summary)

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_guid(self, item: Any) -> str:
        return f"urn:uuid:{item.translation_key}:{item.locale.language_code}"

    def item_pubdate(self, item: Any) -> datetime:
        return item.first_published_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime:
        return item.last_published_at  # type: ignore[no-any-return]

    def item_author_name(self, item: Any) -> str:
        return str(item.author_line or item.source)


class LegalFeed(Feed):
    """The latest legal documents by day of issue."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Văn bản mới – Cổng thông tin điện tử tỉnh Thái Bình")

    def link(self) -> str:
        return reverse("portal:legal_documents")

    def items(self) -> list[LegalPage]:
        return list(
            LegalPage.objects.live().select_related("locale").order_by("-issued_on", "number")[:ENTRIES]
        )

    def item_title(self, item: LegalPage) -> str:
        return item.name_in_full

    def item_description(self, item: LegalPage) -> str:
        return item.abstract_text

    def item_link(self, item: LegalPage) -> str:
        return str(item.url)

    def item_guid(self, item: LegalPage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: LegalPage) -> datetime:
        return timezone.make_aware(datetime.combine(item.issued_on, time()))

    def item_author_name(self, item: LegalPage) -> str:
        return item.issuer


_news, _legal = NewsFeed(), LegalFeed()


@login_not_required
@require_safe
@public_page(seconds=KEPT_FOR)
def news(request: HttpRequest) -> HttpResponse:
    """The feed of news."""
    return _news(request)


@require_safe
@public_page(seconds=KEPT_FOR)
def legal(request: HttpRequest) -> HttpResponse:
    """The feed of legal documents."""
    return _legal(request)
