"""Whom we believe: trusted roots, revocation lists at hand, the judgement of a certificate at a moment.

Checking never goes to the network: lists are fetched ahead (:mod:`egov.signing.revocation`). A list that no
longer covers the moment in question gives "not determined", never "valid" (rule 34).
"""

import asyncio
import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Final

from asn1crypto import crl as asn1_crl
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from django.db.models import Count, Max
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    InsufficientRevinfoError,
    PathBuildingError,
    ValidationError,
)
from pyhanko_certvalidator.path import ValidationPath

from egov.signing.judgement import Judgement, Purpose, bad, good
from egov.signing.models import Authority, RevocationList
from egov.signing.verification import Check, Question, Status

PATHS_KEPT: Final = 4096


USAGE = {
    Purpose.SIGNING: KeyUsageConstraints(
        key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
    ),
    Purpose.TIMESTAMP: KeyUsageConstraints(extd_key_usage={"time_stamping"}),
}


@dataclass(frozen=True)
class HeldList:
    """A revocation list at hand, parsed."""

    der: bytes
    this_update: datetime
    next_update: datetime

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.der).hexdigest()

    @cached_property
    def parsed(self) -> asn1_crl.CertificateList:
        return asn1_crl.CertificateList.load(self.der)

    @cached_property
    def _x509(self) -> x509.CertificateRevocationList:
        return x509.load_der_x509_crl(self.der)

    @cached_property
    def issuer(self) -> bytes:
        return bytes(self.parsed.issuer.dump())

    def revoked_at(self, serial: int) -> datetime | None:
        """When the certificate of that serial was revoked, if it was."""
        entry = self._x509.get_revoked_certificate_by_serial_number(serial)
        return entry.revocation_date_utc if entry else None


@dataclass(frozen=True, slots=True)
class _KnownPath:
    """A path found good once stays good for every moment inside the narrowest of its periods."""

    since: datetime
    until: datetime
    root_name: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class TrustStore:
    """Roots, other authorities and lists as they stand; replaced as a whole when any of them changes."""

    roots: tuple[asn1_x509.Certificate, ...]
    others: tuple[asn1_x509.Certificate, ...]
    lists: tuple[HeldList, ...]
    _known: dict[tuple[bytes, Purpose], _KnownPath] = field(default_factory=dict, compare=False)

    def judge(
        self,
        certificate: asn1_x509.Certificate,
        sent_along: list[asn1_x509.Certificate],
        *,
        at: datetime,
        purpose: Purpose,
    ) -> Judgement:
        """Whether the certificate could be believed at that moment."""
        key = (certificate.sha256, purpose)
        known = self._known.get(key)
        if known and known.since <= at <= known.until:
            return good(known.root_name, at, known.evidence)
        context = self._context(sent_along, at, with_lists=True)
        try:
            path = asyncio.run(_validated(certificate, context, purpose))
        except InsufficientRevinfoError:
            return self._judge_without_lists(certificate, sent_along, at, purpose)
        except (ValidationError, PathBuildingError) as error:
            return bad(certificate, at, error)
        return self._remember(key, path, at)

    def _judge_without_lists(
        self,
        certificate: asn1_x509.Certificate,
        sent_along: list[asn1_x509.Certificate],
        at: datetime,
        purpose: Purpose,
    ) -> Judgement:
        """No list covers the moment: path and period can still be told, revocation cannot."""
        context = self._context(sent_along, at, with_lists=False)
        try:
            path = asyncio.run(_validated(certificate, context, purpose))
        except (ValidationError, PathBuildingError) as error:
            return bad(certificate, at, error)
        told = good(_root_name(path), at, ())
        unknown = Check(Question.REVOCATION, Status.NOT_DETERMINED, "no_answer")
        return Judgement(told.path, told.period, unknown)

    def _remember(self, key: tuple[bytes, Purpose], path: ValidationPath, at: datetime) -> Judgement:
        certificates = [certificate for certificate in path if isinstance(certificate, asn1_x509.Certificate)]
        issuers = {certificate.issuer.dump() for certificate in certificates}
        used = [held for held in self.lists if held.issuer in issuers]
        evidence = tuple(held.sha256 for held in used)
        revoked_later = next(
            (
                moment
                for held in used
                if certificates[-1].issuer.dump() == held.issuer
                and (moment := held.revoked_at(certificates[-1].serial_number))
            ),
            None,
        )
        if revoked_later:
            return good(_root_name(path), at, evidence, revoked_later)
        listed = any(
            held.revoked_at(certificate.serial_number)
            for certificate in certificates
            for held in used
            if certificate.issuer.dump() == held.issuer
        )
        if not listed:
            if len(self._known) >= PATHS_KEPT:
                self._known.clear()
            self._known[key] = _KnownPath(
                since=max(certificate.not_valid_before for certificate in certificates),
                until=min(
                    [certificate.not_valid_after for certificate in certificates]
                    + [held.next_update for held in used]
                ),
                root_name=_root_name(path),
                evidence=evidence,
            )
        return good(_root_name(path), at, evidence)

    def _context(
        self, sent_along: list[asn1_x509.Certificate], at: datetime, *, with_lists: bool
    ) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.roots),
            other_certs=[*self.others, *sent_along],
            moment=at,
            crls=[held.parsed for held in self.lists] if with_lists else [],
            revocation_mode="require" if with_lists else "soft-fail",
            allow_fetching=False,
            # A list made after the signing still tells what was revoked before it.
            retroactive_revinfo=True,
        )


def current_store() -> TrustStore:
    """The trust store of this process, rebuilt when a root or a list was added (two small queries tell)."""
    authorities = Authority.objects.filter(is_active=True).aggregate(
        changed=Max("changed_at"), number=Count("pk"), newest=Max("pk")
    )
    newest_list = RevocationList.objects.order_by("-pk").values_list("pk", flat=True).first()
    return _store((authorities["changed"], authorities["number"], authorities["newest"], newest_list))


@lru_cache(maxsize=2)
def _store(version: tuple[object, ...]) -> TrustStore:  # noqa: ARG001  (the version is the key of the cache)
    authorities = list(Authority.objects.filter(is_active=True))
    newest = RevocationList.objects.order_by("authority_id", "-this_update", "-pk").distinct("authority_id")
    return TrustStore(
        roots=tuple(asn1_x509.Certificate.load(bytes(row.der)) for row in authorities if row.is_root),
        others=tuple(asn1_x509.Certificate.load(bytes(row.der)) for row in authorities if not row.is_root),
        lists=tuple(HeldList(bytes(row.der), row.this_update, row.next_update) for row in newest),
    )


def judge_der(der: bytes, *, at: datetime, purpose: Purpose) -> Judgement:
    """Judge a certificate by the system's own roots and lists."""
    return current_store().judge(asn1_x509.Certificate.load(der), [], at=at, purpose=purpose)


def chain_of(der: bytes) -> tuple[bytes, ...]:
    """The authorities between a certificate and its root, nearest first; they travel in the signature."""
    others = {other.subject.dump(): other for other in current_store().others}
    chain: list[bytes] = []
    issuer = asn1_x509.Certificate.load(der).issuer.dump()
    while issuer in others:
        authority = others.pop(issuer)
        chain.append(authority.dump())
        issuer = authority.issuer.dump()
    return tuple(chain)


async def _validated(
    certificate: asn1_x509.Certificate, context: ValidationContext, purpose: Purpose
) -> ValidationPath:
    path = await CertificateValidator(certificate, validation_context=context).async_validate_path()
    USAGE[purpose].validate(certificate)
    return path


def _root_name(path: ValidationPath) -> str:
    root = path.first
    return str(root.subject.native.get("common_name", root.subject.human_friendly))
