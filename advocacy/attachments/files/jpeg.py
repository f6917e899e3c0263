"""JPEG and JPEG 2000 without what is no picture, not touching a pixel.

Pictures inside a PDF keep their bytes, and with them whatever the camera wrote there.
Structure: ITU-T T.81 annex B (markers); ITU-T T.800 annexes A (markers) and I (boxes).
"""

from __future__ import annotations

import re
from typing import NamedTuple

# The end of entropy-coded data: a marker that is no stuffed byte, restart or fill.
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_SOI, _EOI, _SOS, _COM = 0xD8, 0xD9, 0xDA, 0xFE
_APP0, _APP14, _APP15 = 0xE0, 0xEE, 0xEF
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
_TALKATIVE_BOXES = {b"xml ", b"uuid", b"uinf", b"jp2i"}


class Bare(NamedTuple):
    data: bytes
    dropped: list[bytes]  # each segment that went, from its marker on
    trailing: bytes  # what stood after the end of the picture


def bare(data: bytes) -> Bare:
    """A JPEG with nothing but what a decoder needs. Raises ValueError if it is none."""
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    kept, at = [b"\xff\xd8"], 2
    dropped: list[bytes] = []
    while at < len(data) - 1:
        if data[at] != 0xFF:
            raise ValueError("no marker where one should be")
        marker = data[at + 1]
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == _EOI:
            return Bare(b"".join([*kept, b"\xff\xd9"]), dropped, data[at + 2 :])
        if marker in _STANDALONE:
            kept.append(data[at : at + 2])
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        segment = data[at:end]
        if end < at + 4 or len(segment) < end - at:
            raise ValueError("a segment is cut short")
        if marker == _SOS:
            following = _NEXT_MARKER.search(data, end)
            end = following.start() if following else len(data)
            kept.append(data[at:end])
        elif marker == _APP0 and segment[4:9] == b"JFIF\x00":
            kept.append(_without_thumbnail(segment))
        elif (marker == _APP14 and segment[4:9] == b"Adobe") or not (
            _APP0 <= marker <= _APP15 or marker == _COM
        ):
            kept.append(segment)
        else:
            dropped.append(segment)
        at = end
    return Bare(b"".join(kept), dropped, b"")


def _without_thumbnail(jfif: bytes) -> bytes:
    return b"\xff\xe0\x00\x10" + jfif[4:16].ljust(12, b"\x00") + b"\x00\x00"


def bare_2000(data: bytes) -> Bare:
    """The same for JPEG 2000, a file of boxes or a bare codestream."""
    if data[:4] == b"\xff\x4f\xff\x51":
        return _bare_codestream(data)
    if not data.startswith(_JP2):
        raise ValueError("no JPEG 2000")
    kept: list[bytes] = []
    dropped: list[bytes] = []
    at = 0
    while at + 8 <= len(data):
        length, kind, header = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if length == 1:
            length, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + length if length else len(data)
        if length and (length < header or end > len(data)):
            raise ValueError("a box is cut short")
        if kind in _TALKATIVE_BOXES:
            dropped.append(data[at:end])
        elif kind == b"jp2c":
            inner = _bare_codestream(data[at + header : end])
            dropped += inner.dropped
            kept.append((len(inner.data) + 8).to_bytes(4, "big") + kind + inner.data)
        else:
            kept.append(data[at:end])
        at = end
    return Bare(b"".join(kept), dropped, data[at:])


def _bare_codestream(data: bytes) -> Bare:
    """Comments stand in the main header, which ends where the first tile begins (SOT)."""
    kept, at = [data[:2]], 2
    dropped: list[bytes] = []
    while at + 4 <= len(data) and data[at : at + 2] != b"\xff\x90":
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at] != 0xFF or end < at + 4 or end > len(data):
            raise ValueError("no marker where one should be")
        (dropped if data[at + 1] == 0x64 else kept).append(data[at:end])
        at = end
    kept.append(data[at:])
    return Bare(b"".join(kept), dropped, b"")
