"""A filing that a citizen is preparing: kept on the server field by field, gone on with on any device."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.workflow.performer import Performer
from portal.models.citizen import Citizen


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts by whose they are and how far they have come."""

    def visible_to(self, performer: Performer | None) -> Self:
        """A draft is its citizen's alone; officials see what was filed, never what is being prepared."""
        return self.filter(citizen_id=performer.pk) if isinstance(performer, Citizen) else self.none()

    def unfinished(self) -> Self:
        """Those that have not become a dossier."""
        return self.filter(submitted_at=None)

    def alive(self, at: datetime) -> Self:
        """Unfinished ones that have not expired."""
        return self.unfinished().filter(expires_at__gt=at)


class Draft(models.Model):
    """What one citizen has written of one filing. Its key makes one dossier, however often it is sent.

    The procedure is known by code and version in plain words: the portal holds no keys into the catalogue
    but those of the case and of the papers, which are compared with the version each time.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    citizen = models.ForeignKey("portal.Citizen", on_delete=models.PROTECT, related_name="drafts")
    procedure_code = models.CharField(_("mã thủ tục"), max_length=60)
    procedure_name = models.CharField(_("thủ tục"), max_length=500)
    version = models.PositiveSmallIntegerField(_("phiên bản thủ tục"))
    # The chosen case as its version calls it: found again by name when a new version takes over.
    case_name = models.CharField(_("trường hợp"), max_length=300, blank=True)
    # Names of fields and what stands in them, right or wrong.
    typed = models.JSONField(_("nội dung đã ghi"), default=dict)
    begun_at = models.DateTimeField(_("bắt đầu lúc"))
    saved_at = models.DateTimeField(_("lưu lúc"))
    expires_at = models.DateTimeField(_("giữ đến"))
    warned_at = models.DateTimeField(_("đã báo sắp hết hạn lúc"), null=True)
    submitted_at = models.DateTimeField(_("nộp lúc"), null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("hồ sơ đang soạn")
        verbose_name_plural = _("hồ sơ đang soạn")
        ordering = ("-saved_at", "id")
        indexes = [
            models.Index(fields=["expires_at"], name="draft_expiring", condition=Q(submitted_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.procedure_name

    def said(self, field: str) -> str:
        """What stands in a field; empty when nothing does."""
        return str(self.typed.get(field, ""))
