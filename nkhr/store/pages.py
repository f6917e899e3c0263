"""The pages that are kept: what each consists of, and how many there is room for."""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from hashlib import blake2b
from typing import Any
from uuid import UUID

import brotli  # type: ignore[import-untyped]
from django.utils.html import escape
from django.utils.http import parse_etags
from django.utils.translation import override

from advocacy.hits.wording import reads

Headers = list[tuple[str, str]]

#: Stands around the number of reads in a page, once (templates/news/detail.html). No stored text
#: has it: what editors write cannot hold an attribute of that name.
BEFORE_READS, AFTER_READS = b"<dd data-reads>", b"</dd>"

# Fast rather than small: they are made again whenever the number changes.
GZIP_LEVEL, BROTLI_QUALITY = 5, 4
GZIP_WINDOW = 31  # zlib's word for a gzip header
COMPRESSED = ("text/", "application/")  # of what views show as pages: HTML, feeds, sitemaps
OVERHEAD = 4096  # headers and the objects themselves, per page
_MADE_HERE = {"content-length", "etag", "vary", "content-encoding"}
_NOT_WITH_304 = {"content-type", "content-language"}  # RFC 9110, 15.4.5


class Edition:
    """The bytes of a page for as long as its number stays; each encoding is made when first asked
    for.

    A thread that is still at an older edition leaves its work there, where nobody looks again.
    """

    __slots__ = ("body", "encoded")

    def __init__(self, body: bytes) -> None:
        self.body = body
        self.encoded: dict[str, tuple[Headers, bytes]] = {}


class Page:
    """One published page. `counted` is the mark of its view (kind, item), or None."""

    __slots__ = (
        *("base", "counted", "edition", "etag", "good_until", "language", "place", "size"),
        *("unchanged", "compressible"),
    )

    def __init__(self, headers: Headers, body: bytes, *, counted: Any, good_until: float) -> None:
        given = {name.lower(): value for name, value in headers}
        self.counted = counted
        self.good_until = good_until
        self.language = given.get("content-language", "")
        self.place = _place_of_reads(body) if counted else None
        self.etag = _etag(body, self.place)
        self.base = [pair for pair in headers if pair[0].lower() not in _MADE_HERE]
        self.base += [("ETag", self.etag), ("Vary", _vary(given.get("vary", "")))]
        self.unchanged = [pair for pair in self.base if pair[0].lower() not in _NOT_WITH_304]
        self.compressible = given.get("content-type", "").startswith(COMPRESSED)
        self.size = 2 * len(body) + OVERHEAD  # an encoding that does not halve it is not kept
        self.edition = Edition(body)

    @property
    def item(self) -> UUID | None:
        """Whose number of reads it shows."""
        return self.counted[1] if self.place else None

    def encoded(self, encoding: str) -> tuple[Headers, bytes]:
        """Headers and body in that encoding ("br", "gzip"), or as it is."""
        edition = self.edition
        made = edition.encoded.get(encoding)
        if made is None:
            made = edition.encoded[encoding] = self._encode(edition.body, encoding)
        return made

    def _encode(self, body: bytes, encoding: str) -> tuple[Headers, bytes]:
        headers = self.base
        if encoding and self.compressible:
            small = COMPRESS[encoding](body)
            if 2 * len(small) <= len(body):
                body, headers = small, [*headers, ("Content-Encoding", encoding)]
        return [*headers, ("Content-Length", str(len(body)))], body

    def is_known_to(self, if_none_match: str) -> bool:
        """Whether a browser that says so has this page, whatever its number was (RFC 9110, 13.1.2)."""
        if if_none_match == self.etag:
            return True
        known = parse_etags(if_none_match)
        return known == ["*"] or self.etag[2:] in {tag.removeprefix("W/") for tag in known}

    def show(self, number: int) -> None:
        """Write another number of reads into the page. One thread at a time."""
        if self.place is None:
            return
        start, end = self.place
        body = self.edition.body
        with override(self.language):
            words = escape(reads(number)).encode()
        if body[start:end] != words:
            self.place = start, start + len(words)
            self.edition = Edition(b"".join((body[:start], words, body[end:])))


def _place_of_reads(body: bytes) -> tuple[int, int] | None:
    start = body.find(BEFORE_READS)
    if start < 0:
        return None
    start += len(BEFORE_READS)
    return start, body.index(AFTER_READS, start)


def _etag(body: bytes, place: tuple[int, int] | None) -> str:
    """Weak, and without the number: a page that only was read once more is still the same."""
    start, end = place or (0, 0)
    digest = blake2b(body[:start], digest_size=12)
    digest.update(b"\0")
    digest.update(body[end:])
    return f'W/"{digest.hexdigest()}"'


def _vary(given: str) -> str:
    named = [name for word in given.split(",") if (name := word.strip())]
    known = {name.lower() for name in named}
    return ", ".join([*named, *(["Accept-Encoding"] if "accept-encoding" not in known else [])])


def _gzip(body: bytes) -> bytes:
    compressor = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, GZIP_WINDOW)
    return compressor.compress(body) + compressor.flush()


def _brotli(body: bytes) -> bytes:
    return brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)


COMPRESS: dict[str, Callable[[bytes], bytes]] = {"gzip": _gzip, "br": _brotli}


class Shelf:
    """Pages in the order of their last use, up to a number of bytes."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.size = 0
        self.pages: OrderedDict[Any, Page] = OrderedDict()

    def put(self, key: Any, page: Page) -> None:
        self.drop(key)
        if page.size > self.capacity // 8:  # one page is not worth many
            return
        self.pages[key] = page
        self.size += page.size
        while self.size > self.capacity:
            _key, oldest = self.pages.popitem(last=False)
            self.size -= oldest.size

    def drop(self, key: Any) -> None:
        if (page := self.pages.pop(key, None)) is not None:
            self.size -= page.size


class Pages:
    """Everything a worker keeps, in `capacity` bytes at most.

    Pages asked for with query parameters stand on a shelf of their own, a quarter of the room: of
    addresses without any there are as many as staff have published, of those with some as many as
    somebody cares to invent.
    """

    def __init__(self, capacity: int) -> None:
        self.lock = threading.Lock()
        self.plain = Shelf(capacity - capacity // 4)
        self.queried = Shelf(capacity // 4)

    @property
    def size(self) -> int:
        return self.plain.size + self.queried.size

    def get(self, key: Any) -> Page | None:
        pages = (self.queried if key[3] else self.plain).pages
        page = pages.get(key)
        if page is not None:
            with suppress(KeyError):  # another thread has just dropped it
                pages.move_to_end(key)
        return page

    def put(self, key: Any, page: Page, *, if_still: Callable[[], bool]) -> None:
        """Keep a page, unless by now it is out of date: `clear()` comes after that is known."""
        with self.lock:
            if if_still():
                (self.queried if key[3] else self.plain).put(key, page)

    def clear(self) -> None:
        with self.lock:
            for shelf in (self.plain, self.queried):
                shelf.pages.clear()
                shelf.size = 0

    def __iter__(self) -> Iterator[Page]:
        with self.lock:
            kept = [*self.plain.pages.values(), *self.queried.pages.values()]
        return iter(kept)

    def __len__(self) -> int:
        return len(self.plain.pages) + len(self.queried.pages)

    def after_fork(self) -> None:
        """The lock may have been held by a thread that this child does not have."""
        self.lock = threading.Lock()
        self.clear()
