"""The end of what nobody brought back from the trash, or took up again, in time."""

from __future__ import annotations

from datetime import datetime

from . import actions
from .models import ShareLink, Unsaved
from .records import kinds


def empty(at: datetime | None = None) -> int:
    """Remove what has lain there long enough; how many records that were.

    Each is a transaction of its own.
    """
    Unsaved.objects.overdue(at).delete()
    ShareLink.objects.overdue(at).delete()
    removed = 0
    for kind in kinds():
        for record in kind.objects.live().overdue(at):
            actions.remove(record=record, at=at)
            removed += 1
    return removed
