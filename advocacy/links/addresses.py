"""Addresses of the web as they are kept and asked for: in ASCII, without a fragment (RFC 3986)."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from .trouble import Trouble, Unreachable

LONGEST = 2000  # characters; no browser and no server can be relied on for more
PORTS = {"http": 80, "https": 443}
# What may stand in a path or a query; the percent sign, as what is quoted stays so.
_SAFE = "%/:?@!$&'()*+,;=~[]"


class Target(NamedTuple):
    scheme: str
    host: str
    port: int
    path: str  # with the query

    @property
    def site(self) -> str:
        return f"{self.scheme}://{_authority(self.scheme, self.host, self.port)}"


def read(url: str) -> Target:
    """The parts of an address of the web. Raises Unreachable."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
        port = parts.port or PORTS[parts.scheme]
        is_with_name = parts.username is not None or parts.password is not None
    except (ValueError, KeyError) as error:  # UnicodeError is a ValueError
        raise Unreachable(Trouble.ADDRESS) from error
    if not host or is_with_name or any(letter.isspace() or letter == "%" for letter in host):
        raise Unreachable(Trouble.ADDRESS)
    path = quote(parts.path or "/", safe=_SAFE)
    query = f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    return Target(parts.scheme, host, port, path + query)


def normal(url: str) -> str:
    """The address as it is kept; one that cannot be read stays what it is."""
    try:
        target = read(url)
    except Unreachable:
        return quote(url, safe=_SAFE + "#")
    return target.site + target.path


def joined(base: str, href: str) -> str:
    """Where `href` on the page `base` leads to, as it is kept: of this site the path alone, and
    nothing where it is no page, such as an address for mail.
    """
    try:
        full = urljoin(base, href.strip())
        scheme = urlsplit(full).scheme
    except ValueError:
        return quote(href, safe=_SAFE + "#")
    if scheme not in PORTS:
        return ""
    try:
        target = read(full)
    except Unreachable:
        return normal(full)
    if target.host in _ours():
        return "/" + target.path.lstrip("/")
    return target.site + target.path


def is_own(url: str) -> bool:
    return url.startswith("/") and not url.startswith("//")


def _ours() -> set[str]:
    return {settings.SITE_HOST, *settings.ALLOWED_HOSTS}


def _authority(scheme: str, host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == PORTS[scheme] else f"{name}:{port}"
