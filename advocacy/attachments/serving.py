"""A stored file as an answer: whole or one range of it (RFC 9110, sections 13 and 14)."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

_RANGE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE | re.ASCII)
_PUBLIC = "public, max-age=0, must-revalidate"
#: Of a name that changes with the content. Only browsers may keep it: whatever stands between
#: would go on handing it out after the picture was taken down.
_FOR_EVER = "private, max-age=31536000, immutable"
_SECRET = "private, no-store"  # noqa: S105


class Stored(NamedTuple):
    key: str
    size: int
    media_type: str
    etag: str  # with its quotes; strong
    filename: str = ""


class Range(NamedTuple):
    start: int
    end: int  # the last byte of it

    @property
    def length(self) -> int:
        return self.end - self.start + 1


class Unsatisfiable(Exception):
    """The range lies wholly behind the end of the file."""


class _Answer(FileResponse):
    block_size = 64 * 1024  # each block is handed to the server by itself


class _Part:
    """So much of a stored file: opened when it is first read, closed when it is read to its end."""

    def __init__(self, key: str, wanted: Range) -> None:
        self._key, self._start, self._left = key, wanted.start, wanted.length
        self._file: File | None = None

    def read(self, size: int) -> bytes:
        if not self._left:
            return b""
        if self._file is None:
            self._file = default_storage.open(self._key, "rb")
            self._file.seek(self._start)
        chunk = self._file.read(min(size, self._left))
        self._left = self._left - len(chunk) if chunk else 0
        if not self._left:
            self.close()
        return chunk

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def serve(
    request: HttpRequest, stored: Stored, *, is_public: bool, is_immutable: bool = False
) -> HttpResponseBase:
    """Answer with a file that this reader may read. Raises FileNotFoundError."""
    response = _answer(request, stored)
    kept = _FOR_EVER if is_immutable else _PUBLIC
    response.headers["Cache-Control"] = kept if is_public else _SECRET
    response.headers["ETag"] = stored.etag
    return response


def _answer(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    if not default_storage.exists(stored.key):
        raise FileNotFoundError(stored.key)
    unchanged = get_conditional_response(request, etag=stored.etag)
    if unchanged is not None:
        return unchanged
    try:
        part = requested(request, stored)
    except Unsatisfiable:
        response: HttpResponseBase = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{stored.size}"
        return response
    whole = part or Range(0, stored.size - 1)
    if request.method == "HEAD":
        response = HttpResponse(content_type=stored.media_type)
    else:
        response = _Answer(_Part(stored.key, whole), content_type=stored.media_type)
    response.headers["Content-Length"] = str(whole.length)
    if part:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {part.start}-{part.end}/{stored.size}"
    response.headers["Accept-Ranges"] = "bytes"
    if stored.filename:
        response.headers["Content-Disposition"] = str(
            content_disposition_header(False, stored.filename)
        )
    return response


def requested(request: HttpRequest, stored: Stored) -> Range | None:
    """The one range asked for, or None for the whole file. Raises Unsatisfiable.

    Several ranges, other units, nonsense, and a range of another version (If-Range) get the whole.
    """
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or match is None or match.groups() == ("", ""):
        return None
    if request.headers.get("If-Range", stored.etag).strip() != stored.etag:
        return None
    first, last = match.groups()
    if len(first) > 18 or len(last) > 18:
        raise Unsatisfiable
    if not first:  # so many bytes from the end
        start, end = max(0, stored.size - int(last)), stored.size - 1
    else:
        start, end = int(first), min(int(last or stored.size), stored.size - 1)
    if last and first and int(last) < int(first):
        return None
    if start >= stored.size or (not first and int(last) == 0):
        raise Unsatisfiable
    return Range(start, end)
