"""What was read already and names nobody: the same words are not searched again, however often they are
read.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from advocacy.protection import matching

from .models import Unnamed, Withdrawal

DIGEST_BYTES = 16  # as many as nobody can make two texts of


class Known:
    """Of one table."""

    def __init__(self, work: Withdrawal, table: str) -> None:
        self._work, self._table = work, table
        self._digests = {
            bytes(some[start : start + DIGEST_BYTES])
            for some in work.unnamed.filter(table=table).values_list("digests", flat=True)
            for start in range(0, len(some), DIGEST_BYTES)
        }
        self._new: list[bytes] = []

    def is_named(self, said: list[Any], search: Callable[[], bool]) -> bool:
        """Whether what is said names who is taken out; it is searched unless that is known."""
        digest = _digest(said)
        if digest in self._digests:
            return False
        if search():
            return True
        self._digests.add(digest)
        self._new.append(digest)
        return False

    def keep(self) -> None:
        """For the next piece of the work, and for its next steps."""
        if self._new:
            Unnamed.objects.create(
                withdrawal=self._work, table=self._table, digests=b"".join(self._new)
            )
            self._new = []


def _digest(said: list[Any]) -> bytes:
    return blake2b(repr(said).encode(), digest_size=DIGEST_BYTES, key=_rules()).digest()


@cache
def _rules() -> bytes:
    """Of the program that searches: what an older release did not find is searched again."""
    read = blake2b()
    for folder in (Path(__file__).parent, Path(matching.__file__).parent):
        for path in sorted(folder.glob("*.py")):
            read.update(path.read_bytes())
    return read.digest()
