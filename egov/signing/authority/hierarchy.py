"""Root, issuing authority and time-stamp authority of the demo; certificates for its cast; revocation."""

import fcntl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.conf import settings
from django.utils import timezone

from egov.signing.authority import files
from egov.signing.models import Authority
from egov.signing.revocation import add_authority, keep_list

ROOT, ISSUING, TIMESTAMP = "root", "issuing", "tsa"
KEY_BITS = 2048
YEAR = timedelta(days=365)
LIST_LIFETIME = timedelta(days=7)
LIST_RENEWAL = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class DemoAuthority:
    """The authority of one folder."""

    folder: Path

    @classmethod
    def here(cls) -> Self:
        """The authority of this installation; made when it does not exist yet."""
        authority = cls(Path(settings.SIGNING_PKI_DIR))
        authority.establish()
        return authority

    def establish(self) -> None:
        """Make what is missing: three key pairs and two lists; what exists stays as it is."""
        with self._alone():
            now = timezone.now()
            # Begun in the past, so that the demo's papers of earlier years can be signed on their own dates.
            since = datetime(2020, 1, 1, tzinfo=UTC)
            if files.load_certificate(self.folder, ROOT) is None:
                self._make_authority(
                    ROOT, "Gốc tin cậy thử nghiệm Thái Bình", ROOT, since, years=30, path_length=1
                )
            if files.load_certificate(self.folder, ISSUING) is None:
                self._make_authority(
                    ISSUING, "Cơ quan chứng thực thử nghiệm Thái Bình", ROOT, since, years=25, path_length=0
                )
            if files.load_certificate(self.folder, TIMESTAMP) is None:
                self._make_timestamp_authority(since)
            for name in (ROOT, ISSUING):
                if not (self.folder / (name + files.REVOCATION_LIST)).exists():
                    self._publish(name, (), now)

    def trust(self) -> None:
        """Make the system trust the root, know the issuing authority and hold both lists."""
        for name in (ROOT, ISSUING):
            self._keep_list(name)

    def issue(
        self,
        subject: x509.Name,
        public_key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey,
        *,
        valid_from: datetime,
        valid_to: datetime,
    ) -> x509.Certificate:
        """A certificate for signing documents."""
        usage = _usage(digital_signature=True, content_commitment=True)
        builder = self._builder(subject, public_key, ISSUING, valid_from, valid_to).add_extension(
            usage, critical=True
        )
        return builder.sign(files.load_key(self.folder, ISSUING), hashes.SHA256())

    def revoke(self, serial: int, *, at: datetime) -> None:
        """Put a certificate on the issuing authority's list and publish it; once is enough."""
        with self._alone():
            entries = self._entries(ISSUING)
            if all(entry.serial_number != serial for entry in entries):
                revoked = x509.RevokedCertificateBuilder(serial, at).build()
                entries = [*entries, revoked]
            self._publish(ISSUING, entries, timezone.now())

    def revocation_list(self, name: str) -> bytes:
        """The list of ``root`` or ``issuing``; made anew when half a day old or when the clock went back."""
        with self._alone():
            held = x509.load_der_x509_crl((self.folder / (name + files.REVOCATION_LIST)).read_bytes())
            now = timezone.now()
            if not timedelta(0) <= now - held.last_update_utc <= LIST_RENEWAL:
                self._publish(name, self._entries(name), now)
            return (self.folder / (name + files.REVOCATION_LIST)).read_bytes()

    def certificate(self, name: str) -> x509.Certificate:
        """The certificate of one of the three."""
        certificate = files.load_certificate(self.folder, name)
        if certificate is None:
            raise FileNotFoundError(f"{self.folder / name}: run manage.py make_demo_pki")
        return certificate

    def _keep_list(self, name: str) -> Authority:
        authority = add_authority(
            self.certificate(name).public_bytes(serialization.Encoding.DER),
            is_root=name == ROOT,
            crl_url=_list_address(name),
        )
        keep_list(authority, self.revocation_list(name))
        return authority

    def _make_authority(
        self, name: str, common_name: str, issuer: str, since: datetime, *, years: int, path_length: int
    ) -> None:
        key = new_key()
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tỉnh Thái Bình (thử nghiệm)"),
                x509.NameAttribute(NameOID.COMMON_NAME, common_name),
            ]
        )
        builder = (
            self._builder(
                subject, key.public_key(), issuer if issuer != name else "", since, since + years * YEAR
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=path_length), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        )
        signer = key if issuer == name else files.load_key(self.folder, issuer)
        files.save_pair(self.folder, name, builder.sign(signer, hashes.SHA256()), key)

    def _make_timestamp_authority(self, since: datetime) -> None:
        key = new_key()
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
                x509.NameAttribute(NameOID.COMMON_NAME, "Dịch vụ dấu thời gian thử nghiệm"),
            ]
        )
        builder = (
            self._builder(subject, key.public_key(), ISSUING, since, since + 20 * YEAR)
            .add_extension(_usage(digital_signature=True), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        )
        certificate = builder.sign(files.load_key(self.folder, ISSUING), hashes.SHA256())
        files.save_pair(self.folder, TIMESTAMP, certificate, key)

    def _builder(
        self,
        subject: x509.Name,
        public_key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey,
        issuer: str,
        valid_from: datetime,
        valid_to: datetime,
    ) -> x509.CertificateBuilder:
        """What all certificates have in common; an empty ``issuer`` makes a self-signed one."""
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(valid_from - timedelta(minutes=5))
            .not_valid_after(valid_to)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
        )
        if not issuer:
            return builder.issuer_name(subject)
        above = self.certificate(issuer)
        key_identifier = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
            above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        )
        point = x509.DistributionPoint(
            [x509.UniformResourceIdentifier(_list_address(issuer))], None, None, None
        )
        return (
            builder.issuer_name(above.subject)
            .add_extension(key_identifier, critical=False)
            .add_extension(x509.CRLDistributionPoints([point]), critical=False)
        )

    def _entries(self, name: str) -> list[x509.RevokedCertificate]:
        return list(x509.load_der_x509_crl((self.folder / (name + files.REVOCATION_LIST)).read_bytes()))

    def _publish(self, name: str, entries: Sequence[x509.RevokedCertificate], now: datetime) -> None:
        above = self.certificate(name)
        key_identifier = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(
            above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        )
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(above.subject)
            .last_update(now)
            .next_update(now + LIST_LIFETIME)
            .add_extension(key_identifier, critical=False)
            .add_extension(x509.CRLNumber(int(now.timestamp() * 1000)), critical=False)
        )
        for entry in entries:
            builder = builder.add_revoked_certificate(entry)
        crl = builder.sign(files.load_key(self.folder, name), hashes.SHA256())
        files.write(
            self.folder / (name + files.REVOCATION_LIST), crl.public_bytes(serialization.Encoding.DER)
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time changes the folder."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def new_key() -> rsa.RSAPrivateKey:
    """A key pair of the demo: for the authority itself or for one of its cast."""
    return rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)


def _list_address(name: str) -> str:
    return f"{settings.SIGNING_CRL_URL.rstrip('/')}/{name}{files.REVOCATION_LIST}"


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
