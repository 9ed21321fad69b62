"""News for citizens and businesses."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail.snippets.models import register_snippet

from portal.content.models.editorial import EditorialPage
from portal.content.models.files import Picture
from portal.content.models.sections import SectionPage
from portal.content.plain import plain_text
from portal.enums import FindableKind


@register_snippet
class NewsCategory(models.Model):
    """What a piece of news is about; the name stands in both languages, as it is one word in a list."""

    name = models.CharField(_("tên"), max_length=80, unique=True)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=80)
    slug = models.SlugField(_("địa chỉ"), max_length=50, unique=True)
    ordinal = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("ordinal")]

    class Meta:
        ordering = ("ordinal", "name")
        verbose_name = _("chuyên mục tin")
        verbose_name_plural = _("chuyên mục tin")

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if get_language() == "en" else self.name


class NewsIndexPage(SectionPage):
    """All news, the newest first."""

    subpage_types = ["content.NewsPage"]
    max_count = 2  # one a language

    class Meta:
        verbose_name = _("mục tin tức")


class NewsPage(EditorialPage):
    """One piece of news."""

    summary = models.TextField(_("tóm tắt"), max_length=500)
    body = RichTextField(_("nội dung"))
    category = models.ForeignKey(
        NewsCategory, on_delete=models.PROTECT, related_name="news", verbose_name=_("chuyên mục")
    )
    picture = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ảnh")
    )
    picture_alt = models.CharField(
        _("mô tả ảnh"), max_length=250, blank=True, help_text=_("Đọc cho người không nhìn thấy ảnh.")
    )
    source = models.CharField(_("nguồn tin"), max_length=200)
    author_line = models.CharField(_("tác giả ghi trên bài"), max_length=120, blank=True)

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("category", widget=forms.Select),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("picture_alt")], _("Ảnh")),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("source"), FieldPanel("author_line")], _("Nguồn")),
        *EditorialPage.closing_panels,
    ]
    search_fields = [*EditorialPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("tin")
        verbose_name_plural = _("tin")

    def find_entry(self) -> dict[str, Any]:
        return {
            "kind": FindableKind.NEWS,
            "title": self.title,
            "summary": self.summary,
            "text": plain_text(self.body),
        }
