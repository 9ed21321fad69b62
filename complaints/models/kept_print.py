"""A paper as it left the house: the file of its first print, which every later print gives again."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeptPrint(models.Model):
    """One print of a slip or a decision, kept under its SHA-256 by ``egov.files``.

    When what a slip says has changed since (a paper brought later, an appointment moved), the next print is
    another edition and the one before stays. The words themselves are not kept a second time: whether they
    have changed is seen from their hash.
    """

    class Kind(models.TextChoices):
        LETTER_SLIP = "letter_slip", _("Giấy biên nhận đơn")
        VISIT_SLIP = "visit_slip", _("Giấy biên nhận tại nơi tiếp công dân")
        APPOINTMENT = "appointment", _("Phiếu hẹn")
        ORDER = "order", _("Quyết định")

    kind = models.CharField(_("loại"), max_length=11, choices=Kind.choices)
    # The letter, visit, appointment or decision that it is about.
    subject_id = models.BigIntegerField(_("đối tượng"))
    edition = models.PositiveSmallIntegerField(_("lần"))
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    words_sha256 = models.CharField(_("mã băm nội dung"), max_length=64)
    # Empty once it was destroyed with its letter, or went under seal.
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    printed_at = models.DateTimeField(_("in lần đầu lúc"))
    # None: the system by itself.
    printed_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When the system signed it; receipts alone, and only where the installation has a certificate.
    signed_at = models.DateTimeField(_("hệ thống ký lúc"), null=True, blank=True)

    class Meta:
        ordering = ("kind", "subject_id", "edition")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject_id", "edition"], name="kept_print_edition"),
            models.CheckConstraint(
                condition=~Q(kind="order") | Q(edition=1), name="kept_print_of_order_is_the_only_one"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="print_stays",
                operation=pgtrigger.UpdateOf(
                    *("kind", "subject_id", "edition", "number", "words_sha256"),
                    *("printed_at", "printed_by_id", "signed_at"),
                )
                | pgtrigger.Delete,
            ),
            pgtrigger.Protect(
                name="file_goes_never_changes",
                operation=pgtrigger.UpdateOf("file_id"),
                condition=pgtrigger.Condition("NEW.file_id IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.number
