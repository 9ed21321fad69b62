"""A key with which an agency's own system comes in at the machine door, in one position of that agency."""

import hashlib
import hmac
import secrets

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

PREFIX_BYTES = 6
# 256 bits: beyond guessing, so a fast hash is enough and costs every request nothing.
SECRET_BYTES = 32


class MachineKey(models.Model):
    """One key of one system. Its secret is shown once, when it is issued; only its SHA-256 is kept."""

    membership = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="machine_keys"
    )
    name = models.CharField(_("tên kết nối"), max_length=100)
    # The part of the key that may be seen: in lists, in letters, in the other system's log.
    prefix = models.CharField(_("tiền tố"), max_length=20, unique=True)
    secret_sha256 = models.CharField(max_length=64)
    created_by = models.ForeignKey("organizations.Membership", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("cấp lúc"))
    # To the hour: enough to see that a key is forgotten, and a busy system does not write with every read.
    last_used_at = models.DateTimeField(_("dùng gần nhất"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)

    # The whole key, on the object that was just issued and nowhere else.
    token = ""

    class Meta:
        ordering = ("-created_at", "-id")
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="written_once",
                fields=["membership", "name", "prefix", "secret_sha256", "created_by", "created_at"],
            ),
            pgtrigger.Protect(
                name="revoked_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__revoked_at__isnull=False, old__revoked_at__df=pgtrigger.F("new__revoked_at")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"

    @classmethod
    def drawn(cls) -> "MachineKey":
        """An unsaved key with a fresh secret."""
        prefix, secret = f"egov-{secrets.token_hex(PREFIX_BYTES)}", secrets.token_urlsafe(SECRET_BYTES)
        key = cls(prefix=prefix, secret_sha256=_sha256(secret))
        key.token = f"{prefix}.{secret}"
        return key

    def opens_with(self, secret: str) -> bool:
        """Whether this is the secret; takes the same time however much of it is right."""
        return hmac.compare_digest(self.secret_sha256, _sha256(secret))


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
