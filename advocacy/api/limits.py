"""How often one network may ask in a minute, known to all workers of a machine.

`VAR_DIR/api-limits` is a table of 65,536 places, mapped into the memory of each worker: in each place
a minute and a number. Which place is whose follows from a keyed hash of network and minute, sixteen
bits of it: neither an address nor a hash of one is stored, and no place tells whose it was. Two networks
that share a place for a minute share its number.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple

from django.conf import settings
from django.core.signals import setting_changed

from advocacy.hits.addresses import IPV6, address, parse

REQUESTS, SECONDS = 300, 60
PLACES = 1 << 16
NUMBERS = Struct("<II")  # the minute, and how often somebody asked in it
NETWORK = 8  # bytes of an IPv6 address that are a household's or a firm's (RFC 6177)


class Left(NamedTuple):
    is_allowed: bool
    requests: int  # that are left
    seconds: int  # until there are as many as at first


class Table:
    """The file, or memory of this process where there can be no file."""

    def __init__(self, path: Path) -> None:
        self.lock = threading.Lock()
        self.descriptor: int | None = None
        size = PLACES * NUMBERS.size
        try:
            self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            os.posix_fallocate(self.descriptor, 0, size)
            self.content = mmap.mmap(self.descriptor, size)
        except OSError:
            self.close()
            self.content = mmap.mmap(-1, size)

    def add(self, place: int, minute: int) -> int:
        """One more in that minute; how many it makes."""
        at = place * NUMBERS.size
        with self.held(at):
            known, number = NUMBERS.unpack_from(self.content, at)
            number = min(number + 1, 2**32 - 1) if known == minute else 1
            NUMBERS.pack_into(self.content, at, minute, number)
        return number

    @contextmanager
    def held(self, at: int) -> Iterator[None]:
        """Locks of a file are a process's, so its threads need one of their own."""
        with self.lock:
            if self.descriptor is None:
                yield
                return
            fcntl.lockf(self.descriptor, fcntl.LOCK_EX, NUMBERS.size, at)
            try:
                yield
            finally:
                fcntl.lockf(self.descriptor, fcntl.LOCK_UN, NUMBERS.size, at)

    def close(self) -> None:
        if self.descriptor is not None:
            os.close(self.descriptor)
            self.descriptor = None


_table: Table | None = None
_opening = threading.Lock()


def take(meta: Mapping[str, str], at: float | None = None) -> Left:
    """Count one request, `meta` its WSGI environ, and say what is left. `at` in seconds since 1970."""
    minute, passed = divmod(int(time.time() if at is None else at), SECONDS)
    number = _opened().add(place(meta, minute), minute)
    return Left(number <= REQUESTS, max(0, REQUESTS - number), SECONDS - passed)


def place(meta: Mapping[str, str], minute: int) -> int:
    key = blake2b(settings.SECRET_KEY.encode(), person=b"api-limits").digest()
    text = b"%d\0" % minute + network(meta)
    return int.from_bytes(blake2b(text, key=key, digest_size=2).digest(), "big")


def network(meta: Mapping[str, str]) -> bytes:
    """Of IPv6 the part that one subscriber has, who may use every address in it."""
    text = address(meta)
    packed = parse(text)
    if packed is None:
        return text.encode("utf-8", "surrogatepass")
    return packed[:NETWORK] if len(packed) == IPV6 else packed


def _opened() -> Table:
    global _table
    with _opening:
        if _table is None:
            _table = Table(Path(settings.VAR_DIR) / "api-limits")
        return _table


def forget() -> None:
    """Open the table anew: in a forked worker, and where it has moved."""
    global _table, _opening
    if _table is not None:
        _table.close()
    _table, _opening = None, threading.Lock()


def _move(*, setting: str, **kwargs: Any) -> None:
    """Settings change in tests alone."""
    if setting == "VAR_DIR":
        forget()


os.register_at_fork(after_in_child=forget)
setting_changed.connect(_move)
