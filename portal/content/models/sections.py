"""The pages under which others hang; laid by the foundation, in both languages."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from portal.content.models.editorial import EditorialPage


class SectionPage(EditorialPage):
    """A list of pages with a sentence on top; ``portal.content.sections`` says what it lists."""

    intro = models.TextField(_("giới thiệu"), blank=True)

    is_section = True
    content_panels = [*EditorialPage.content_panels, FieldPanel("intro")]
    parent_page_types = ["content.HomePage"]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from portal.content.sections import listing  # noqa: PLC0415  (lists read all models)

        return {**super().get_context(request, *args, **kwargs), **listing(self, request)}


class HomePage(EditorialPage):
    """The top of one language; never shown: the front page is ``portal:home``."""

    is_section = True
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "content.NewsIndexPage",
        "content.GuidanceIndexPage",
        "content.LegalIndexPage",
        "content.AboutIndexPage",
    ]
    max_count = 2

    class Meta:
        verbose_name = _("gốc của một ngôn ngữ")
