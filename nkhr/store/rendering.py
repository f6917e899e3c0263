"""What Django is asked for a page that is to be kept, and which of its answers may be."""

from __future__ import annotations

import io
from typing import Any, NamedTuple

from advocacy.hits.middleware import COUNTED_IN_FRONT

from .admission import Environ, Key
from .pages import Page

Headers = list[tuple[str, str]]

_OF_THE_SERVER = [
    *("SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL"),
    *("wsgi.errors", "wsgi.version", "wsgi.multithread", "wsgi.multiprocess", "wsgi.run_once"),
]
_LANGUAGE, _ENCODING = "accept-language", "accept-encoding"


class Answer:
    """What the application below says to `start_response`."""

    status: str
    headers: Headers

    def start(self, status: str, headers: Headers, exc_info: Any = None) -> None:
        self.status, self.headers = status, headers


class Marks(NamedTuple):
    """What a view has said of its response."""

    is_page: bool
    counted: Any

    @classmethod
    def of(cls, response: Any) -> Marks:
        return cls(
            is_page=getattr(response, "page_params", None) is not None,
            counted=getattr(response, "counted", None),
        )


def neutral(key: Key, environ: Environ) -> Environ:
    """The request of nobody in particular: of this visitor's it has what is in the key alone.

    So no header or cookie of theirs can be in a page that others are shown.
    """
    secure, host, path, query, language = key
    return {name: environ[name] for name in _OF_THE_SERVER if name in environ} | {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "REMOTE_ADDR": "",
        "HTTP_HOST": host,
        "wsgi.url_scheme": "https" if secure else "http",
        "wsgi.input": io.BytesIO(),
        **({"HTTP_ACCEPT_LANGUAGE": language} if language else {}),
        COUNTED_IN_FRONT: True,
    }


def page_of(key: Key, answer: Answer, response: Any, good_until: float) -> Page | None:
    """The page that an answer of Django makes; None if it may not be kept."""
    marks = Marks.of(response)
    if not marks.is_page or getattr(response, "streaming", True):
        return None
    if not answer.status.startswith("200") or not _may_be_kept(answer.headers, key):
        return None
    return Page(answer.headers, response.content, counted=marks.counted, good_until=good_until)


def _may_be_kept(headers: Headers, key: Key) -> bool:
    """Not what is for one reader: a cookie, a nonce, what varies by more than the key holds."""
    known = {_ENCODING, _LANGUAGE} if key[4] else {_ENCODING}
    for name, value in headers:
        name, value = name.lower(), value.lower()
        if name == "set-cookie":
            return False
        if name == "cache-control" and ("private" in value or "no-store" in value):
            return False
        if name == "vary" and not {word.strip() for word in value.split(",")} <= known:
            return False
        if name.startswith("content-security-policy") and "'nonce-" in value:
            return False
    return True
