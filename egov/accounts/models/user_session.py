"""Where a person is signed in."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserSessionQuerySet(models.QuerySet["UserSession"]):
    """Sessions by whether they can still be used."""

    def alive(self, at: datetime) -> Self:
        """Sessions used recently enough not to have expired."""
        return self.filter(
            last_seen_at__gt=at - settings.SIGN_IN_IDLE, started_at__gt=at - settings.SIGN_IN_LASTS
        )

    def expired(self, at: datetime) -> Self:
        """Sessions that nobody can use any more."""
        return self.exclude(pk__in=self.alive(at))


class UserSession(models.Model):
    """One browser in which a person is signed in; stands beside the stored session of the same key."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="sessions")
    session_key = models.CharField(_("khóa phiên"), max_length=40, unique=True)
    # What the browser says of itself, cut; a word for people is worked out when shown.
    user_agent = models.CharField(_("trình duyệt"), max_length=300, blank=True)
    address = models.CharField(_("địa chỉ mạng"), max_length=45, blank=True)
    started_at = models.DateTimeField(_("đăng nhập lúc"), default=timezone.now)
    last_seen_at = models.DateTimeField(_("dùng lần cuối lúc"), default=timezone.now)

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        ordering = ("-last_seen_at", "-id")

    def __str__(self) -> str:
        return f"{self.user_id} – {self.address}"
