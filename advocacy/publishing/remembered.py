"""What costs a scan of the whole record to work out, kept in this process for one generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.utils import timezone

from .generation import look

Answer = TypeVar("Answer")

_kept: dict[str, tuple[int, Any]] = {}
_is_trying: ContextVar[bool] = ContextVar("is_trying", default=False)


def remembered(name: str, work_out: Callable[[], Answer]) -> Answer:
    """What `work_out` answers, worked out anew when the public record has changed since.

    For values that follow from the public record and the present time alone. `name` is one of a
    few, fixed in code: one answer is kept for each. When the record has changed by itself, because
    an embargo ended, nothing is kept until the next public change.
    """
    value, next_change_at = look()
    if _is_trying.get() or (next_change_at and next_change_at <= timezone.now()):
        return work_out()
    kept = _kept.get(name)
    if kept is None or kept[0] != value:
        kept = _kept[name] = (value, work_out())
    return kept[1]


@contextmanager
def nothing_kept() -> Iterator[None]:
    """For a transaction that will be undone: the generation it sees may come to be another one."""
    token = _is_trying.set(True)
    try:
        yield
    finally:
        _is_trying.reset(token)


def forget() -> None:
    """Start anew: for tests, where one database follows another in the same process."""
    _kept.clear()
