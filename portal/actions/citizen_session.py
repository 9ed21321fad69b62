"""A citizen's sign-in as the server remembers it: begun, read, ended."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from egov.audit.record import record
from portal.models import Citizen, CitizenSession

# Noting "seen now" costs a write; a minute is exact enough for a person.
NOTE_EVERY = timedelta(minutes=1)
KEY_BYTES = 32


def begin(citizen: Citizen, *, id_token: str = "", at: datetime) -> str:
    """Sign a citizen in; the key that their browser is to hold, which nobody can have known before."""
    key = secrets.token_urlsafe(KEY_BYTES)
    CitizenSession.objects.filter(citizen=citizen).expired(at).delete()
    CitizenSession.objects.create(
        citizen=citizen,
        key_sha256=_digest(key),
        id_token=id_token,
        network_address=citizen.address[:45],
        started_at=at,
        seen_at=at,
    )
    record(citizen, "portal.signed_in", citizen, level=citizen.level)
    return key


def read(key: str, *, network_address: str, at: datetime) -> Citizen | None:
    """Who is signed in with that key; None when nobody is, or no longer."""
    session = (
        CitizenSession.objects.alive(at).filter(key_sha256=_digest(key)).select_related("citizen").first()
    )
    if session is None:
        return None
    if at - session.seen_at >= NOTE_EVERY:
        CitizenSession.objects.filter(pk=session.pk).update(seen_at=at)
    citizen = session.citizen
    citizen.address = network_address
    return citizen


def end(key: str, *, network_address: str) -> str:
    """Sign out here; what the provider wants to see to sign out there, empty when there is nothing."""
    session = CitizenSession.objects.filter(key_sha256=_digest(key)).select_related("citizen").first()
    if session is None:
        return ""
    citizen = session.citizen
    citizen.address = network_address
    session.delete()
    record(citizen, "portal.signed_out", citizen)
    return session.id_token


def _digest(key: str) -> str:
    return sha256(key.encode(errors="replace")).hexdigest()
