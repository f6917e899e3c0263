"""What is packed inside a file: gzip, bzip2, xz, and zip, of which newer office documents are made.

What is packed in another way, twice, or damaged cannot be looked into; that is told, and not passed over.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, Protocol

GIBIBYTE = 1024**3
#: Of what one file unpacks to, in bytes: more is a trap, or takes too long.
MOST = 4 * GIBIBYTE

_STREAMS: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\x00": lzma.LZMAFile,
}
_ZIP = b"PK\x03\x04"
#: Hangul's and Word's older documents, 7-Zip, RAR, Zstandard, age.
_CLOSED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
    b"\x28\xb5\x2f\xfd",
    b"age-encryption.org/",
)
_LONGEST = max(len(start) for start in (*_STREAMS, _ZIP, *_CLOSED))
_DAMAGED = (OSError, EOFError, ValueError, RuntimeError)  # RuntimeError: it needs a password
_DAMAGED_PACKING = (zlib.error, lzma.LZMAError, zipfile.BadZipFile)


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Closed(Exception):
    """It cannot be looked into, or not to its end."""


def within(file: IO[bytes]) -> Iterator[Readable]:
    """What is packed in a file that can be sought in, one after the other; nothing where it is not
    packed. Reading one raises Closed where it cannot be read on, as this does.
    """
    start = _start(file)
    if start.startswith(_CLOSED):
        raise Closed
    left = [MOST]
    for begins, opened in _STREAMS.items():
        if start.startswith(begins):
            yield _Bounded(opened(file), left)
    if start.startswith(_ZIP):
        try:
            with zipfile.ZipFile(file) as packed:
                for member in packed.infolist():
                    with packed.open(member) as inner:
                        yield _Bounded(inner, left)
        except (*_DAMAGED, *_DAMAGED_PACKING) as error:
            raise Closed from error


def _start(file: IO[bytes]) -> bytes:
    file.seek(0)
    start = file.read(_LONGEST)
    file.seek(0)
    return start


class _Bounded:
    """A stream of what is packed, up to as much as may come out of one file (`left`, shared)."""

    def __init__(self, stream: Any, left: list[int]) -> None:
        self._stream, self._left, self._is_begun = stream, left, False

    def read(self, size: int, /) -> bytes:
        try:
            part: bytes = self._stream.read(size)
        except (*_DAMAGED, *_DAMAGED_PACKING) as error:
            raise Closed from error
        if not self._is_begun and part.startswith((*_STREAMS, _ZIP, *_CLOSED)):
            raise Closed  # it is packed once more
        self._is_begun = True
        self._left[0] -= len(part)
        if self._left[0] < 0:
            raise Closed
        return part
