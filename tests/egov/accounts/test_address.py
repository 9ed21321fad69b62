"""X-Forwarded-For is believed from our own proxies only."""

from ipaddress import ip_network

import pytest

from egov.accounts.login.address import client_address

PROXIES = [ip_network("10.0.0.0/8"), ip_network("fd00::/8")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("fd00::2", "2001:db8::5", "2001:db8::5"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("10.0.0.2", "<script>", "10.0.0.2"),
        ("10.0.0.2", "198.51.100.1, unknown, 10.0.0.7", "10.0.0.7"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_one_that_a_proxy_of_ours_saw(settings, peer, forwarded, address):
    settings.TRUSTED_PROXIES = PROXIES
    assert client_address(peer, forwarded) == address


def test_without_proxies_nobody_is_believed(settings):
    settings.TRUSTED_PROXIES = []
    assert client_address("127.0.0.1", "198.51.100.1") == "127.0.0.1"


def test_a_request_through_our_proxy_carries_the_address_of_the_person(client, settings):
    settings.TRUSTED_PROXIES = PROXIES
    response = client.get(
        "/sign-in/", REMOTE_ADDR="10.0.0.2", headers={"x-forwarded-for": "6.6.6.6, 198.51.100.1"}
    )
    assert response.wsgi_request.META["REMOTE_ADDR"] == "198.51.100.1"
