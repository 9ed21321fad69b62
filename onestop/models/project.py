"""An investment project: its linked procedures, in an order, under one account manager."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from onestop.models.dossier import Dossier

if TYPE_CHECKING:
    from egov.organizations.actor import SignedOut


class ProjectQuerySet(models.QuerySet["Project"]):
    """Projects by who may see them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """The unit that keeps the project, its account manager, and whoever may see one of its dossiers."""
        if not isinstance(actor, Actor) or actor.is_(Role.AGENCY_ADMIN, Role.SYSTEM_ADMIN):
            return self.none()
        linked = ProjectDossier.objects.filter(
            project=OuterRef("pk"), dossier__in=Dossier.objects.visible_to(actor).order_by().values("pk")
        )
        return self.filter(
            Q(agency_id=actor.agency.pk) | Q(account_manager_id=actor.membership.pk) | Q(Exists(linked))
        )


class Project(models.Model):
    """What an investor wants to build here, and who in the one-stop unit answers for its procedures."""

    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="projects")
    code = models.CharField(_("mã dự án"), max_length=30)
    name = models.CharField(_("tên dự án"), max_length=300)
    investor = models.CharField(_("nhà đầu tư"), max_length=200)
    # Dong. Capital of a province's projects passes what 32 bits hold.
    capital = models.BigIntegerField(_("vốn đầu tư (đồng)"))
    place = models.CharField(_("địa điểm"), max_length=300)
    account_manager = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="managed_projects"
    )
    opened_at = models.DateTimeField(_("mở lúc"))
    opened_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="project_code"),
            models.CheckConstraint(condition=Q(capital__gt=0), name="project_has_capital"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProjectDossier(models.Model):
    """A dossier of a project: which place it has, and which of the others must be done before it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="links")
    # A dossier belongs to one project.
    dossier = models.OneToOneField("onestop.Dossier", on_delete=models.PROTECT, related_name="project_link")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    # Orders of the dossiers of this project that come before.
    after = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("sau thủ tục"), default=list, blank=True
    )
    linked_at = models.DateTimeField(_("liên kết lúc"))

    class Meta:
        ordering = ("project_id", "order")
        constraints = [models.UniqueConstraint(fields=["project", "order"], name="project_dossier_order")]

    def __str__(self) -> str:
        return f"{self.order}. {self.dossier_id}"
