"""Kinds of documents: the law's 29, copies, and what flows beside them. Dated reference data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.enums import KindClass


class DocumentKind(models.Model):
    """A kind of document (Decree 30/2020, Art. 7 and Appendix III)."""

    code = models.CharField(_("mã"), max_length=10, unique=True)
    name = models.CharField(_("tên loại"), max_length=60)
    # Case and diacritics matter: QĐ is not QyĐ, DA is not ĐA. Công văn and thư công have none.
    abbreviation = models.CharField(_("chữ viết tắt"), max_length=10, blank=True)
    classification = models.CharField(_("nhóm"), max_length=15, choices=KindClass.choices)
    # edXML DocumentType/Type (QCVN 102); null where the list has no code.
    packet_type = models.PositiveSmallIntegerField(_("mã edXML"), null=True)
    ordinal = models.PositiveSmallIntegerField(_("thứ tự"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        ordering = ("ordinal",)

    def __str__(self) -> str:
        return self.name
