"""The publication of a result: its redacted text, approved by a second person, and the proof of its days."""

from datetime import date
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PublicationForm(models.TextChoices):
    """How a result may be made public (Law on Complaints, Art. 41; Law on Denunciations, Art. 40)."""

    MEETING = "meeting", _("Công bố tại cuộc họp")
    POSTING = "posting", _("Niêm yết tại trụ sở, nơi tiếp công dân")
    PORTAL = "portal", _("Cổng thông tin điện tử")
    MEDIA = "media", _("Phương tiện thông tin đại chúng")


# Forms that last: they must cover the law's days.
LASTING = (PublicationForm.POSTING, PublicationForm.PORTAL)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications by day."""

    def on_the_portal(self, on: date) -> Self:
        """What citizens read on that day: an item goes by itself, and only after its last day (rule 31)."""
        return self.filter(
            form=PublicationForm.PORTAL, approved_at__isnull=False, starts_on__lte=on, ends_on__gte=on
        )


class Publication(models.Model):
    """One way in which one result is made public."""

    outcome = models.ForeignKey("complaints.Outcome", on_delete=models.PROTECT, related_name="publications")
    form = models.CharField(_("hình thức"), max_length=8, choices=PublicationForm.choices)
    place = models.CharField(_("nơi công khai"), max_length=300)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    title = models.CharField(_("tiêu đề"), max_length=300)
    # Without the personal data of anybody who is not an official acting as such (rule 32).
    text = models.TextField(_("nội dung công khai"))
    prepared_at = models.DateTimeField(_("soạn lúc"))
    prepared_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The minutes of posting and taking down, of the meeting; the issue of the newspaper.
    proof = models.CharField(_("biên bản, minh chứng"), max_length=500, blank=True)
    proven_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    proven_by = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="publication_has_days"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
                name="publication_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(proven_at__isnull=True) | Q(approved_at__isnull=False) & ~Q(proof=""),
                name="publication_proven_after_approval",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="approved_stays",
                operation=pgtrigger.UpdateOf(
                    "outcome_id", "form", "starts_on", "ends_on", "title", "text", "prepared_by_id"
                ),
                condition=pgtrigger.Condition("OLD.approved_at IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return self.title
