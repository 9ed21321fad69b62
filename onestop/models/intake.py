"""An intake that is being typed: kept on the server field by field, so no lost connection costs a word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from onestop.enums import PaperSource

if TYPE_CHECKING:
    from egov.organizations.actor import SignedOut


class IntakeDraftQuerySet(models.QuerySet["IntakeDraft"]):
    """Drafts by whose they are."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """A draft is its writer's alone, in the position in which it was begun."""
        return self.filter(member_id=actor.membership.pk) if isinstance(actor, Actor) else self.none()

    def unfinished(self) -> Self:
        """Those that have not become a dossier."""
        return self.filter(dossier=None)


class IntakeDraft(models.Model):
    """What the counter has typed for one applicant so far: names of fields and their text.

    Once it has become a dossier it leads there: a second click on “Tiếp nhận” finds the first one's dossier.
    """

    member = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("onestop.ProcedureVersion", on_delete=models.PROTECT, related_name="+")
    typed = models.JSONField(_("nội dung đã ghi"), default=dict)
    begun_at = models.DateTimeField(_("bắt đầu lúc"))
    saved_at = models.DateTimeField(_("lưu lúc"))
    dossier = models.OneToOneField(
        "onestop.Dossier", on_delete=models.PROTECT, null=True, blank=True, related_name="intake"
    )

    objects = IntakeDraftQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at", "-id")
        indexes = [
            models.Index(fields=["member"], name="intake_unfinished", condition=models.Q(dossier=None))
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.saved_at:%d/%m/%Y %H:%M}"

    @property
    def applicant(self) -> str:
        """Who stood at the counter, as far as it is typed."""
        return str(self.typed.get("person_name", ""))

    @property
    def idempotency_key(self) -> str:
        """One draft makes one dossier."""
        return f"intake-{self.pk}"


class IntakeFile(models.Model):
    """A scan or file that came with a draft, for one of the papers or beyond the list."""

    draft = models.ForeignKey(IntakeDraft, on_delete=models.CASCADE, related_name="files")
    requirement = models.ForeignKey(
        "onestop.Requirement", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=255)
    source = models.CharField(_("nguồn"), max_length=10, choices=PaperSource.choices)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
