"""Faulty redactions: boxes drawn over words that are still there for everybody to copy.

PDFium lists what a page draws in the order in which it is drawn. Words are hidden where something is
drawn after them over their letters, and the page as it looks shows one colour there: so a marker they
shine through, words drawn once more on top, and a box that is cut off do not count.
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import ImageDraw

from .geometry import (
    Box,
    Matrix,
    Point,
    area_of,
    area_within,
    bounds_of,
    one_after_other,
    placed,
    scale_of,
    shared_by,
)
from .pages import Seen, bounds, matrix_of, things
from .unfit import Unfit

_LEAST = 4.0  # points a side: what is smaller hides no letter
_MOST_BOXES = 2_000  # of one page, the largest: a map draws a hundred thousand
_SOLID = 0.75  # of its bounds a shape must fill to count as a box
_HIDDEN = 0.7  # of a letter must lie under it
_SCAN = 0.5  # a picture of more than this part of the page is a scan, and no box
_DARK = 0.35 * 255
_SHOWN_WIDTH = 1_200  # pixels
_NONE: Box = (0, 0, 0, 0)
_LINE, _FAR = 24.0, 15_000.0  # points: pages are no larger (ISO 32000-2, annex C.2)


class Covered(TypedDict):
    """A box on a page, counted from 1, and whether it is dark as a redaction is."""

    page: int
    dark: bool
    box: list[float]


class _Drawn(NamedTuple):
    order: int
    box: Box


def find(path: Path) -> list[Covered]:
    """Every box in a stripped PDF that hides words. Raises Unfit."""
    found: list[Covered] = []
    try:
        with pypdfium2.PdfDocument(path) as document:
            for number in range(len(document)):
                page = document[number]
                for box, is_dark in _on(page):
                    rounded = [round(edge, 1) for edge in box]
                    found.append(Covered(page=number + 1, dark=is_dark, box=rounded))
                page.close()
    except pypdfium2.PdfiumError as error:
        raise Unfit("unreadable_pdf") from error
    return found


def show(path: Path, number: int, boxes: list[Box], target: Path) -> None:
    """The page, counted from 1, as it looks, with a frame around each box. Raises Unfit."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[number - 1]
            seen = Seen(page, _SHOWN_WIDTH / page.get_width())
            pen = ImageDraw.Draw(seen.image)
            for box in boxes:
                left, upper, right, lower = seen.pixels(box)
                frame = (left - 4, upper - 4, right + 4, lower + 4)
                pen.rectangle(frame, outline=(200, 0, 0), width=4)
            seen.image.save(target)
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise Unfit("unreadable_pdf") from error


def _on(page: pypdfium2.PdfPage) -> list[tuple[Box, bool]]:
    words: dict[int, _Drawn] = {}  # by address
    boxes: list[_Drawn] = []
    width, height = page.get_size()
    for order, (thing, within) in enumerate(things(page)):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            words[_address(thing)] = _Drawn(order, bounds(thing, within))
        elif words and kind == pdfium.FPDF_PAGEOBJ_PATH:
            boxes += [_Drawn(order, box) for box in _boxes(thing, within)]
        elif words and kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            box = bounds(thing, within)
            if area_of(box) <= _SCAN * width * height:
                boxes.append(_Drawn(order, box))
    largest = sorted(boxes, key=lambda one: -area_of(one.box))[:_MOST_BOXES]
    over = _over(largest, words)
    return _hiding(page, over) if over else []


def _over(boxes: list[_Drawn], words: dict[int, _Drawn]) -> dict[int, list[_Drawn]]:
    """The boxes that are drawn over each word, by its address."""
    lines: dict[int, list[int]] = defaultdict(list)  # a page may have thousands of both
    for address, word in words.items():
        for line in _lines(word.box):
            lines[line].append(address)
    over: dict[int, list[_Drawn]] = defaultdict(list)
    for box in boxes:
        for address in {address for line in _lines(box.box) for address in lines.get(line, ())}:
            word = words[address]
            if word.order < box.order and shared_by(box.box, word.box):
                over[address].append(box)
    return over


def _lines(box: Box) -> range:
    """The strips of the page that it touches; what lies far outside touches the outermost."""
    bottom, top = (int(max(-_FAR, min(_FAR, edge)) // _LINE) for edge in (box[1], box[3]))
    return range(bottom, top + 1)


def _hiding(page: pypdfium2.PdfPage, over: dict[int, list[_Drawn]]) -> list[tuple[Box, bool]]:
    """The boxes with letters under them that nobody sees, and whether it is dark there."""
    seen, text = Seen(page, 2.0), page.get_textpage()
    hiding: dict[_Drawn, bool] = {}
    for index in range(text.count_chars()):
        boxes = over.get(_address(pdfium.FPDFText_GetTextObject(text, index)))
        if not boxes or not _is_letter(pdfium.FPDFText_GetUnicode(text, index)):
            continue
        letter = text.get_charbox(index)
        least = _HIDDEN * area_of(letter)
        covering = [one for one in boxes if area_of(shared_by(one.box, letter) or _NONE) >= least]
        box = max(covering, default=None)  # the last that is drawn there
        if box is None or box in hiding:
            continue
        # With what is around it: an I alone is of one colour, seen or not.
        around = shared_by(box.box, text.get_charbox(index, loose=True)) or letter
        if (bright := seen.one_colour(around)) is not None:
            hiding[box] = bright < _DARK
    return sorted((one.box, is_dark) for one, is_dark in hiding.items())


def _is_letter(code: int) -> bool:
    return 0 < code < 0x110000 and chr(code).isalnum()


def _boxes(path: Any, within: Matrix) -> Iterator[Box]:
    """The solid shapes of one path: it may hold many."""
    fill, is_stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, is_stroked)
    matrix = one_after_other(matrix_of(path), within)
    shapes = _shapes(path) if fill.value else _strokes(path, matrix) if is_stroked.value else ()
    for shape in shapes:
        box = bounds_of(shape, matrix)
        if min(box[2] - box[0], box[3] - box[1]) < _LEAST:
            continue
        if area_within([placed(point, matrix) for point in shape]) >= _SOLID * area_of(box):
            yield box


def _shapes(path: Any) -> list[list[Point]]:
    shapes: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO or not shapes:
            shapes.append([])
        shapes[-1].append((x.value, y.value))
    return shapes


def _strokes(path: Any, matrix: Matrix) -> Iterator[list[Point]]:
    """What the strokes of a thick pen cover, each by itself."""
    width = ctypes.c_float()
    pdfium.FPDFPageObj_GetStrokeWidth(path, width)
    if width.value * scale_of(matrix) < _LEAST:
        return
    for shape in _shapes(path):
        for (x, y), (u, v) in pairwise(shape):
            if length := hypot(u - x, v - y):
                half = width.value / 2 / length
                dx, dy = (y - v) * half, (u - x) * half
                yield [(x + dx, y + dy), (u + dx, v + dy), (u - dx, v - dy), (x - dx, y - dy)]


def _address(thing: Any) -> int:
    return ctypes.cast(thing, ctypes.c_void_p).value or 0
