"""Who is answered from the store, and by which key.

The key holds all that a kept page may depend on. Whatever else a visitor sends (X-Forwarded-Host,
method overrides, other cookies, other query parameters) has no part in it, and none in the page
either: see `rendering.neutral`.
"""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.http import QueryDict
from django.http.request import validate_host
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_request

from advocacy.imports.addresses import asks_for_post

from . import marker

Environ = dict[str, Any]
#: Whether by https, host with port, path as in the environ, declared parameters, language where
#: the path names none.
Key = tuple[bool, str, str, str, str]

LONGEST_QUERY = 2048
LONGEST_ACCEPT_LANGUAGE = 500  # as much as Django reads of it


#: The old site's front page showed posts, in a language perhaps.
FRONT_PAGES = {"/", *(f"/{code}/" for code, _name in settings.LANGUAGES)}


class NotAPage(Exception):
    """The path does not lead to a view that shows published pages."""


class Admission:
    """Settings are read once, when a worker starts."""

    def __init__(self) -> None:
        self.hosts = _hosts()
        self.https_only = settings.SECURE_SSL_REDIRECT
        self.says_https = settings.SECURE_PROXY_SSL_HEADER or ("", "")
        self.languages = tuple(f"/{code}/" for code, _name in settings.LANGUAGES)
        self.elsewhere = ("/admin/", settings.STATIC_URL)
        # What raises is not remembered, so addresses that are not there take no place in either.
        self.declared = lru_cache(maxsize=4096)(self._declared)
        self.negotiated = lru_cache(maxsize=512)(_negotiated)

    def key(self, environ: Environ) -> Key | None:
        """What a kept page would be found by; None for a request that passes by the store."""
        method = environ["REQUEST_METHOD"]
        if method != "GET" and method != "HEAD":
            return None
        host = environ.get("HTTP_HOST")
        if host not in self.hosts or environ.get("SCRIPT_NAME"):
            return None  # Django knows what to say to hosts that are not ours: 400
        if "HTTP_AUTHORIZATION" in environ:
            return None
        if "HTTP_IF_MATCH" in environ or "HTTP_IF_UNMODIFIED_SINCE" in environ:
            return None
        cookies = environ.get("HTTP_COOKIE")
        if cookies is not None and marker.COOKIE in cookies and marker.is_in(cookies):
            return None
        secure = self.is_secure(environ)
        if self.https_only and not secure:
            return None  # led to https by Django
        path = environ["PATH_INFO"]
        query: str | None = environ.get("QUERY_STRING", "")
        if query and is_of_old_front_page(path, query):
            return None
        if query and (query := self.canonical(path, query)) is None:
            return None
        if path.startswith(self.languages):
            return secure, host, path, query or "", ""
        asked = environ.get("HTTP_ACCEPT_LANGUAGE", "")
        return secure, host, path, query or "", self.negotiated(asked[:LONGEST_ACCEPT_LANGUAGE])

    def is_secure(self, environ: Environ) -> bool:
        """As Django's request.is_secure()."""
        header, value = self.says_https
        if header and (said := environ.get(header)) is not None:
            return said.partition(",")[0].strip() == value
        return environ.get("wsgi.url_scheme") == "https"

    def canonical(self, path: str, query: str) -> str | None:
        """The declared parameters of a query, read as Django reads them; None to pass by."""
        if len(query) > LONGEST_QUERY:
            return None
        try:
            declared = self.declared(path)
            if not declared:
                return ""
            given = QueryDict(query.encode("latin-1"))
        except (NotAPage, ValueError):
            return None
        kept = []
        for name in declared:
            values = given.getlist(name)
            if len(values) > 1:
                return None
            kept += [(name, value) for value in values]
        return urlencode(kept)

    def is_page(self, path: str) -> bool:
        """Whether the view at this path shows published pages."""
        try:
            self.declared(path)
        except NotAPage:
            return False
        return True

    def _declared(self, path: str) -> tuple[str, ...]:
        if path.startswith(self.elsewhere):
            raise NotAPage
        try:
            view = resolve(get_path_info({"PATH_INFO": path})).func
        except (Resolver404, ValueError):
            raise NotAPage from None
        if (params := getattr(view, "page_params", None)) is None:
            raise NotAPage
        return params


def is_of_old_front_page(path: str, query: str) -> bool:
    """Whether the front page is asked for what only the old site's could answer."""
    return bool(query) and path in FRONT_PAGES and asks_for_post(query)


def _hosts() -> frozenset[str]:
    """The hosts of our own pages, as browsers write them: with the port of SITE_URL, or none.

    Django accepts more, any port and what a dot in ALLOWED_HOSTS includes. Those are answered by
    Django: kept here, each would be a further copy of the site.
    """
    site = urlsplit(settings.SITE_URL)
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    if site.hostname and validate_host(settings.SITE_HOST, settings.ALLOWED_HOSTS):
        named.append(settings.SITE_HOST)
    ports = ["", f":{site.port}"] if site.port else [""]
    return frozenset(f"{host.lower()}{port}" for host in named for port in ports)


def _negotiated(accept_language: str) -> str:
    """The language of an answer whose address names none, as nkhr.middleware settles it."""
    request: Any = SimpleNamespace(COOKIES={}, META={"HTTP_ACCEPT_LANGUAGE": accept_language})
    return get_language_from_request(request)


@lru_cache(maxsize=256)
def encoding(accept_encoding: str) -> str:
    """The best of br, gzip and "" (as it is) that a browser accepts (RFC 9110, 12.5.3)."""
    weights = {"br": 0.0, "gzip": 0.0}
    rest = 0.0
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        weight = _weight(parameter)
        if (name := name.strip()) == "*":
            rest = weight
        elif name in weights:
            weights[name] = weight or -1.0
    best, weight = max(
        ((name, weight or rest) for name, weight in weights.items()), key=lambda pair: pair[1]
    )
    return best if weight > 0 else ""


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return min(1.0, max(0.0, float(value)))
    except ValueError:
        return 0.0
