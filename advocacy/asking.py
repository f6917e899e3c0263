"""The site asked by itself, by no net: the one answer that whoever comes would be given."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http.response import HttpResponseBase


class Site:
    """Asks as nobody in particular, from this machine."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def ask(self, path: str, method: str = "GET", also: Mapping[str, Any] = {}) -> HttpResponseBase:
        """The answer at a path with its query; `also` is more of its environ.

        It is not closed: that would tell all of Django that a request has ended, and take away the
        connection of whoever asks.
        """
        return self._handler.get_response(WSGIRequest({**_environ(path, method), **also}))


def _environ(path: str, method: str) -> dict[str, Any]:
    parts, site = urlsplit(path), urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),  # PEP 3333
        "QUERY_STRING": parts.query,
        "SERVER_NAME": site.hostname or "",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "HTTP_ACCEPT_LANGUAGE": settings.LANGUAGE_CODE,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
