"""One hit in the journal: forty bytes that prove themselves.

A worker killed at its work leaves a torn record at the end of a journal, a power cut in the middle
too. The check sum finds it, and `scan` finds the next whole record behind it, at whatever byte that
begins. Zeros are room that nothing was written to; no record is all zeros.
"""

import struct
import zlib
from itertools import chain, starmap
from operator import eq
from typing import NamedTuple
from uuid import UUID

from .counter import Kind

# check sum of the rest, version, kind and robot, day (since 1970, in Seoul), milliseconds since 1970,
# item (a UUID's bytes), visitor
FORMAT = struct.Struct("<IBBHQ16sQ")
SIZE = FORMAT.size
SUM = struct.Struct(f"<I{SIZE - 4}x")
CHECKED = struct.Struct(f"<4x{SIZE - 4}s")
BODY = struct.Struct("<BBHQ16sQ")
VERSION = 0xA2
VERSION_AT = 4
ROBOT = 0x80
CODES = {Kind.VIEW: 1, Kind.DOWNLOAD: 2}
KINDS = {code: kind for kind, code in CODES.items()}

_crc32, _pack_body = zlib.crc32, BODY.pack


class Hit(NamedTuple):
    kind: Kind
    item: UUID
    visitor: int
    at_ms: int
    day: int
    robot: bool = False


def pack(hit: Hit) -> bytes:
    kind, item, visitor, at_ms, day, robot = hit
    flags = CODES[kind] | (ROBOT if robot else 0)
    body = _pack_body(VERSION, flags, day, at_ms, item.bytes, visitor)
    return _crc32(body).to_bytes(4, "little") + body


BLANK = b"\0"


def whole_start(data: bytes) -> memoryview:
    """The whole records that follow each other from the start of `data`."""
    buffer = memoryview(data)
    return buffer[: _count_whole(buffer) * SIZE]


def is_whole(buffer: memoryview, at: int) -> bool:
    """Whether a complete record begins at byte `at`."""
    return _count_whole(buffer[at : at + SIZE]) == 1


def _count_whole(buffer: memoryview) -> int:
    """How many whole records follow each other from the start of `buffer`.

    A window that doubles, so that neither a sound journal takes many steps nor each stretch of a
    torn one is read to its end.
    """
    found, step, number = 0, 8, len(buffer) // SIZE
    while found < number:
        part = buffer[found * SIZE : min(found + step, number) * SIZE]
        length = len(part) // SIZE
        good = _whole_at_start(part)
        found += good
        if good < length:
            break
        step *= 2
    return found


def _whole_at_start(part: memoryview) -> int:
    sums = chain.from_iterable(SUM.iter_unpack(part))
    agree = bytes(map(eq, starmap(_crc32, CHECKED.iter_unpack(part)), sums))
    good = agree.find(0)
    if good < 0:
        good = len(agree)
    versions = bytes(part[VERSION_AT::SIZE])[:good]
    return good - len(versions.lstrip(bytes([VERSION])))


def scan(data: bytes) -> tuple[list[memoryview], int]:
    """The unbroken runs of whole records in `data`, and how many bytes outside of them are written."""
    buffer = memoryview(data)
    runs: list[memoryview] = []
    torn = at = end = 0
    while 0 <= at <= len(data) - SIZE:
        if length := _count_whole(buffer[at:]) * SIZE:
            torn += _written(data[end:at])
            end = at + length
            runs.append(buffer[at:end])
            at = end
        at = _next_whole(data, buffer, at)
    return runs, torn + _written(data[end:])


def _written(gap: bytes) -> int:
    return len(gap.strip(BLANK))


def _next_whole(data: bytes, buffer: memoryview, at: int) -> int:
    marker = bytes([VERSION])
    at = data.find(marker, at + VERSION_AT) - VERSION_AT
    while at >= 0 and not is_whole(buffer, at):
        at = data.find(marker, at + VERSION_AT + 1) - VERSION_AT
    return at
