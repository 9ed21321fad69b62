"""Slips of the counter that belong to no single dossier: form 02 before receipt, one receipt for many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from onestop.enums import FormKind

if TYPE_CHECKING:
    from egov.organizations.actor import SignedOut

READERS = (Role.COUNTER, Role.LEADER, Role.OFFICE_HEAD, Role.REGISTRY)


class CounterSlipQuerySet(models.QuerySet["CounterSlip"]):
    """Slips by whose they are."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Those of the actor's agency, for its counter and whoever answers for it."""
        if not (isinstance(actor, Actor) and actor.is_(*READERS)):
            return self.none()
        return self.filter(agency_id=actor.agency.pk)


class CounterSlip(models.Model):
    """A slip as it was issued; numbered with the other slips of its kind, a snapshot like them (rule 13).

    Form 02 before receipt names an intake that is still being typed: no dossier exists, and no code. One
    receipt for a batch names several dossiers that one person handed in together.
    """

    kind = models.CharField(_("loại"), max_length=10, choices=FormKind.choices)
    form = models.ForeignKey("onestop.StandardForm", on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số"))
    # None when the intake was thrown away since; the slip stays.
    draft = models.ForeignKey(
        "onestop.IntakeDraft", on_delete=models.SET_NULL, null=True, blank=True, related_name="slips"
    )
    dossiers = models.ManyToManyField("onestop.Dossier", related_name="batch_slips", blank=True)
    content = models.JSONField(_("nội dung"))
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("cấp lúc"))
    issued_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")

    objects = CounterSlipQuerySet.as_manager()

    class Meta:
        ordering = ("issued_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind", "year", "number"], name="counter_slip_number"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="snapshot_stays",
                operation=pgtrigger.UpdateOf(
                    "kind", "form_id", "agency_id", "year", "number", "content", "issued_at", "issued_by_id"
                )
                | pgtrigger.Delete,
            ),
            pgtrigger.Protect(
                name="file_is_made_once",
                operation=pgtrigger.UpdateOf("file_id"),
                condition=pgtrigger.Condition("OLD.file_id IS NOT NULL"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.kind}/{self.year}"

    @property
    def file_name(self) -> str:
        """What the browser calls it."""
        return f"{self.kind}-{self.number}-{self.year}.pdf"
