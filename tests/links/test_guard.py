"""Only the public Internet is asked, however an address is written or hidden."""

import pytest

from advocacy.links.addresses import joined, read
from advocacy.links.guard import Guard, is_open, is_public
from advocacy.links.trouble import Trouble, Unreachable

OURS = """
127.0.0.1 127.9.9.9 0.0.0.0 10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1
192.0.0.8 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 192.88.99.1 224.0.0.1 239.1.1.1 240.0.0.1
255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd12:3456::1 ff02::1 ff0e::1
::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1
2002:7f00:1:: 2002:808:808::1 2001::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:db8::1 3fff::1
2a00:1450::1%eth0 localhost 2130706433
""".split()  # noqa: SIM905  reads better as a block
PUBLIC = [
    "8.8.8.8",
    "1.1.1.1",
    "172.32.0.1",
    "2606:4700::1111",
    "2a00:1450:4001::1",
    "2400:cb00::1",
]


@pytest.mark.parametrize("address", OURS)
def test_an_address_that_is_not_public_is_never_connected_to(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_connected_to(address):
    assert is_public(address)


@pytest.mark.parametrize("port", [22, 25, 3306, 5432, 6379, 8000, 9200, 11211])
def test_a_port_that_is_none_of_the_web_is_never_connected_to(port):
    assert not is_open("8.8.8.8", port)
    assert all(is_open("8.8.8.8", usual) for usual in (80, 443, 8080))


def test_a_name_with_one_address_that_is_not_public_is_refused_with_all_of_them():
    guard = Guard(resolve=lambda host, port: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(Unreachable) as refused:
        guard.addresses("two.example", 80)
    assert refused.value.trouble == Trouble.PRIVATE


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
def test_this_machine_is_known_under_every_way_to_write_it(host):
    with pytest.raises(Unreachable) as refused:
        Guard().addresses(host, 80)
    assert refused.value.trouble == Trouble.PRIVATE


@pytest.mark.parametrize(
    "url",
    [
        *("file:///etc/passwd", "ftp://site.example/", "gopher://site.example/", "//", ""),
        *("http://", "http:///path", "http://user:word@site.example/", "http://user@site.example/"),
        *(
            "http://[::1",
            "http://site.example:99999/",
            "http://a b.example/",
            "http://%31.example/",
        ),
        f"http://{'a' * 64}.example/",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked_for(url):
    with pytest.raises(Unreachable) as refused:
        read(url)
    assert refused.value.trouble == Trouble.ADDRESS


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://Site.Example/a b?q=한#part", "https://site.example/a%20b?q=%ED%95%9C"),
        ("https://site.example:443/", "https://site.example/"),
        ("http://site.example:8080", "http://site.example:8080/"),
        ("https://한국.example/", "https://xn--3e0b707e.example/"),
        ("https://site.example/%ED%95%9C", "https://site.example/%ED%95%9C"),
        ("/en/news/#part", "/en/news/"),
        ("../2013/", "/en/news/2013/"),
        ("http://127.0.0.1:8000/ko/", "/ko/"),
        ("mailto:press@site.example", ""),
        ("javascript:alert(1)", ""),
        ("tel:+82", ""),
    ],
)
def test_an_address_is_kept_as_it_is_asked_for_and_a_page_of_our_own_by_its_path(href, kept):
    assert joined("http://127.0.0.1:8000/en/news/2012/", href) == kept
