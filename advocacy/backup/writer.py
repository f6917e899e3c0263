"""Writes an archive, member by member."""

from __future__ import annotations

import io
import json
import struct
import tarfile
import zlib
from typing import IO, Any

from .form import FORMAT, LABEL, MANIFEST, PART, Hashing, entry

LEVEL = 1  # of text a little larger than by the usual 6, and three times as fast
GZIP = 16 + zlib.MAX_WBITS  # as zlib asks for the gzip format


class _Stored:
    """A stream of gzip that compresses nothing, several times as fast as zlib is at that: a head
    (RFC 1952, section 2.3), blocks that say how long they are (RFC 1951, section 3.2.4), a checksum.
    """

    HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"
    LONGEST = 0xFFFF  # bytes of a block

    def __init__(self) -> None:
        self.head, self.checksum, self.size = self.HEAD, 0, 0

    def compress(self, part: bytes) -> bytes:
        self.checksum = zlib.crc32(part, self.checksum)
        self.size += len(part)
        pieces: list[bytes | memoryview] = [self.head]
        self.head = b""
        for at in range(0, len(part), self.LONGEST):
            block = memoryview(part)[at : at + self.LONGEST]
            pieces += [b"\0", _numbers("HH", len(block), ~len(block) & 0xFFFF), block]
        return b"".join(pieces)

    def flush(self) -> bytes:
        last = b"\x01" + _numbers("HH", 0, 0xFFFF)
        return self.head + last + _numbers("II", self.checksum, self.size & 0xFFFFFFFF)


def _numbers(form: str, *numbers: int) -> bytes:
    return struct.pack(f"<{form}", *numbers)


class _Gzip:
    """What tarfile writes to: streams of gzip, one after the other."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.at = 0
        self.stream: Any = None

    def begin(self, *, compress: bool) -> None:
        self.end()
        self.stream = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP) if compress else _Stored()

    def end(self) -> None:
        if self.stream is not None:
            self.file.write(self.stream.flush())
            self.stream = None

    def write(self, part: bytes) -> int:
        self.file.write(self.stream.compress(part))
        self.at += len(part)
        return len(part)

    def tell(self) -> int:
        return self.at


class Writer:
    """Adds members to an archive. `file` is open for writing, `manifest` for reading and writing."""

    def __init__(self, file: IO[bytes], manifest: IO[bytes]) -> None:
        self.gzip = _Gzip(file)
        self.tar = tarfile.TarFile(
            fileobj=self.gzip,  # type: ignore[arg-type]
            mode="w",
            format=tarfile.PAX_FORMAT,
            copybufsize=PART,
        )
        self.manifest = manifest

    def label(self, content: dict[str, Any]) -> None:
        written = json.dumps({**content, "format": FORMAT}, ensure_ascii=False, indent=1).encode()
        self.add(LABEL, len(written), io.BytesIO(written))

    def add(self, name: str, size: int, file: IO[bytes], *, compress: bool = True) -> None:
        """Exactly `size` bytes of a file. Raises OSError if there are fewer."""
        self.gzip.begin(compress=compress)
        read = Hashing(file)
        self.tar.addfile(_info(name, size), read)
        self.manifest.write(entry(name, size, read))

    def finish(self) -> None:
        size = self.manifest.tell()
        self.manifest.seek(0)
        self.gzip.begin(compress=True)
        self.tar.addfile(_info(MANIFEST, size), self.manifest)
        self.tar.close()
        self.gzip.end()


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info
