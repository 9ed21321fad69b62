"""An authority for tests, built straight on ``cryptography``: none of the code under test made it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from egov.signing.trust import HeldList, TrustStore

NOW = datetime(2025, 9, 15, 1, 0, tzinfo=UTC)  # 08:00 in Viet Nam
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@cache
def rsa_key(number: int = 0, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Keys are made once per run: they say nothing about the test."""
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(curve: str = "secp256r1") -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key({"secp256r1": ec.SECP256R1, "secp192r1": ec.SECP192R1}[curve]())


@dataclass(frozen=True)
class TestKey:
    """What a provider would open."""

    __test__ = False

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
    chain_der: tuple[bytes, ...]

    @property
    def certificate_der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def sign(self, message: bytes, digest_algorithm: str) -> bytes:
        digest = {"sha1": hashes.SHA1, "sha256": hashes.SHA256}[digest_algorithm]()
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(message, padding.PKCS1v15(), digest)
        return self.key.sign(message, ec.ECDSA(digest))


@dataclass
class Pki:
    """Root and issuing authority, with a list of what was revoked."""

    name: str = "thử"
    revoked: dict[int, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        number = 10 if self.name == "thử" else 20
        self.root_key, self.issuing_key = rsa_key(number), rsa_key(number + 1)
        self.root = self._authority(f"Gốc {self.name}", self.root_key, None)
        self.issuing = self._authority(f"Nơi cấp {self.name}", self.issuing_key, self.root)

    def person(self, name: str = "Trần Văn Bình", **options: object) -> TestKey:
        return self.issue(
            [(NameOID.COMMON_NAME, name), (NameOID.SERIAL_NUMBER, "CCCD:034000000001")], **options
        )

    def agency(
        self, name: str = "Ủy ban nhân dân tỉnh Thái Bình", code: str = "H54", **options: object
    ) -> TestKey:
        return self.issue(
            [
                (NameOID.ORGANIZATION_NAME, name),
                (NameOID.ORGANIZATION_IDENTIFIER, code),
                (NameOID.COMMON_NAME, name[:30]),
            ],
            key=options.pop("key", rsa_key(2)),
            **options,
        )

    def issue(
        self,
        subject: list[tuple[x509.ObjectIdentifier, str]],
        *,
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | None = None,
        since: datetime = NOW - YEAR,
        until: datetime = NOW + YEAR,
        usage: bool = True,
        stamps: bool = False,
    ) -> TestKey:
        key = key or rsa_key(1)
        builder = (
            _builder(_name(subject), key.public_key(), since, until)
            .issuer_name(self.issuing.subject)
            .add_extension(_usage(digital_signature=usage, key_encipherment=not usage), critical=True)
        )
        if stamps:
            purposes = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(purposes, critical=True)
        certificate = builder.sign(self.issuing_key, hashes.SHA256())
        return TestKey(certificate, key, (self.issuing.public_bytes(serialization.Encoding.DER),))

    def revoke(self, key: TestKey, at: datetime) -> None:
        self.revoked[key.certificate.serial_number] = at

    def lists(
        self, this_update: datetime = NOW - DAY, next_update: datetime = NOW + 7 * DAY
    ) -> tuple[bytes, bytes]:
        """Revocation lists of root and issuing authority."""
        return (
            _crl(self.root, self.root_key, {}, this_update, next_update),
            _crl(self.issuing, self.issuing_key, self.revoked, this_update, next_update),
        )

    def store(self, *, lists: tuple[bytes, ...] | None = None) -> TrustStore:
        """A trust store that believes this root."""
        held = []
        for der in self.lists() if lists is None else lists:
            parsed = x509.load_der_x509_crl(der)
            held.append(HeldList(der, parsed.last_update_utc, parsed.next_update_utc))
        return TrustStore(roots=(_asn1(self.root),), others=(_asn1(self.issuing),), lists=tuple(held))

    def _authority(
        self, name: str, key: rsa.RSAPrivateKey, above: x509.Certificate | None
    ) -> x509.Certificate:
        subject = _name([(NameOID.COMMON_NAME, name)])
        return (
            _builder(subject, key.public_key(), NOW - 5 * YEAR, NOW + 5 * YEAR)
            .issuer_name(above.subject if above else subject)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(self.root_key, hashes.SHA256())
        )


def _builder(
    subject: x509.Name, public_key: object, since: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
    )


def _crl(
    issuer: x509.Certificate,
    key: rsa.RSAPrivateKey,
    revoked: dict[int, datetime],
    this_update: datetime,
    next_update: datetime,
) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.subject)
        .last_update(this_update)
        .next_update(next_update)
    )
    for serial, at in revoked.items():
        builder = builder.add_revoked_certificate(x509.RevokedCertificateBuilder(serial, at).build())
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def _name(parts: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _usage(**wanted: bool) -> x509.KeyUsage:
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in names})
