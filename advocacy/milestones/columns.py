"""Marks in columns, one a year: what the charts of the record are made of. Pure geometry.

x and widths are percent of a chart's width, y and heights CSS pixels from its top.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

PITCH = 14.0  # px from one mark of a stack to the next
STACK = 168.0  # px a stack should not exceed
FINEST = 3.0  # px; a pitch below this could not be seen
SLOT = 4.2  # % of the width a mark may take with its margin, however few the years
NARROWEST_SLOT = 1.6  # %; on a small phone some five pixels


@dataclass(frozen=True)
class Step:
    """One milestone as the chart sees it: `first` and `last` are the years it covers."""

    key: Hashable
    first: int
    last: int
    own: bool = False
    turning: bool = False
    actor: str = ""  # who acted, short, for the note above a turning point


@dataclass(frozen=True)
class Mark:
    key: Hashable
    x: float
    y: float
    width: float
    height: float


class Columns:
    """Where each mark stands: a column of slots a year, filled from the base up.

    `pitch` is the distance of two marks and `stack` the height of the fullest column, in px, where
    there is room for both.
    """

    def __init__(
        self, steps: Sequence[Step], years: range, *, pitch: float = PITCH, stack: float = STACK
    ) -> None:
        self.years = years
        self.width = 100 / len(years)
        fullest = max(Counter(step.first for step in steps).values())
        room = max(1, int(self.width / NARROWEST_SLOT))
        self.slots = min(math.ceil(fullest * pitch / stack), room)
        self.slot = min(self.width / self.slots, SLOT)
        self.filled = [0] * (len(years) * self.slots)
        self.place: dict[Hashable, tuple[int, int, int]] = {}  # first slot, last slot, row
        # What lasts longest lies at the bottom, so that nothing hangs in the air above it.
        for step in sorted(steps, key=lambda step: step.first - step.last):
            self._put(step)
        self.pitch = max(FINEST, min(pitch, stack / max(self.filled)))

    def _put(self, step: Step) -> None:
        start = (step.first - self.years[0]) * self.slots
        if step.last > step.first:
            end = (step.last - self.years[0] + 1) * self.slots - 1
        else:
            start = end = min(range(start, start + self.slots), key=self.filled.__getitem__)
        row = max(self.filled[start : end + 1])
        self.filled[start : end + 1] = [row + 1] * (end - start + 1)
        self.place[step.key] = (start, end, row)

    @property
    def top(self) -> float:
        """px from the base to the top of the fullest column."""
        return max(self.filled) * self.pitch + 4

    def centre(self, slot: int) -> float:
        year, part = divmod(slot, self.slots)
        return (year + 0.5) * self.width + (part - (self.slots - 1) / 2) * self.slot

    def tops(self) -> list[tuple[float, float, float]]:
        """Left and right edge of each filled slot in %, and its height in px."""
        half = self.slot / 2
        return [
            (self.centre(slot) - half, self.centre(slot) + half, rows * self.pitch + 4)
            for slot, rows in enumerate(self.filled)
            if rows
        ]

    def mark(self, key: Hashable, base: float) -> Mark:
        start, end, row = self.place[key]
        height = self.pitch * 11 / 14
        margin = self.slot * 0.38
        left, right = self.centre(start) - margin, self.centre(end) + margin
        return Mark(
            key=key,
            x=round(left, 3),
            y=round(base - 4 - row * self.pitch - height, 2),
            width=round(right - left, 3),
            height=round(height, 2),
        )
