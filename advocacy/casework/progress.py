"""How far a step is, noted so often that whoever looks sees that it goes on."""

from __future__ import annotations

import time

from .models import Withdrawal

EVERY_S = 1.0


class Progress:
    """Saves the withdrawal as it stands: call it where that is where it goes on after a kill."""

    def __init__(self, work: Withdrawal) -> None:
        self._work, self._saved_at = work, time.monotonic()

    def add(self, number: int) -> None:
        self._work.done += number
        if time.monotonic() > self._saved_at + EVERY_S:
            self._work.save()
            self._saved_at = time.monotonic()
