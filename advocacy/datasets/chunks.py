"""A long list read in pieces, each in a query of its own.

An answer is handed out as fast as somebody at the other end takes it. On SQLite an open cursor would
hold back every writer for so long, so nothing is left open between two pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

AT_ONCE = 200


def in_chunks(rows: Any, at_once: int = AT_ONCE) -> Iterator[list[Any]]:
    """All rows in their order. What is taken back while they are read is left out from then on."""
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), at_once):
        yield list(rows.filter(pk__in=keys[start : start + at_once]))
