"""The guard that keeps tests on this machine."""

import socket

import pytest

from tests.support.network import OutsideNetwork


def test_a_call_to_a_name_outside_fails() -> None:
    with pytest.raises(OutsideNetwork, match=r"example\.org"):
        socket.create_connection(("example.org", 80))


def test_a_call_to_an_address_outside_fails() -> None:
    with socket.socket() as out, pytest.raises(OutsideNetwork):
        out.connect(("192.0.2.1", 80))


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass
