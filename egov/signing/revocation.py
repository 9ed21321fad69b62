"""Known authorities and their revocation lists, fetched ahead: checking never waits for the network."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import requests
import structlog
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django.conf import settings
from django.utils import timezone

from egov.signing.models import Authority, RevocationList

log = structlog.get_logger(__name__)

MAX_CRL_BYTES: Final = 20 * 1024 * 1024
CLOCK_DRIFT: Final = timedelta(minutes=5)


def add_authority(der: bytes, *, is_root: bool, crl_url: str = "") -> Authority:
    """Trust a root, or know an issuing authority; the same certificate again only updates its address."""
    certificate = x509.load_der_x509_certificate(der)
    authority, _created = Authority.objects.update_or_create(
        fingerprint=hashlib.sha256(der).hexdigest(),
        defaults={
            "der": der,
            "subject": certificate.subject.rfc4514_string(),
            "is_root": is_root,
            "crl_url": crl_url,
            "is_active": True,
        },
    )
    return authority


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What came of asking one authority for its list; ``problem`` is empty when it answered."""

    authority: str
    problem: str = ""


def refresh_revocation() -> list[Refreshed]:
    """Fetch the newest list of every authority that publishes one; problems are told, not raised."""
    return [
        _refreshed(authority) for authority in Authority.objects.filter(is_active=True).exclude(crl_url="")
    ]


def _refreshed(authority: Authority) -> Refreshed:
    try:
        with requests.get(authority.crl_url, timeout=settings.SIGNING_CRL_TIMEOUT, stream=True) as response:
            response.raise_for_status()
            der = response.raw.read(MAX_CRL_BYTES + 1, decode_content=True)
        keep_list(authority, der)
    except (OSError, ListNotUsable) as error:
        log.warning(
            "signing.crl_not_fetched", authority=authority.subject, url=authority.crl_url, error=str(error)
        )
        return Refreshed(authority.subject, str(error))
    return Refreshed(authority.subject)


class ListNotUsable(Exception):
    """What an authority's address answered is not its current revocation list."""


def keep_list(authority: Authority, der: bytes) -> RevocationList:
    """Keep a list that the authority itself made and that is not older than the one at hand.

    :raises ListNotUsable: too large, unreadable, someone else's, from the future, or an older one again
    """
    if len(der) > MAX_CRL_BYTES:
        raise ListNotUsable("the list is larger than the limit")
    try:
        parsed = x509.load_der_x509_crl(der)
        issuer = x509.load_der_x509_certificate(bytes(authority.der))
        genuine = parsed.issuer == issuer.subject and parsed.is_signature_valid(issuer.public_key())  # type: ignore[arg-type]
    except (ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm) as error:
        raise ListNotUsable("the list cannot be read") from error
    if not genuine:
        raise ListNotUsable("the list is not signed by its authority")
    if parsed.next_update_utc is None or parsed.last_update_utc > timezone.now() + CLOCK_DRIFT:
        raise ListNotUsable("the list has no end or comes from the future")
    newest = authority.revocation_lists.order_by("-this_update").first()
    if newest and parsed.last_update_utc < newest.this_update:
        raise ListNotUsable("the list is older than the one at hand")
    kept, _created = RevocationList.objects.get_or_create(
        sha256=hashlib.sha256(der).hexdigest(),
        defaults={
            "authority": authority,
            "der": der,
            "this_update": parsed.last_update_utc,
            "next_update": parsed.next_update_utc,
        },
    )
    return kept
