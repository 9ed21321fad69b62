"""Pictures and papers that articles show; uploads are inspected by ``portal.content.uploads``."""

from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image, WagtailImageField, get_upload_to
from wagtail.models import Orderable, Page

from portal.content.storage import ContentStore


def content_store() -> ContentStore:
    """The store of the settings; named here so that migrations do not fix it."""
    return storages["content"]  # type: ignore[return-value]


class Picture(AbstractImage):
    """A photograph or drawing with the words for those who do not see it."""

    file = WagtailImageField(
        verbose_name=_("tệp ảnh"),
        upload_to=get_upload_to,
        storage=content_store,
        width_field="width",
        height_field="height",
    )
    credit = models.CharField(_("nguồn ảnh"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")


class Rendition(AbstractRendition):
    """A picture in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="content_rendition_once"
            )
        ]


class PaperQuerySet(models.QuerySet["Paper"]):
    """Papers by who may have them."""

    def public(self) -> "PaperQuerySet":
        """Those of an article that is public now; a draft's papers are as unseen as the draft."""
        return self.filter(used_by__page__live=True).distinct()


class Paper(AbstractDocument):
    """A file to download."""

    file = models.FileField(_("tệp"), upload_to="papers", storage=content_store)

    admin_form_fields = Document.admin_form_fields
    public_papers = PaperQuerySet.as_manager()

    class Meta(AbstractDocument.Meta):
        verbose_name = _("tệp tải về")
        verbose_name_plural = _("tệp tải về")

    @property
    def url(self) -> str:
        """Where everybody fetches it, once an article with it is public."""
        return reverse("portal:paper", args=[self.pk])


class PageFile(Orderable):
    """A paper as one article offers it."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="files")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="used_by", verbose_name=_("tệp"))
    caption = models.CharField(_("tên hiển thị"), max_length=200, blank=True)

    panels = [FieldPanel("paper"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        verbose_name = _("tệp đính kèm")

    def __str__(self) -> str:
        return self.caption or self.paper.title
