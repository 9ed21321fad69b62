"""Where a citizen is signed in; apart from the sessions of officials, with a cookie of its own."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CitizenSessionQuerySet(models.QuerySet["CitizenSession"]):
    """Sign-ins by whether they can still be used."""

    def alive(self, at: datetime) -> CitizenSessionQuerySet:
        """Those used recently enough, and not too old."""
        return self.filter(
            seen_at__gt=at - settings.CITIZEN_SIGN_IN_IDLE,
            started_at__gt=at - settings.CITIZEN_SIGN_IN_LASTS,
        )

    def expired(self, at: datetime) -> CitizenSessionQuerySet:
        """Those that nobody can use any more."""
        return self.exclude(pk__in=self.alive(at))


class CitizenSession(models.Model):
    """One browser in which a citizen is signed in.

    The browser holds a key that is made anew at every sign-in; here is only its SHA-256, so that whoever
    reads the table cannot walk in with it.
    """

    citizen = models.ForeignKey("portal.Citizen", on_delete=models.CASCADE, related_name="sessions")
    key_sha256 = models.CharField(_("mã băm của khóa"), max_length=64, unique=True)
    # What the provider wants to see when the person signs out there too.
    id_token = models.TextField(_("chứng nhận đăng nhập"), blank=True)
    network_address = models.CharField(_("địa chỉ mạng"), max_length=45, blank=True)
    started_at = models.DateTimeField(_("đăng nhập lúc"))
    seen_at = models.DateTimeField(_("dùng lần cuối lúc"))

    objects = CitizenSessionQuerySet.as_manager()

    class Meta:
        ordering = ("-seen_at", "-id")

    def __str__(self) -> str:
        return f"{self.citizen_id} – {self.network_address}"
