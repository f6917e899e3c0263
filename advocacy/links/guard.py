"""Which machines may be asked: those of the public Internet, and none that this server alone can reach.

A name is resolved once, all its addresses are looked at, and the connection is made to one of these
very addresses: a name that answers otherwise the next time leads nowhere else.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from .trouble import Trouble, Unreachable

PORTS = {80, 443, 8080}
#: Of IPv6 all else is for networks of one's own, or stands for an address of IPv4 (NAT64, mapped).
_GLOBAL = IPv6Network("2000::/3")
#: Of these, some stand for one of IPv4 as well: Teredo and its neighbours, and 6to4 with its relays.
_NOT_THESE = [
    *(ip_network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")),
    *(ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24")),
]

Resolve = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    """As the system resolves names. Raises OSError, UnicodeError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_rest, address in found))


@dataclass(frozen=True)
class Guard:
    """`allowed`: pairs of address and port that may be asked although they are not public."""

    allowed: frozenset[tuple[str, int]] = frozenset()
    resolve: Resolve = resolved

    def addresses(self, host: str, port: int) -> list[str]:
        """Those of a host that one may connect to. Raises Unreachable: also if but one is not."""
        try:
            found = self.resolve(host, port)
        except UnicodeError as error:
            raise Unreachable(Trouble.ADDRESS) from error
        except OSError as error:
            raise Unreachable(Trouble.UNKNOWN_HOST) from error
        if not found:
            raise Unreachable(Trouble.UNKNOWN_HOST)
        if not all((one, port) in self.allowed or is_open(one, port) for one in found):
            raise Unreachable(Trouble.PRIVATE)
        return found


def is_open(address: str, port: int) -> bool:
    return port in PORTS and is_public(address)


def is_public(address: str) -> bool:
    """Whether an address, written in digits, is one of the public Internet for one machine."""
    try:
        read: IPv4Address | IPv6Address = ip_address(address)
    except ValueError:
        return False
    if isinstance(read, IPv6Address) and (read not in _GLOBAL or read.scope_id is not None):
        return False
    is_left_out = any(read in network for network in _NOT_THESE if network.version == read.version)
    return read.is_global and not (read.is_multicast or read.is_reserved or is_left_out)
