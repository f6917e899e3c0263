"""What went wrong with counting, remembered until it can be told to staff.

A failure to count never breaks a page. It is logged at once (then at most once a minute, as a full
disk fails at every hit), kept in memory, and written to the database by the next fold, off the
request path.
"""

import logging
import os
import socket
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from .models import Trouble

log = logging.getLogger("advocacy.hits")
LOG_EVERY_S = 60
STILL_NEWS = timedelta(days=7)


@dataclass
class _Pending:
    detail: str
    times: int
    first_at: datetime
    last_at: datetime


_lock = threading.Lock()
_pending: dict[str, _Pending] = {}
_logged: dict[str, float] = {}


def remember(what: str, error: BaseException | str) -> None:
    """Never raises. `what` is one of Trouble.What."""
    now = timezone.now()
    with _lock:
        seen = _pending.setdefault(what, _Pending("", 0, now, now))
        seen.detail, seen.times, seen.last_at = str(error)[:500], seen.times + 1, now
        if quiet := time.monotonic() - _logged.get(what, float("-inf")) < LOG_EVERY_S:
            return
        _logged[what] = time.monotonic()
    if not quiet:
        log.error("Hits are not counted as they should be (%s): %s", what, error)


def tell_staff() -> int:
    """Write what this process remembers to the database; the number of kinds of trouble written.
    Raises DatabaseError.
    """
    with _lock:
        waiting = dict(_pending)
        _pending.clear()
    if not waiting:
        return 0
    try:
        with transaction.atomic():
            for what, seen in waiting.items():
                _store(what, seen)
    except BaseException:
        with _lock:
            for what, seen in waiting.items():
                if again := _pending.get(what):
                    seen.detail, seen.last_at = again.detail, again.last_at
                    seen.times += again.times
                _pending[what] = seen
        raise
    return len(waiting)


def _store(what: str, seen: _Pending) -> None:
    row, created = Trouble.objects.get_or_create(
        machine=socket.gethostname(),
        what=what,
        defaults={
            "detail": seen.detail,
            "times": seen.times,
            "first_at": seen.first_at,
            "last_at": seen.last_at,
        },
    )
    if not created:
        Trouble.objects.filter(pk=row.pk).update(
            times=F("times") + seen.times, detail=seen.detail, last_at=seen.last_at
        )


def recent(at: datetime | None = None) -> QuerySet[Trouble]:
    """The trouble of the last seven days, newest first: what the desk shows to staff."""
    return Trouble.objects.filter(last_at__gt=(at or timezone.now()) - STILL_NEWS).order_by(
        "-last_at"
    )


def forget() -> None:
    """Begin with an empty memory: in a forked worker, and between tests."""
    global _lock
    _lock = threading.Lock()
    _pending.clear()
    _logged.clear()


os.register_at_fork(after_in_child=forget)
