"""Officials who are related to each other: who may not handle a matter against whom (rule 17)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class KinQuerySet(models.QuerySet["Kin"]):
    """Ties by person; a tie is written once and holds both ways."""

    def of_user(self, user_id: int) -> frozenset[int]:
        """Keys of the accounts of everybody on file as related to this person."""
        rows = self.filter(Q(official=user_id) | Q(relative=user_id), ended_at__isnull=True)
        pairs = rows.values_list("official_id", "relative_id")
        return frozenset(one for pair in pairs for one in pair) - {user_id}


class Kin(models.Model):
    """Two officials of whom one declared the other as family. Whoever declares it, it bars both."""

    class Relation(models.TextChoices):
        SPOUSE = "spouse", _("Vợ, chồng")
        PARENT = "parent", _("Cha, mẹ")
        CHILD = "child", _("Con")
        SIBLING = "sibling", _("Anh, chị, em ruột")
        IN_LAW = "in_law", _("Cha, mẹ, anh, chị, em bên vợ, bên chồng")
        OTHER = "other", _("Quan hệ khác")

    official = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    relative = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(_("quan hệ"), max_length=8, choices=Relation.choices)
    # The declaration or personnel file that says so.
    basis = models.CharField(_("căn cứ"), max_length=200)
    noted_at = models.DateTimeField(_("ghi lúc"))
    noted_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(_("thôi áp dụng lúc"), null=True, blank=True)

    objects = KinQuerySet.as_manager()

    class Meta:
        ordering = ("-noted_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["official", "relative"], condition=Q(ended_at__isnull=True), name="kin_once"
            ),
            models.CheckConstraint(condition=~Q(official=F("relative")), name="kin_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.official_id} – {self.relative_id}"
