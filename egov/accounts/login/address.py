"""Where a request comes from."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Network address of the person's machine, after ClientAddressMiddleware; empty when there is none."""
    return str(request.META.get("REMOTE_ADDR", ""))


def client_address(peer: str, forwarded_for: str) -> str:
    """The address behind our own proxies.

    X-Forwarded-For is a wish of whoever sent it, so it counts only when the peer is one of
    ``TRUSTED_PROXIES``, and is read from the right: the first entry that is not a proxy of ours is the one
    that a proxy of ours saw. Anything that is no address ends the reading.
    """
    seen = peer
    for entry in reversed(forwarded_for.split(",")):
        if not _is_in(seen, settings.TRUSTED_PROXIES):
            break
        candidate = entry.strip()
        if not _is_address(candidate):
            break
        seen = candidate
    return seen


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(text: str, networks: Iterable[IPv4Network | IPv6Network]) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in networks)
