"""Who the reader is, behind our proxies and in spite of forged headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.hits.addresses import address
from advocacy.hits.apps import proxies_are_addresses

from .conftest import environ

NGINX = "127.0.0.1"


@pytest.fixture(autouse=True)
def _proxies(settings):
    settings.TRUSTED_PROXIES = [NGINX, "10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "reader"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # a stranger's word is worth nothing
        (NGINX, "198.51.100.1", "198.51.100.1"),
        (
            NGINX,
            "6.6.6.6, 198.51.100.1",
            "198.51.100.1",
        ),  # what the reader put in himself is left of him
        (NGINX, "198.51.100.1, 10.1.2.3", "198.51.100.1"),
        (NGINX, "198.51.100.1,10.1.2.3 , 10.9.9.9", "198.51.100.1"),
        (NGINX, "10.1.2.3", "10.1.2.3"),
        (NGINX, "2001:DB8:0::1", "2001:db8::1"),
        (NGINX, "[2001:db8::1]:4711", "2001:db8::1"),
        (NGINX, "198.51.100.1:51000", "198.51.100.1"),
        (NGINX, "::ffff:198.51.100.1", "198.51.100.1"),
        (NGINX, "fe80::1%eth0", "fe80::1"),
        ("fd00::5", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        (NGINX, "unknown", NGINX),
        (NGINX, "198.51.100.1, rubbish", NGINX),
        (NGINX, "rubbish, 10.1.2.3", "10.1.2.3"),
        (NGINX, ",,,", NGINX),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_reader_is_the_right_most_hop_that_is_no_proxy_of_ours(peer, forwarded, reader):
    assert address(environ(address=peer, x_forwarded_for=forwarded)) == reader


@given(st.text(max_size=200))
def test_no_forwarded_header_breaks_anything(forwarded):
    assert isinstance(address(environ(address="10.0.0.1", x_forwarded_for=forwarded)), str)


def test_a_trusted_proxy_that_is_no_address_is_refused_at_the_start(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.1", "nginx"]
    (error,) = proxies_are_addresses(None)
    assert error.id == "hits.E001"
    assert "'nginx'" in error.msg


def test_addresses_and_networks_are_accepted():
    assert proxies_are_addresses(None) == []


def test_a_trusted_proxy_that_is_no_address_trusts_nobody(settings):
    settings.TRUSTED_PROXIES = ["everybody"]
    assert address(environ(address="10.0.0.1", x_forwarded_for="198.51.100.1")) == "10.0.0.1"
