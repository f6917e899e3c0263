"""Whose request it is: the address of the reader behind our own proxies. Used for hashing, never stored.

Written for speed, as it is part of every hit behind a proxy: addresses are packed bytes, and
`ipaddress` reads the settings alone.
"""

import ipaddress
import socket
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

IPV4, IPV6 = 4, 16  # bytes of an address
MAPPED = bytes(10) + b"\xff\xff"  # begins an IPv4 address written as IPv6 (RFC 4291, 2.5.5.2)


class Proxies:
    """settings.TRUSTED_PROXIES, ready for comparison. What is no network is left out here, and
    refused by `manage.py check` (hits.E001).
    """

    def __init__(self, entries: list[str]) -> None:
        # length of the address, bits to leave out at its end, the rest
        self.networks = [
            (network.max_prefixlen // 8, bits, int(network.network_address) >> bits)
            for entry in entries
            if (network := as_network(entry))
            for bits in [network.max_prefixlen - network.prefixlen]
        ]

    def __contains__(self, packed: bytes) -> bool:
        length, number = len(packed), int.from_bytes(packed, "big")
        return any(
            number >> bits == prefix for size, bits, prefix in self.networks if size == length
        )


_proxies: Proxies | None = None


def address(meta: Mapping[str, str]) -> str:
    """The visitor's address: the right-most hop that is no proxy of ours.

    Whoever connects to us is believed about the hop before it only if it is in
    settings.TRUSTED_PROXIES, and so on leftwards. A hop that is no address ends the walk: the last
    hop that could be read stands for the visitor.
    """
    peer = meta.get("REMOTE_ADDR", "")
    forwarded = meta.get("HTTP_X_FORWARDED_FOR")
    if not forwarded:
        return peer
    trusted = _proxies or _trusted()
    hop = parse(peer)
    if hop is None or hop not in trusted:
        return peer
    for text in reversed(forwarded.split(",")):
        before = parse(text)
        if before is None:
            break
        hop = before
        if hop not in trusted:
            break
    return socket.inet_ntop(socket.AF_INET if len(hop) == IPV4 else socket.AF_INET6, hop)


def parse(text: str) -> bytes | None:
    """An address as proxies write it: with a port, in brackets, with a zone, IPv4 inside IPv6. Its
    4 or 16 bytes, None if it is none.
    """
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        if ":" not in text:
            return socket.inet_pton(socket.AF_INET, text)
        packed = socket.inet_pton(socket.AF_INET6, text.partition("%")[0])
    except (OSError, ValueError):  # ValueError: a character no address has
        return None
    return packed[12:] if packed.startswith(MAPPED) else packed


def as_network(entry: str) -> Network | None:
    try:
        return ipaddress.ip_network(entry.strip(), strict=False)
    except ValueError:
        return None


def _trusted() -> Proxies:
    global _proxies
    _proxies = Proxies(list(settings.TRUSTED_PROXIES))
    return _proxies


def _read_settings_again(*, setting: str, **kwargs: Any) -> None:
    """Settings change in tests alone."""
    global _proxies
    if setting == "TRUSTED_PROXIES":
        _proxies = None


setting_changed.connect(_read_settings_again)
