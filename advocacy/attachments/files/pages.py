"""A page of a PDF as PDFium knows it: how it looks, and what it draws."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageStat

from .geometry import UNMOVED, Box, Matrix, bounds_of, one_after_other

_ONE_COLOUR = 24  # of 255: how far the edges of boxes and JPEG may differ
_PIXELS = 4_000_000  # of a page as it is drawn to be looked at
_DEEPEST = 8  # forms within forms


class Seen:
    """A page as it looks."""

    def __init__(self, page: pypdfium2.PdfPage, scale: float) -> None:
        width, height = page.get_size()
        scale = min(scale, (_PIXELS / (width * height)) ** 0.5)
        self.image: Image.Image = page.render(scale=scale).to_pil().convert("RGB")
        self._page = page

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        corners = [self._pixel(box[0], box[1]), self._pixel(box[2], box[3])]
        across, down = sorted(x for x, _y in corners), sorted(y for _x, y in corners)
        return across[0], down[0], across[1], down[1]

    def one_colour(self, box: Box) -> float | None:
        """How bright, from 0 to 255, a place is that is of one colour; None where it is not."""
        left, upper, right, lower = self.pixels(box)
        left, upper = max(left + 1, 0), max(upper + 1, 0)  # the edges are blurred
        right, lower = min(right - 1, self.image.width), min(lower - 1, self.image.height)
        if left >= right or upper >= lower:
            return None  # off the page, or too small to tell
        found = ImageStat.Stat(self.image.crop((left, upper, right, lower)))
        is_one = all(most - least <= _ONE_COLOUR for least, most in found.extrema)
        return sum(found.mean) / 3 if is_one else None

    def _pixel(self, x: float, y: float) -> tuple[int, int]:
        across, down = ctypes.c_int(), ctypes.c_int()
        size = (self.image.width, self.image.height)
        pdfium.FPDF_PageToDevice(self._page, 0, 0, *size, 0, x, y, across, down)
        return across.value, down.value


def things(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, Matrix]]:
    """Every object in its order, and what turns its measures into those of the page."""
    for index in range(pdfium.FPDFPage_CountObjects(page)):
        yield from _opened(pdfium.FPDFPage_GetObject(page, index), UNMOVED, 1)


def _opened(thing: Any, within: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    if pdfium.FPDFPageObj_GetType(thing) != pdfium.FPDF_PAGEOBJ_FORM:
        yield thing, within
    elif depth < _DEEPEST:
        inner = one_after_other(matrix_of(thing), within)
        for index in range(pdfium.FPDFFormObj_CountObjects(thing)):
            yield from _opened(pdfium.FPDFFormObj_GetObject(thing, index), inner, depth + 1)


def bounds(thing: Any, within: Matrix) -> Box:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(thing, left, bottom, right, top)
    across, up = (left.value, right.value), (bottom.value, top.value)
    return bounds_of([(x, y) for x in across for y in up], within)


def matrix_of(thing: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(thing, found):
        return UNMOVED
    return found.a, found.b, found.c, found.d, found.e, found.f
