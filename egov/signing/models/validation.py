"""What a check of a signed file found, with the evidence, so that it can be judged years later."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.signing.models.revocation import RevocationList
from egov.signing.verification import Status, Verification


class ValidationReport(models.Model):
    """The result of one check of one file; kept as it was, the database refuses edits.

    Certificates and time stamps are inside the signed file itself (named by its hash); the revocation lists
    that the judgement rests on are kept beside the report.
    """

    sha256 = models.CharField(_("SHA-256 của tệp"), max_length=64, db_index=True)
    checked_at = models.DateTimeField(_("kiểm tra lúc"))
    status = models.CharField(_("kết quả"), max_length=20, choices=Status.choices)
    result = models.JSONField(_("chi tiết"))
    evidence = models.ManyToManyField(RevocationList, related_name="+")

    class Meta:
        ordering = ("-checked_at", "-pk")
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.get_status_display()}"

    @property
    def verification(self) -> Verification:
        """The result as it was found, to be shown in the reader's language."""
        return Verification.from_json(self.result)
