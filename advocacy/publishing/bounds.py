"""When a text must end, whatever its editor says: slices add what they know at start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from .models import Publication, Record

Bound = Callable[[Record, Publication], datetime | None]

_bounds: list[Bound] = []


def register(bound: Bound) -> None:
    """Add a function from a record, as it is about to be published, and one of its texts; twice is
    once.
    """
    if bound not in _bounds:
        _bounds.append(bound)


def end_of(record: Record, text: Publication) -> datetime | None:
    """The earliest end that any of them sets to this text; None: no end."""
    ends = [bound(record, text) for bound in _bounds]
    return min((end for end in ends if end), default=None)
