"""Who works for the portal: a duty given to a position, from when to when."""

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from egov.organizations.models import Membership
from portal.content.enums import Duty


class EditorialPostQuerySet(models.QuerySet["EditorialPost"]):
    """Duties by person and day."""

    def current(self, on: date) -> Self:
        """Duties that stand on that day, of people who hold their position on it."""
        held = Membership.objects.current(on).values("pk")
        return self.filter(
            models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=on),
            valid_from__lte=on,
            membership__in=held,
        )

    def overlapping(self, since: date, until: date | None) -> Self:
        """Duties of at least one day between the first and the second, which may be open."""
        later = models.Q(valid_to__isnull=True) | (
            models.Q(valid_to__gt=since) & models.Q(valid_to__gt=models.F("valid_from"))
        )
        return self.filter(later, valid_from__lt=until) if until else self.filter(later)

    def of_user(self, user_id: int | None) -> Self:
        """Duties of one person, in whichever of their positions."""
        return self.filter(membership__user_id=user_id)


class EditorialPost(models.Model):
    """One duty of one position; ends with it."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="editorial_posts")
    duty = models.CharField(_("nhiệm vụ"), max_length=10, choices=Duty.choices)
    valid_from = models.DateField(_("từ ngày"), default=timezone.localdate)
    valid_to = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects = EditorialPostQuerySet.as_manager()

    class Meta:
        ordering = ("membership_id", "duty")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "duty"],
                condition=models.Q(valid_to__isnull=True),
                name="content_post_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()} – {self.membership}"
