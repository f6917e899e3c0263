"""Whether a picture is a picture of text, and so holds words that no search finds.

Letters are strokes thinner than a line is high, light or dark. Melted along the line they become bars:
straight, of even height, one above another, and a third to two thirds of each is stroke. Leaves, bricks
and windows melt as well, into what is not so. Nothing is read here.

All measures are pixels of a picture that is drawn smaller, step by step, until its letters fit them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from math import atan2, degrees, hypot, radians, sqrt, tan
from typing import NamedTuple

from PIL import Image, ImageChops, ImageOps

_LONGEST = 1_600  # of a side: there a line of small print is some ten pixels high
_SMALL = 800  # what is smaller is drawn at twice its size
_SMALLEST = 90

_STROKE = 9  # what is thinner may be one
_CONTRAST = 28  # of 255: the least between stroke and ground
_MELT = 11  # gaps within a line; those between lines are not closed
_SPECK = 3, 9  # high and long: what is less was no line

_THICK = (4.5, 20.0)
_LONG = 2.2  # times its thickness
_TILT = 14.0  # degrees, as a sheet is laid down
_INKED = (0.2, 0.75)  # of a line, by strokes
_CROSSED = (0.9, 5.0)  # strokes in a piece as long as the line is thick
_STRAIGHT = (0.6, 1.15)  # of the bar it would be, by the line

_LINES, _SIGNS = 3, 14.0  # from here on it is a picture of text
_ALL_CLEAR = 0.4  # of all that was melted, by such lines: then all of them count
_BLOCK, _CLEAR = 6, 0.65  # else those groups, with so many lines, that by themselves are clear

_RUN = re.compile(b"\xff+")
Pick = Callable[[Image.Image, Image.Image], Image.Image]


class Writing(NamedTuple):
    """The most that one way of looking has found."""

    lines: int  # that stand one above another
    signs: float  # about how many squares of a line's height they fill

    @property
    def is_text(self) -> bool:
        return self.lines >= _LINES and self.signs >= _SIGNS


def is_text(image: Image.Image) -> bool:
    return any(found.is_text for found in _looks(image))


def most(image: Image.Image) -> Writing:
    """For measuring how near a picture comes to text, or how far it is from it."""
    return max(_looks(image), key=lambda found: (found.is_text, found.signs), default=Writing(0, 0))


def _looks(image: Image.Image) -> Iterator[Writing]:
    """At letters of each size, lying and standing, dark and light."""
    for grey in _greys(image):
        while max(grey.size) >= _SMALLEST:
            for upright in (grey, grey.transpose(Image.Transpose.ROTATE_90)):
                for dark in (upright, ImageOps.invert(upright)):
                    yield _written(_bars(dark))
            grey = grey.reduce(2)


def _greys(image: Image.Image) -> Iterator[Image.Image]:
    """Small enough; what can be seen through, on a white page and on a black one."""
    longest = max(image.size)
    if longest > 2 * _LONGEST:
        image = image.reduce(longest // (2 * _LONGEST) + 1)
    factor = min(_LONGEST / max(image.size), 2 if longest < _SMALL else 1)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    for seen in _on_grounds(image):
        yield seen.convert("L").resize(size, Image.Resampling.BICUBIC)


def _on_grounds(image: Image.Image) -> Iterator[Image.Image]:
    if image.mode != "RGBA":
        yield image
        return
    alpha = image.getchannel("A")
    for colour in ("white", "black") if alpha.getextrema() != (255, 255) else ("white",):
        ground = Image.new("RGB", image.size, colour)
        ground.paste(image, mask=alpha)
        yield ground


# --- Strokes, melted ------------------------------------------------------------------------------


class _Bar(NamedTuple):
    """What was melted into one, measured as the rectangle it is most like."""

    x: float
    y: float
    length: float
    thickness: float
    tilt: float  # degrees
    area: int
    inked: float
    crossed: float

    @property
    def is_line(self) -> bool:
        return (
            _THICK[0] <= self.thickness <= _THICK[1]
            and self.length >= _LONG * self.thickness
            and abs(self.tilt) <= _TILT
            and _INKED[0] <= self.inked <= _INKED[1]
            and _CROSSED[0] <= self.crossed <= _CROSSED[1]
            and _STRAIGHT[0] <= self.area / (self.length * self.thickness) <= _STRAIGHT[1]
        )


def _bars(grey: Image.Image) -> list[_Bar]:
    strokes = _strokes(grey)
    melted = _shrunk(_grown(strokes, _MELT, 1), _MELT, 1)
    for down, across in ((_SPECK[0], 1), (1, _SPECK[1])):
        melted = _grown(_shrunk(melted, across, down), across, down)
    return [_bar(sums) for sums in _sums(melted, strokes)]


def _strokes(grey: Image.Image) -> Image.Image:
    """White where something thin is darker than what is around it."""
    filled = _shrunk(_grown(grey, _STROKE, _STROKE), _STROKE, _STROKE)
    hat = ImageChops.subtract(filled, grey)
    counts, strong, seen = hat.histogram(), 255, 0
    while seen + counts[strong] < 0.02 * sum(counts) and strong:
        seen += counts[strong]
        strong -= 1
    least = max(_CONTRAST, round(0.4 * strong))
    return hat.point([0] * least + [255] * (256 - least))


def _grown(image: Image.Image, across: int, down: int) -> Image.Image:
    return _spread(_spread(image, across, 0, ImageChops.lighter), 0, down, ImageChops.lighter)


def _shrunk(image: Image.Image, across: int, down: int) -> Image.Image:
    return _spread(_spread(image, across, 0, ImageChops.darker), 0, down, ImageChops.darker)


def _spread(image: Image.Image, across: int, down: int, pick: Pick) -> Image.Image:
    """The lightest or darkest of an odd number of neighbours, in as many steps as it has bits."""
    size, done = max(across, down), 1
    while done < size:
        step = min(done, size - done)
        image = pick(image, ImageChops.offset(image, step * bool(across), step * bool(down)))
        done += step
    return ImageChops.offset(image, -(across // 2), -(down // 2))


# --- Bars, measured -------------------------------------------------------------------------------


def _sums(melted: Image.Image, strokes: Image.Image) -> list[list[float]]:
    """Of each connected part: pixels, sums of x, y, x², xy and y², strokes, and edges of strokes."""
    width, height = melted.size
    data, ink = melted.tobytes(), strokes.tobytes()
    parents: list[int] = []
    sums: list[list[float]] = []
    above: list[tuple[int, int, int]] = []
    for y in range(height):
        start, here, first = y * width, [], 0
        for run in _RUN.finditer(data, start, start + width):
            left, right = run.start() - start, run.end() - start
            new, length = len(parents), right - left
            x = (left + right - 1) * length / 2
            squares = _squares(right) - _squares(left)
            edges = ink.count(b"\x00\xff", run.start(), run.end())
            inked = ink.count(b"\xff", run.start(), run.end())
            parents.append(new)
            sums.append([length, x, length * y, squares, x * y, length * y * y, inked, edges])
            here.append((left, right, new))
            while first < len(above) and above[first][1] <= left:
                first += 1
            for _left, _right, other in _touching(above, first, right):
                one, two = _root(parents, other), _root(parents, new)
                parents[max(one, two)] = min(one, two)
        above = here
    for index in range(len(sums) - 1, -1, -1):  # a part comes after what it belongs to
        if (root := parents[index]) != index:
            sums[root] = [a + b for a, b in zip(sums[root], sums[index], strict=True)]
    return [part for index, part in enumerate(sums) if parents[index] == index]


def _touching(
    above: list[tuple[int, int, int]], first: int, right: int
) -> Iterator[tuple[int, int, int]]:
    while first < len(above) and above[first][0] < right:
        yield above[first]
        first += 1


def _squares(end: int) -> float:
    """Of all numbers below it, added up."""
    return end * (end - 1) * (2 * end - 1) / 6


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = index = parents[parents[index]]
    return index


def _bar(sums: list[float]) -> _Bar:
    """The rectangle with the same second moments."""
    area, sx, sy, sxx, sxy, syy, inked, edges = sums
    x, y = sx / area, sy / area
    across, down, both = sxx / area - x * x, syy / area - y * y, sxy / area - x * y
    spread, half = hypot((across - down) / 2, both), (across + down) / 2 + 1 / 12
    thickness = sqrt(12 * max(half - spread, 1 / 12))
    return _Bar(
        x,
        y,
        length=sqrt(12 * (half + spread)),
        thickness=thickness,
        tilt=degrees(atan2(2 * both, across - down) / 2),
        area=int(area),
        inked=inked / area,
        crossed=edges / area * thickness,
    )


# --- Lines, one above another ----------------------------------------------------------------------


def _written(bars: list[_Bar]) -> Writing:
    """Lines that stand in groups, where there is little else."""
    lines = sorted((bar for bar in bars if bar.is_line), key=lambda bar: bar.y)
    groups = list(range(len(lines)))
    for index, line in enumerate(lines):
        for other in range(index + 1, len(lines)):
            if lines[other].y - line.y > 8 * _THICK[1]:
                break
            if _are_neighbours(line, lines[other]):
                one, two = _root(groups, index), _root(groups, other)
                groups[max(one, two)] = min(one, two)
    members: dict[int, list[_Bar]] = defaultdict(list)
    for index, line in enumerate(lines):
        members[_root(groups, index)].append(line)
    stacked = [group for group in members.values() if len(group) > 1]
    everything = sum(bar.area for bar in bars)
    if sum(line.area for group in stacked for line in group) < _ALL_CLEAR * everything:
        stacked = [group for group in stacked if len(group) >= _BLOCK and _is_clear(group, bars)]
    return Writing(
        sum(len(group) for group in stacked),
        sum(line.length / line.thickness for group in stacked for line in group),
    )


def _are_neighbours(one: _Bar, two: _Bar) -> bool:
    """Of the same size, parallel, and one above the other."""
    thin, thick = sorted((one.thickness, two.thickness))
    longer, shorter = sorted((one, two), key=lambda bar: -bar.length)
    if thick > 1.7 * thin:
        return False
    if shorter.length > 4 * shorter.thickness and abs(one.tilt - two.tilt) > 4:
        return False
    apart = abs(two.y - one.y - (two.x - one.x) * tan(radians(longer.tilt)))
    shared = min(bar.x + bar.length / 2 for bar in (one, two)) - max(
        bar.x - bar.length / 2 for bar in (one, two)
    )
    is_over = shared >= 0.4 * shorter.length
    return is_over and 1.15 * (thin + thick) / 2 <= apart <= 4.5 * (thin + thick) / 2


def _is_clear(group: list[_Bar], bars: list[_Bar]) -> bool:
    left = min(line.x - line.length / 2 for line in group)
    right = max(line.x + line.length / 2 for line in group)
    top, bottom = group[0].y - group[0].thickness, group[-1].y + group[-1].thickness
    around = [bar for bar in bars if left <= bar.x <= right and top <= bar.y <= bottom]
    return sum(line.area for line in group) >= _CLEAR * sum(bar.area for bar in around)
