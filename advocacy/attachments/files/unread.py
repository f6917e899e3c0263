"""What no search can look into: a picture of text, and pages of a PDF that show more than they say.

Where a page has words they are painted over, and what is left is looked at like any picture. So a scan is
read when words lie over its lines, and not because a number stands below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import TypedDict

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageDraw

from . import writing
from .geometry import area_of
from .limits import Limits
from .pages import Seen, bounds, things
from .unfit import Unfit

_PICTURED = 0.08  # of a page, by pictures: with less there is at most a letterhead
_OUTLINES = 1_500  # pieces of lines: letters may be drawn by them
_SIDE = 1_600  # pixels: as large as `writing` looks at it
_SHARE = 0.25  # of all the time there is for a file; the pages that are left are a person's
_AROUND = 0.25  # of a word's height, that its letters may reach beyond


class Unread(TypedDict):
    """A page, counted from 1, or 0 for the picture itself, and why, as a key of `sentences.UNREAD`."""

    page: int
    why: str


def of_picture(image: Image.Image) -> list[Unread]:
    return [Unread(page=0, why="picture")] if writing.is_text(image) else []


def of_document(
    path: Path, texts: Sequence[str | None], drawn: Sequence[str | None], limits: Limits
) -> list[Unread]:
    """`texts` and `drawn` as `reading` and `replaced` found them. Raises Unfit."""
    end = monotonic() + _SHARE * limits.wall_seconds
    found: list[Unread] = []
    try:
        with pypdfium2.PdfDocument(path) as document:
            for number, text in enumerate(texts):
                shown = drawn[number] if drawn else ""
                if text is None or shown is None or monotonic() > end:
                    found.append(Unread(page=number + 1, why="beyond"))
                elif not any(letter.isalnum() for letter in text + shown):
                    found.append(Unread(page=number + 1, why="no_words"))
                elif _shows_more(document[number]):
                    found.append(Unread(page=number + 1, why="picture"))
    except pypdfium2.PdfiumError as error:
        raise Unfit("unreadable_pdf") from error
    return found


def _shows_more(page: pypdfium2.PdfPage) -> bool:
    try:
        return _may_show_more(page) and writing.is_text(_without_words(page))
    finally:
        page.close()


def _may_show_more(page: pypdfium2.PdfPage) -> bool:
    """Whether there is anything that can hold letters, as to look costs a third of a second."""
    width, height = page.get_size()
    pictured, pieces = 0.0, 0
    for thing, within in things(page):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictured += area_of(bounds(thing, within))
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            pieces += pdfium.FPDFPath_CountSegments(thing)
    return pictured >= _PICTURED * width * height or pieces >= _OUTLINES


def _without_words(page: pypdfium2.PdfPage) -> Image.Image:
    seen, text = Seen(page, _SIDE / max(page.get_size())), page.get_textpage()
    pen = ImageDraw.Draw(seen.image)
    for index in range(text.count_rects()):
        left, upper, right, lower = seen.pixels(text.get_rect(index))
        around = round(_AROUND * min(right - left, lower - upper)) + 1
        pen.rectangle((left - around, upper - around, right + around, lower + around), "white")
    return seen.image
