"""Boxes, shapes and the matrices that place them on a page (ISO 32000-2, 8.3)."""

from __future__ import annotations

Box = tuple[float, float, float, float]  # left, bottom, right, top; points, as the page counts them
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]

UNMOVED: Matrix = (1, 0, 0, 1, 0, 0)


def one_after_other(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that moves as `first` does and then as `then`."""
    a, b, c, d, e, f = first
    corner = placed((e, f), then)
    return (
        *(a * then[0] + b * then[2], a * then[1] + b * then[3]),
        *(c * then[0] + d * then[2], c * then[1] + d * then[3]),
        *corner,
    )


def placed(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def scale_of(matrix: Matrix) -> float:
    a, b, c, d, _e, _f = matrix
    return abs(a * d - b * c) ** 0.5


def bounds_of(points: list[Point], matrix: Matrix) -> Box:
    on_page = [placed(point, matrix) for point in points]
    across, up = [x for x, _y in on_page], [y for _x, y in on_page]
    return min(across), min(up), max(across), max(up)


def area_within(points: list[Point]) -> float:
    """The area of a polygon (the shoelace formula)."""
    around = zip(points, [*points[1:], points[0]], strict=True)
    return abs(sum(x * v - u * y for (x, y), (u, v) in around)) / 2


def area_of(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def shared_by(one: Box, other: Box) -> Box | None:
    shared = (
        *(max(one[0], other[0]), max(one[1], other[1])),
        *(min(one[2], other[2]), min(one[3], other[3])),
    )
    return shared if shared[0] < shared[2] and shared[1] < shared[3] else None
