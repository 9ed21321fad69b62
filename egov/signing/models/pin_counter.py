"""How many wrong PINs a key has seen in a row."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PinCounter(models.Model):
    """Wrong attempts since the last right one, written on a connection of its own: no rollback forgets one.

    Bound to the certificate by fingerprint and not by foreign key: the count must also be kept for a
    certificate that a transaction still open has just added, which the other connection cannot see.
    """

    fingerprint = models.CharField(_("dấu vân tay chứng thư số"), max_length=64, primary_key=True)
    failed_attempts = models.PositiveSmallIntegerField(_("số lần nhập sai"), default=0)
    locked_at = models.DateTimeField(_("khóa lúc"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(failed_attempts__gte=0), name="pin_counter_not_negative")
        ]

    def __str__(self) -> str:
        return f"{self.fingerprint}: {self.failed_attempts}"
