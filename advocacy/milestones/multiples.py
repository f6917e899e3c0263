"""The same small chart for each UN body: one scale of years, one height of a mark. Pure geometry.

Drawn by `templates/milestones/_multiples.html`; x in percent, y in pixels, as in chart.py.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .chart import Group, by_year, grouped, span
from .columns import Columns, Step
from .timeline import Facet

PITCH = 9.0  # px from one mark of a stack to the next
STACK = 54.0  # px a stack should not exceed


@dataclass(frozen=True)
class Multiple:
    """The chart of one body; `label` tells its years to who hears it."""

    code: str
    label: str
    groups: Sequence[Group]


@dataclass(frozen=True)
class Multiples:
    """In the order in which each body first stands in the record."""

    charts: Sequence[Multiple]
    base: float
    first: int
    last: int

    @property
    def height(self) -> float:
        return self.base + 18

    @property
    def tick_y(self) -> float:
        return self.base + 14


def beside(
    facets: Iterable[Facet], multiples: Multiples | None
) -> list[tuple[Facet, Multiple | None]]:
    """Each filter by a body with its chart, in the order of the charts; then those that have none."""
    charts = multiples.charts if multiples else ()
    left = {facet.value: facet for facet in facets}
    paired: list[tuple[Facet, Multiple | None]] = [
        (left.pop(one.code), one) for one in charts if one.code in left
    ]
    return paired + [(facet, None) for facet in left.values()]


def build(
    steps: Sequence[Step],
    bodies: Mapping[Hashable, str],
    *,
    selected: Container[Hashable] | None = None,
) -> Multiples | None:
    """`bodies` says of which body each step is. What `selected` leaves out is dimmed."""
    if not steps:
        return None
    of_body: dict[str, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: step.first):
        of_body[bodies[step.key]].append(step)
    years = span(steps)
    columns = {code: Columns(own, years, pitch=PITCH, stack=STACK) for code, own in of_body.items()}
    pitch = min(one.pitch for one in columns.values())
    for one in columns.values():
        one.pitch = pitch
    base = max(one.top for one in columns.values()) + 2
    charts = [
        Multiple(code, by_year(own), grouped(own, columns[code], base, selected))
        for code, own in of_body.items()
    ]
    return Multiples(charts, base, years[0], years[-1])
