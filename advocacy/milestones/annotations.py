"""Notes above a chart, each tied to its column by a line, set where they touch nothing.

Measured at the narrowest width at which notes are shown. As a chart grows wider, everything on it
moves apart while text keeps its size: what is free there is free everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

NARROWEST = 700.0  # px of chart on a page 52 rem wide
ROW = 18.0  # px from one row of notes to the next
ROWS = 4  # rows there may be above the tallest stack
SPACE = 12.0  # px between two notes of a row
CLEAR = 9.0  # px from a stack to a note above it, and from a line to a note beside it
NARROW, WIDE = 7.4, 13.5  # px a letter takes at most in the chart's size of type


@dataclass(frozen=True)
class Flag:
    """A note to be placed above the column whose centre is at `x` %."""

    x: float
    text: str


@dataclass(frozen=True)
class Annotation:
    """A note in its place. Until `below`, y counts px up from the base; then down from the top."""

    x: float
    anchor: str
    text: str
    text_y: float
    line_from: float
    line_to: float

    def below(self, base: float) -> Annotation:
        return replace(
            self,
            text_y=round(base - self.text_y, 2),
            line_from=round(base - self.line_from, 2),
            line_to=round(base - self.line_to, 2),
        )

    def reach(self, width: float) -> tuple[float, float]:
        """Left and right end of the text in px, on a chart `width` px wide."""
        x, length = self.x / 100 * width, text_width(self.text)
        return (x, x + length) if self.anchor == "start" else (x - length, x)


def text_width(text: str) -> float:
    """At least the px that `text` takes, whatever sans-serif face the reader has."""
    return sum(WIDE if unicodedata.east_asian_width(c) in "WF" else NARROW for c in text)


def place(
    flags: Sequence[Flag], *, stacks: Sequence[tuple[float, float, float]]
) -> tuple[list[Annotation], int]:
    """The notes that find room, as low as they can be, and the rows they need above all stacks.

    `stacks` are left and right edge in %, and height in px. A note without room is left out.
    """
    ceiling = max((height for _left, _right, height in stacks), default=0.0)
    placed: list[Annotation] = []
    for flag in flags:
        own = max((h for left, right, h in stacks if left <= flag.x <= right), default=0.0)
        for note in _candidates(flag, own, ceiling):
            if _is_free(note, placed, stacks):
                placed.append(note)
                break
    highest = max((note.text_y + ROW - 4 for note in placed), default=0.0)
    rows = -int(-max(0.0, highest - ceiling) // ROW)
    return placed, rows


def _candidates(flag: Flag, own: float, ceiling: float) -> Iterator[Annotation]:
    height = own + CLEAR + 3
    while height + ROW - 4 <= ceiling + ROWS * ROW:
        for anchor in ("start", "end"):
            yield Annotation(flag.x, anchor, flag.text, height, height - 4, own + 2)
        height += ROW / 2


def _is_free(
    note: Annotation, placed: Sequence[Annotation], stacks: Sequence[tuple[float, float, float]]
) -> bool:
    left, right = note.reach(NARROWEST)
    if left < 0 or right > NARROWEST:
        return False
    for start, end, height in stacks:
        beside = end / 100 * NARROWEST < left or start / 100 * NARROWEST > right
        if not beside and height + CLEAR > note.text_y:
            return False
    return not any(_collide(note, other) for other in placed)


def _collide(one: Annotation, other: Annotation) -> bool:
    (left, right), (start, end) = one.reach(NARROWEST), other.reach(NARROWEST)
    if abs(one.text_y - other.text_y) < ROW and left < end + SPACE and start < right + SPACE:
        return True
    higher, lower = (one, other) if one.text_y > other.text_y else (other, one)
    left, right = lower.reach(NARROWEST)
    line = higher.x / 100 * NARROWEST
    return left - CLEAR < line < right + CLEAR and higher.line_to < lower.text_y + ROW
