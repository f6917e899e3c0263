"""How fast one host is asked: one request in a while, however many of its links there are."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PAUSE_S = 2.0
MOST_HOSTS = 2000


class OutOfTime(Exception):
    """The turn of this host comes later than one can wait for it."""


class Pace:
    def __init__(
        self,
        pause_s: float = PAUSE_S,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.pause_s, self.clock, self.sleep = pause_s, clock, sleep
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, *, until: float, pause_s: float = 0.0) -> None:
        """Until it is the turn of `host`, whose next comes after a pause. Raises OutOfTime."""
        with self._lock:
            now = self.clock()
            start = max(now, self._next.get(host, now))
            if start > until:
                raise OutOfTime
            if len(self._next) >= MOST_HOSTS:
                self._next = {name: at for name, at in self._next.items() if at > now}
            self._next[host] = start + max(self.pause_s, pause_s)
        if start > now:
            self.sleep(start - now)
