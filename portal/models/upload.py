"""A file on its way into a draft: resumed piece by piece, inspected when it is whole, known by its hash."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from egov.workflow.performer import Performer
from portal.models.citizen import Citizen
from portal.models.draft import Draft

# What a file is for: the key of a line of the procedure's list, or one of these two.
AUTHORISATION = "authorisation"
OTHER = "other"


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads by whose they are and what became of them."""

    def visible_to(self, performer: Performer | None) -> Self:
        """An upload is the citizen's to whose draft it belongs."""
        return self.filter(draft__citizen_id=performer.pk) if isinstance(performer, Citizen) else self.none()

    def kept(self) -> Self:
        """Whole, inspected and stored: what is filed."""
        return self.filter(file__isnull=False)

    def open(self) -> Self:
        """Neither whole nor refused."""
        return self.filter(file=None, refusal="")

    def abandoned(self, at: datetime) -> Self:
        """Open ones that nobody has gone on with."""
        return self.open().filter(expires_at__lte=at)


class Upload(models.Model):
    """One file for one paper of one draft.

    ``received`` counts the bytes that are surely on the disk. It reaches ``size`` only together with the
    inspection, in one transaction: a process that dies in between leaves an upload that can be gone on with.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="uploads")
    paper = models.CharField(_("giấy tờ"), max_length=20)
    # As the list calls it: found again by name when a new version of the procedure takes over.
    paper_name = models.TextField(_("tên giấy tờ"), blank=True)
    name = models.CharField(_("tên tệp"), max_length=255)
    size = models.PositiveBigIntegerField(_("số byte"))
    received = models.PositiveBigIntegerField(_("đã nhận (byte)"), default=0)
    # What the sender said that it is, when they did: compared at the end.
    announced_sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Why it was not taken, in words; its bytes are gone then.
    refusal = models.TextField(_("lý do không nhận"), blank=True)
    begun_at = models.DateTimeField(_("bắt đầu lúc"))
    expires_at = models.DateTimeField(_("giữ phần đã nhận đến"))

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp tải lên")
        verbose_name_plural = _("tệp tải lên")
        ordering = ("begun_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, received=F("size"), refusal="")
                | Q(file__isnull=True, received__lt=F("size")),
                name="upload_whole_is_kept",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_at"], name="upload_open", condition=Q(file=None, refusal=""))
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def requirement_id(self) -> int | None:
        """The line of the list that it is for; None beyond the list."""
        return int(self.paper) if self.paper.isdecimal() else None

    @property
    def is_open(self) -> bool:
        """Whether more bytes are awaited."""
        return self.file_id is None and not self.refusal
