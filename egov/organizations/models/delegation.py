"""Written authority to sign for another (TL., TUQ.)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.enums import Capacity
from egov.organizations.models.period import ends_after_start


class Delegation(models.Model):
    """The holder of one position lets the holder of another sign: in writing, for a time, for listed kinds.

    TUQ. is limited in time and content and may not be passed on; TL. holds for the kinds that the working
    regulation lists (Decree 30/2020, Art. 13).
    """

    grantor = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="delegations_out"
    )
    holder = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="delegations_in"
    )
    capacity = models.CharField(
        _("tư cách ký"), max_length=5, choices=[(c.value, c.label) for c in (Capacity.TL, Capacity.TUQ)]
    )
    # Codes of document kinds (QĐ, TB, …; "CV" stands for công văn here only); empty list: none.
    kinds = models.JSONField(_("loại văn bản được ký"), default=list)
    basis = models.CharField(_("văn bản ủy quyền, quy chế"), max_length=200)
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    class Meta:
        ordering = ("-valid_from", "-id")
        constraints = [
            ends_after_start("delegation_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(capacity="TUQ.") | Q(valid_to__isnull=False), name="delegation_tuq_has_end"
            ),
            models.CheckConstraint(condition=~Q(grantor=F("holder")), name="delegation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.capacity} {self.grantor_id} → {self.holder_id}"

    def holds_on(self, day: date) -> bool:
        """Whether the delegation is in force on that day; revoking it leaves the days before as they were."""
        if self.revoked_at is not None and day >= timezone.localdate(self.revoked_at):
            return False
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
