"""A certificate, and the person or the agency that it belongs to."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from egov.accounts.models import User
from egov.organizations.models import Agency
from egov.signing.x509_facts import facts


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Certificates by owner and moment."""

    def usable(self, at: datetime) -> Self:
        """Not withdrawn here, and in force at that moment; revocation is checked when the key is opened."""
        return self.filter(is_active=True, valid_from__lte=at, valid_to__gte=at)

    def of_user(self, user: User) -> Self:
        """A person's certificates, the one that holds longest first."""
        return self.filter(user=user).order_by("-valid_to", "-pk")

    def of_agency(self, agency: Agency) -> Self:
        """An agency's certificates for its seal, the one that holds longest first."""
        return self.filter(agency=agency, is_system=False).order_by("-valid_to", "-pk")

    def of_system(self) -> Self:
        """Those with which the system signs by itself, the one that holds longest first."""
        return self.filter(is_system=True).order_by("-valid_to", "-pk")


class Certificate(models.Model):
    """An X.509 certificate for signing: whose key it is, never what office they hold (Decree 68/2024)."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    der = models.BinaryField(_("chứng thư số"))
    serial = models.CharField(_("số hiệu"), max_length=64)
    subject = models.TextField(_("chủ thể"))
    issuer = models.TextField(_("nơi cấp"))
    # SHA-256 of the DER form, hexadecimal.
    fingerprint = models.CharField(_("dấu vân tay"), max_length=64, unique=True)
    valid_from = models.DateTimeField(_("hiệu lực từ"))
    valid_to = models.DateTimeField(_("hiệu lực đến"))
    key_algorithm = models.CharField(_("thuật toán"), max_length=20)
    key_bits = models.PositiveIntegerField(_("độ dài khóa"))
    is_active = models.BooleanField(_("đang dùng"), default=True)
    # Signs by itself, for the agency that answers for the system; never that agency's seal.
    is_system = models.BooleanField(_("hệ thống tự ký"), default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("-valid_to", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True, agency__isnull=False)
                | Q(user__isnull=False, agency__isnull=True),
                name="certificate_of_person_or_agency",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gt=models.F("valid_from")), name="certificate_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(is_system=False) | Q(agency__isnull=False), name="certificate_system_is_agencys"
            ),
            models.UniqueConstraint(fields=["issuer", "serial"], name="certificate_serial_once"),
        ]

    def __str__(self) -> str:
        return self.subject

    @classmethod
    def read(cls, der: bytes, *, user: User | None = None, agency: Agency | None = None) -> Self:
        """An unsaved row with everything that the certificate says."""
        read = facts(der)
        return cls(
            user=user,
            agency=agency,
            der=der,
            serial=read.serial,
            subject=read.subject,
            issuer=read.issuer,
            fingerprint=read.fingerprint,
            valid_from=read.valid_from,
            valid_to=read.valid_to,
            key_algorithm=read.strength.algorithm,
            key_bits=read.strength.bits,
        )
