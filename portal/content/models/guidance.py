"""Guidance in plain words: how to go about something, and about the portal itself."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.content.models.editorial import EditorialPage
from portal.content.models.sections import SectionPage
from portal.content.plain import plain_text
from portal.enums import FindableKind


class GuidanceIndexPage(SectionPage):
    """All guidance by title."""

    subpage_types = ["content.GuidancePage"]
    max_count = 2

    class Meta:
        verbose_name = _("mục hướng dẫn")


class GuidancePage(EditorialPage):
    """One thing explained."""

    summary = models.TextField(_("tóm tắt"), max_length=500)
    body = RichTextField(_("nội dung"))
    procedure_codes = models.CharField(
        _("mã thủ tục liên quan"), max_length=200, blank=True, help_text=_("Cách nhau bằng dấu phẩy.")
    )

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("procedure_codes"),
        *EditorialPage.closing_panels,
    ]
    search_fields = [*EditorialPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["content.GuidanceIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("bài hướng dẫn")

    @property
    def procedures(self) -> list[str]:
        """Codes of the procedures that this is about."""
        return [code for code in (part.strip() for part in self.procedure_codes.split(",")) if code]

    def find_entry(self) -> dict[str, Any]:
        return {
            "kind": FindableKind.GUIDANCE,
            "title": self.title,
            "summary": self.summary,
            "text": plain_text(self.body),
        }
