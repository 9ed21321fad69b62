"""No test reaches beyond this machine."""

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager


class OutsideNetwork(AssertionError):
    """A test tried to reach beyond this machine."""


@contextmanager
def loopback_only() -> Iterator[None]:
    """Refuse connections to, and look-ups of, anything but loopback and Unix sockets."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        _check(self.family, address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        _check(self.family, address)
        return connect_ex(self, address)

    def guarded_getaddrinfo(host: str | bytes | None, *args: object, **kwargs: object) -> list[tuple]:
        _check_host(host)
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect = guarded_connect
    socket.socket.connect_ex = guarded_connect_ex
    socket.getaddrinfo = guarded_getaddrinfo
    try:
        yield
    finally:
        socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = connect, connect_ex, getaddrinfo


def _check(family: int, address: object) -> None:
    if family in {socket.AF_INET, socket.AF_INET6}:
        _check_host(address[0])


def _check_host(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost", "::", socket.gethostname()}:
        return
    try:
        outside = not ipaddress.ip_address(name).is_loopback
    except ValueError:
        outside = not name.endswith(".localhost")
    if outside:
        raise OutsideNetwork(f"a test tried to reach {name}")
