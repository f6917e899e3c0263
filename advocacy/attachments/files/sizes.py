"""In which sizes and formats pictures are drawn. Known without looking, so pages need not ask."""

from __future__ import annotations

from typing import Final

Steps = tuple[int, ...]

PICTURE: Final[Steps] = (320, 640, 960, 1600)  # widths in pixels
FRONT: Final[Steps] = (160, 320, 960)  # the same for the first page of a PDF

#: The most pixels a side may have, by format; the best for a browser comes first.
_LONGEST = {"avif": 65_535, "webp": 16_383, "jpeg": 65_500}


def of(width: int, height: int, steps: Steps) -> list[tuple[int, int]]:
    """Widths and heights, smallest first; the last is the largest step, or the picture itself."""
    top = min(width, steps[-1])
    # A step just below the top would cost a file and save a reader nothing.
    widths = [*(step for step in steps if step < 0.8 * top), top]
    return [(chosen, max(1, round(height * chosen / width))) for chosen in widths]


def formats(height: int) -> list[str]:
    return [form for form, longest in _LONGEST.items() if height <= longest]
