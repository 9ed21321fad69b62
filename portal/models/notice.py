"""What a citizen is to be told, over which channel, and whether it reached them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.organizations.actor import Actor
from egov.organizations.enums import Role
from portal.enums import NoticeChannel, NoticeSending

if TYPE_CHECKING:
    from egov.organizations.actor import SignedOut


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by who may see them and what has become of them."""

    def visible_to(self, actor: Actor | SignedOut) -> Self:
        """Of the dossiers that the actor's agency has taken in: its counter and its administrator."""
        if isinstance(actor, Actor) and actor.is_(Role.COUNTER, Role.AGENCY_ADMIN):
            return self.filter(agency_id=actor.agency_id)
        return self.none()

    def waiting(self) -> Self:
        """Still to be sent."""
        return self.filter(sending=NoticeSending.WAITING)


class Notice(models.Model):
    """One message to one person over one channel: written with what happened, sent after commit.

    The words are made when it is sent, in the person's language, out of what happened; here stand only
    the event, the number and name of the dossier, and days.
    """

    citizen = models.ForeignKey("portal.Citizen", on_delete=models.PROTECT, related_name="notices")
    agency = models.ForeignKey("organizations.Agency", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(_("kênh"), max_length=10, choices=NoticeChannel.choices)
    event = models.CharField(_("sự kiện"), max_length=40)
    subject_code = models.CharField(_("mã hồ sơ"), max_length=40)
    subject_name = models.CharField(_("thủ tục"), max_length=500)
    facts = models.JSONField(_("ngày, giờ"), default=dict)
    key = models.CharField(_("khóa chống trùng"), max_length=160, unique=True)
    sending = models.CharField(
        _("gửi"), max_length=10, choices=NoticeSending.choices, default=NoticeSending.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("số lần gửi"), default=0)
    last_error = models.CharField(_("lỗi gần nhất"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("lập lúc"))
    next_try_at = models.DateTimeField(_("gửi lại sau"))
    sent_at = models.DateTimeField(_("gửi lúc"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tin báo")
        verbose_name_plural = _("tin báo")
        ordering = ("-made_at", "-id")
        indexes = [
            models.Index(fields=["agency", "-made_at"], name="notice_of_agency"),
            models.Index(fields=["next_try_at"], name="notice_waiting", condition=Q(sending="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sending="sent", sent_at__isnull=False)
                | (~Q(sending="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_at_a_moment",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_code} ({self.get_channel_display()})"
