"""The papers of an open letter: what came with it, and what was brought later (rule 53)."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

# Originals of a protected letter go through the seal, whoever writes the row (rule 38).
SEALED_INSTEAD = """
    IF EXISTS (SELECT 1 FROM complaints_letter WHERE id = NEW.letter_id AND is_protected) THEN
        RAISE EXCEPTION 'the papers of protected letter % stand in its seal', NEW.letter_id;
    END IF;
    RETURN NEW;
"""


class Attachment(models.Model):
    """One paper, as it was handed over: named, counted, and with its scan kept byte for byte.

    It is never changed; a better scan is another paper.
    """

    class Kind(models.TextChoices):
        LETTER = "letter", _("Đơn, bản ghi lời trình bày")
        EVIDENCE = "evidence", _("Tài liệu, chứng cứ")
        TRANSLATION = "translation", _("Bản dịch công chứng")
        AUTHORISATION = "authorisation", _("Giấy ủy quyền")
        REPRESENTATION = "representation", _("Văn bản cử người đại diện")
        SIGNATURES = "signatures", _("Danh sách chữ ký")
        CLERICAL = "clerical", _("Giấy tờ nghiệp vụ")

    letter = models.ForeignKey("complaints.Letter", on_delete=models.PROTECT, related_name="attachments")
    kind = models.CharField(_("loại giấy tờ"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("tên giấy tờ"), max_length=200)
    originals = models.PositiveSmallIntegerField(_("bản chính"), default=0)
    copies = models.PositiveSmallIntegerField(_("bản sao"), default=0)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file_name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("nhận lúc"))
    added_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        triggers = [
            pgtrigger.Trigger(
                name="sealed_instead", when=pgtrigger.Before, operation=pgtrigger.Insert, func=SEALED_INSTEAD
            ),
            pgtrigger.Protect(name="kept_unchanged", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return self.name
