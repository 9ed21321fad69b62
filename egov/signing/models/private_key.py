"""A signing key at rest: closed by its holder's PIN and the server's pepper."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from egov.signing.models.certificate import Certificate


class PrivateKey(models.Model):
    """PKCS#8 under AES-256-GCM; the key comes from the PIN by Argon2id with salt and pepper.

    The cost of Argon2id is kept with each row, so that it can be raised for new keys. How often the PIN was
    wrong is kept in :class:`PinCounter`, which must survive a rolled-back transaction.
    """

    certificate = models.OneToOneField(Certificate, on_delete=models.PROTECT, related_name="private_key")
    ciphertext = models.BinaryField(_("khóa đã mã hóa"))
    nonce = models.BinaryField(_("số dùng một lần"), max_length=12)
    salt = models.BinaryField(_("muối"), max_length=16)
    memory_cost = models.PositiveIntegerField(_("bộ nhớ Argon2 (KiB)"))
    time_cost = models.PositiveSmallIntegerField(_("số vòng Argon2"))
    created_at = models.DateTimeField(_("tạo lúc"), auto_now_add=True)

    def __str__(self) -> str:
        return self.certificate.fingerprint
