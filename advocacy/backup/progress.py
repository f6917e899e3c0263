"""How far something long has come, for whoever waits at a terminal: a line every few seconds."""

from __future__ import annotations

import time
from typing import Any

EVERY_S = 2.0


class Progress:
    def __init__(self, output: Any) -> None:
        self.output = output
        self.next = time.monotonic() + EVERY_S

    def __call__(self, sentence: str) -> None:
        if time.monotonic() >= self.next:
            self.output.write(sentence)
            self.output.flush()
            self.next = time.monotonic() + EVERY_S
