"""What a reader is answered at an address of this site, asked of the site itself and not by the net."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from .addresses import is_own, joined
from .checking import FOR_GOOD, HOPS, Found
from .robots import REDIRECTS
from .trouble import Trouble


class Own:
    """Asks as nobody in particular, and by HEAD, which is counted as nobody's hit."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()

    def check(self, path: str) -> Found:
        asked, seen, is_moved = path, {path}, True
        for _hop in range(HOPS + 1):
            status, location = self._ask(asked)
            reached = "" if asked == path else asked
            if status not in REDIRECTS or not location:
                return Found(status, None, reached, bool(reached) and is_moved)
            is_moved = is_moved and status in FOR_GOOD
            asked = joined(urljoin(settings.SITE_URL, asked), location)
            if not is_own(asked):  # such as a symbol that leads to the official record
                return Found(200, None, asked)
            if asked in seen:
                break
            seen.add(asked)
        return Found(trouble=Trouble.LOOP, redirected_to=asked)

    def _ask(self, path: str) -> tuple[int, str]:
        # Not closed: that would tell all of Django that a request has ended, and take away the
        # connection of whoever asks. An answer to HEAD holds nothing open.
        response = self._handler.get_response(WSGIRequest(_environ(path)))
        return response.status_code, response.headers.get("Location", "")


def _environ(path: str) -> dict[str, Any]:
    parts, site = urlsplit(path), urlsplit(settings.SITE_URL)
    return {
        "REQUEST_METHOD": "HEAD",
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
