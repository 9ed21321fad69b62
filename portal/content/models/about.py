"""What the province's agencies are, who leads them, how they are reached; plain pages (Decree 42/2022)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from portal.content.models.editorial import EditorialPage
from portal.content.models.files import Picture
from portal.content.models.sections import SectionPage
from portal.content.plain import plain_text
from portal.enums import FindableKind


class AboutIndexPage(SectionPage):
    """Organisation and contacts, and every other piece of information that the law asks for."""

    subpage_types = ["content.OrganisationPage", "content.PlainPage"]
    max_count = 2

    class Meta:
        verbose_name = _("mục giới thiệu")


class OrganisationPage(EditorialPage):
    """An agency: what it does, how it is built, who leads it, how its competent officials are reached."""

    agency_code = models.CharField(_("mã cơ quan"), max_length=40, blank=True)
    summary = models.TextField(_("tóm tắt"), max_length=500)
    functions = RichTextField(_("chức năng, nhiệm vụ, quyền hạn"))
    structure = RichTextField(_("cơ cấu tổ chức"), blank=True)
    chart = models.ForeignKey(
        Picture, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sơ đồ")
    )
    address = models.CharField(_("địa chỉ"), max_length=250, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử công vụ"), blank=True)
    hours = models.CharField(_("giờ làm việc"), max_length=200, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    content_panels = [
        *EditorialPage.content_panels,
        FieldRowPanel([FieldPanel("agency_code"), FieldPanel("ordinal")]),
        FieldPanel("summary"),
        FieldPanel("functions"),
        FieldPanel("structure"),
        FieldPanel("chart"),
        FieldPanel("address"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("fax"), FieldPanel("email")]),
        FieldPanel("hours"),
        InlinePanel("contacts", heading=_("Lãnh đạo và người có thẩm quyền"), label=_("Người")),
        *EditorialPage.closing_panels,
    ]
    search_fields = [*EditorialPage.search_fields, index.SearchField("summary")]
    parent_page_types = ["content.AboutIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("giới thiệu cơ quan")

    def find_entry(self) -> dict[str, Any]:
        people = " ".join(f"{one.full_name} {one.post}" for one in self.contacts.all())
        return {
            "kind": FindableKind.PAGE,
            "title": self.title,
            "summary": self.summary,
            "text": f"{plain_text(self.functions)} {plain_text(self.structure)} {people}",
        }


class OfficialContact(Orderable):
    """A competent official as the law wants them named: post, unit, telephone, official e-mail."""

    page = ParentalKey(OrganisationPage, on_delete=models.CASCADE, related_name="contacts")
    full_name = models.CharField(_("họ và tên"), max_length=100)
    post = models.CharField(_("chức vụ"), max_length=120)
    unit = models.CharField(_("đơn vị"), max_length=150, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    fax = models.CharField(_("fax"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử công vụ"), blank=True)
    is_leader = models.BooleanField(_("lãnh đạo"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("full_name"), FieldPanel("post")]),
        FieldPanel("unit"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("fax"), FieldPanel("email")]),
        FieldPanel("is_leader"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("người liên hệ")

    def __str__(self) -> str:
        return f"{self.full_name}, {self.post}"


class PlainPage(EditorialPage):
    """A page of text: financial disclosure, dissemination of the law, terms of use."""

    summary = models.TextField(_("tóm tắt"), max_length=500, blank=True)
    body = RichTextField(_("nội dung"))
    ordinal = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("ordinal"),
        *EditorialPage.closing_panels,
    ]
    search_fields = [*EditorialPage.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["content.AboutIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("trang thông tin")

    def find_entry(self) -> dict[str, Any]:
        return {
            "kind": FindableKind.PAGE,
            "title": self.title,
            "summary": self.summary,
            "text": plain_text(self.body),
        }
