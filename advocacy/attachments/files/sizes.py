"""In which sizes and formats pictures are drawn. Known without looking, so pages need not ask."""

from __future__ import annotations

from typing import Final

Size = tuple[int, int]  # width and height in pixels
Wanted = tuple[str, int, int]  # a rendition to be drawn: format, width, height
Steps = tuple[int, ...]

PICTURE: Final[Steps] = (320, 640, 960, 1600)  # widths in pixels
FRONT: Final[Steps] = (160, 320, 960)  # the same for the first page of a PDF

#: How wide the one is that whoever uploads a picture sees at once.
_AT_ONCE = 320

#: The most pixels a side may have, by format; the best for a browser comes first.
_LONGEST = {"avif": 65_535, "webp": 16_383, "jpeg": 65_500}


def of(width: int, height: int, steps: Steps) -> list[Size]:
    """Widths and heights, smallest first; the last is the largest step, or the picture itself."""
    top = min(width, steps[-1])
    # A step just below the top would cost a file and save a reader nothing.
    widths = [*(step for step in steps if step < 0.8 * top), top]
    return [(chosen, max(1, round(height * chosen / width))) for chosen in widths]


def formats(height: int) -> list[str]:
    return [form for form, longest in _LONGEST.items() if height <= longest]


def at_least(width: int, drawn: list[Size]) -> Size:
    """The smallest of them that is so wide, or the largest there is."""
    return next((size for size in drawn if size[0] >= width), drawn[-1])


def first(drawn: list[Size]) -> Size:
    """The size that is drawn while its editor waits."""
    return at_least(_AT_ONCE, drawn)


def at_once(width: int, height: int, steps: Steps) -> list[Wanted]:
    """What is drawn while its editor waits: one small JPEG, or nothing where it would be too tall."""
    small = first(of(width, height, steps))
    return [("jpeg", *small)] if "jpeg" in formats(small[1]) else []


def every(width: int, height: int, steps: Steps) -> list[Wanted]:
    """All that is drawn in the end."""
    return [(form, *size) for size in of(width, height, steps) for form in formats(size[1])]
