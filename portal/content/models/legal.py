"""Legal and administrative documents: their numbers, dates and what they do to each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from egov.search.normalize import fold
from portal.content.enums import LegalKind, LegalRelation, LegalStatus
from portal.content.models.editorial import EditorialPage
from portal.content.models.sections import SectionPage
from portal.content.plain import plain_text
from portal.enums import FindableKind


@dataclass(frozen=True)
class Tie:
    """How two documents are tied, in words that lead from the one in view to the other."""

    words: Any
    other: LegalPage


class LegalIndexPage(SectionPage):
    """The list of legal documents, with search and filters."""

    subpage_types = ["content.LegalPage"]
    max_count = 2

    class Meta:
        verbose_name = _("mục văn bản")


class LegalPage(EditorialPage):
    """One legal document, as it was issued. Its status follows from the day and from other documents."""

    number = models.CharField(_("số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 118/2025/NĐ-CP"))
    kind = models.CharField(_("loại văn bản"), max_length=20, choices=LegalKind.choices)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=150)
    signer = models.CharField(_("người ký"), max_length=100, blank=True)
    abstract_text = models.TextField(_("trích yếu"))
    issued_on = models.DateField(_("ngày ban hành"))
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    expires_on = models.DateField(
        _("ngày hết hiệu lực"), null=True, blank=True, help_text=_("Ngày đầu tiên không còn hiệu lực.")
    )
    full_text = RichTextField(_("toàn văn"), blank=True)
    # Number, kind (in every language), abstract and issuer without accents, kept for the list's own search.
    folded = models.TextField(editable=False, blank=True)

    content_panels = [
        *EditorialPage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("signer")]),
                FieldPanel("abstract_text"),
            ],
            _("Văn bản"),
        ),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on"), FieldPanel("expires_on")]),
        InlinePanel("ties", heading=_("Quan hệ với văn bản khác"), label=_("Văn bản")),
        FieldPanel("full_text"),
        *EditorialPage.closing_panels,
    ]
    search_fields = [
        *EditorialPage.search_fields,
        index.SearchField("number"),
        index.SearchField("abstract_text"),
        index.FilterField("kind"),
    ]
    parent_page_types = ["content.LegalIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("văn bản pháp luật")
        verbose_name_plural = _("văn bản pháp luật")
        indexes = [models.Index(fields=["-issued_on"], name="content_legal_by_day")]

    def clean(self) -> None:
        super().clean()
        if self.effective_on and self.effective_on < self.issued_on:
            raise ValidationError({"effective_on": _("Ngày có hiệu lực không thể trước ngày ban hành.")})
        if self.expires_on and self.expires_on <= (self.effective_on or self.issued_on):
            raise ValidationError({"expires_on": _("Ngày hết hiệu lực phải sau ngày có hiệu lực.")})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        names = " ".join(self.name_in(language) for language, _name in settings.LANGUAGES)
        self.folded = fold(f"{names} {self.abstract_text} {self.issuer} {self.signer}")
        return super().save(*args, **kwargs)

    @property
    def name_in_full(self) -> str:
        """“Nghị định 118/2025/NĐ-CP”."""
        first = str(self.get_kind_display()).split(" của ")[0]
        return self.number if self.kind == LegalKind.OTHER else f"{first} {self.number}"

    def name_in(self, language: str) -> str:
        """The same in one language, whichever its editor works in: what is stored is for all readers."""
        with override(language):
            return self.name_in_full

    def status_on(self, day: date) -> LegalStatus:
        """What it is on a day: its own dates, and the documents in force that replaced or cut it."""
        if day < (self.effective_on or self.issued_on):
            return LegalStatus.NOT_YET
        if self.expires_on and self.expires_on <= day:
            return LegalStatus.ENDED
        acts = {
            tie.relation
            for tie in self.ties_to_it.all()
            if tie.page.live and (tie.page.effective_on or tie.page.issued_on) <= day
        }
        if LegalRelation.REPLACES in acts:
            return LegalStatus.ENDED
        return LegalStatus.PARTLY if LegalRelation.ENDS_PARTLY in acts else LegalStatus.IN_FORCE

    @property
    def status(self) -> LegalStatus:
        """What it is today."""
        return self.status_on(timezone.localdate())

    @property
    def all_ties(self) -> list[Tie]:
        """What it does to others, and what others do to it; each seen from here."""
        own = [
            Tie(OUTWARD[LegalRelation(tie.relation)], tie.other)
            for tie in self.ties.select_related("other")
            if tie.other.live
        ]
        done = [
            Tie(INWARD[LegalRelation(tie.relation)], tie.page)
            for tie in self.ties_to_it.select_related("page")
            if tie.page.live
        ]
        return own + done

    def find_entry(self) -> dict[str, Any]:
        return {
            "kind": FindableKind.LEGAL_DOCUMENT,
            "title": f"{self.name_in(settings.LANGUAGE_CODE)}: {self.abstract_text}",
            "summary": f"{self.issuer}, {self.issued_on:%d/%m/%Y}",
            "text": plain_text(self.full_text),
        }


class LegalTie(Orderable):
    """What one document does to another; said once, at the one that does it, and shown at both."""

    page = ParentalKey(LegalPage, on_delete=models.CASCADE, related_name="ties")
    relation = models.CharField(_("quan hệ"), max_length=15, choices=LegalRelation.choices)
    other = models.ForeignKey(
        LegalPage, on_delete=models.PROTECT, related_name="ties_to_it", verbose_name=_("văn bản kia")
    )

    panels = [FieldPanel("relation"), PageChooserPanel("other", "content.LegalPage")]

    class Meta(Orderable.Meta):
        verbose_name = _("quan hệ văn bản")

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.other}"


OUTWARD = {
    LegalRelation.REPLACES: _("Thay thế"),
    LegalRelation.AMENDS: _("Sửa đổi, bổ sung"),
    LegalRelation.ENDS_PARTLY: _("Bãi bỏ một phần"),
    LegalRelation.GUIDES: _("Quy định chi tiết, hướng dẫn"),
    LegalRelation.REFERS: _("Căn cứ, dẫn chiếu"),
}
INWARD = {
    LegalRelation.REPLACES: _("Được thay thế bởi"),
    LegalRelation.AMENDS: _("Được sửa đổi, bổ sung bởi"),
    LegalRelation.ENDS_PARTLY: _("Bị bãi bỏ một phần bởi"),
    LegalRelation.GUIDES: _("Được quy định chi tiết, hướng dẫn bởi"),
    LegalRelation.REFERS: _("Được dẫn chiếu tại"),
}
