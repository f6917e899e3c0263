"""How far a command has come: a bar where somebody looks, a line for every tenth part where it is
kept.
"""

from __future__ import annotations

from typing import Any


class Bar:
    """`output` is a command's own."""

    def __init__(self, output: Any) -> None:
        self.output, self.shown = output, -1

    def __call__(self, done: int, total: int) -> None:
        is_seen = self.output.isatty()
        parts = 30 if is_seen else 10
        share = parts * done // max(1, total)
        if share == self.shown:
            return
        self.shown = share
        if is_seen:
            self.output.write(f"\r{'█' * share:<30} {done:,}/{total:,}", ending="")
        else:
            self.output.write(f"{done:,} of {total:,}")
        self.output.flush()
