"""When a worker last took a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """One row per queue."""

    queue = models.CharField(_("hàng đợi"), max_length=40, unique=True)
    at = models.DateTimeField(_("lúc"))

    def __str__(self) -> str:
        return f"{self.queue}: {self.at:%d/%m/%Y %H:%M:%S}"
