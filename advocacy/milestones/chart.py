"""The chart of the record: in it every mark is one milestone.

Pure geometry, drawn by `templates/milestones/_chart.html`. x and widths are percent of the chart's
width, y and heights CSS pixels from its top: in an SVG without a viewBox the marks then stretch
with the page while text keeps its size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.un.bodies import BODIES

from .annotations import ROW, Annotation, Flag, place
from .columns import PITCH, Columns, Mark, Step

if TYPE_CHECKING:
    from .models import Milestone

AXIS = 28  # years whose labels, 32 px each, find room side by side from 64 rem on
PERIOD = 5  # years a label stands for beyond that


@dataclass(frozen=True)
class Group:
    """Marks drawn alike: `classes` says by whom, whether a turning point, whether dimmed."""

    classes: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Tick:
    x: float
    anchor: str
    year: int


@dataclass(frozen=True)
class Period:
    """One label of the axis, a year or five; `target` is the first year in it that has a milestone."""

    first: int
    last: int
    count: int
    target: int | None


@dataclass(frozen=True)
class Chart:
    total: int
    summary: str
    label: str
    height: float
    base: float
    headroom: int  # rows of notes above the tallest stack
    fine: bool  # marks so low that their borders must be thin
    groups: Sequence[Group]
    annotations: Sequence[Annotation]
    ticks: Sequence[Tick]
    axis: Sequence[Period]

    @property
    def tick_y(self) -> float:
        return self.base + 17

    @property
    def marks(self) -> list[Mark]:
        return [mark for group in self.groups for mark in group.marks]


def steps(milestones: Iterable[Milestone]) -> list[Step]:
    """Milestones as the chart sees them; a set of times stands at its first member."""
    seen = []
    for milestone in milestones:
        first, last = milestone.date.spans[0]
        body = BODIES.get(milestone.body)
        seen.append(
            Step(
                key=milestone.pk,
                first=first.year,
                last=last.year,
                own=milestone.own_step,
                turning=milestone.turning_point,
                actor=body.short() if body else "",
            )
        )
    return seen


def build(
    steps: Iterable[Step],
    *,
    selected: Container[Hashable] | None = None,
    annotate: bool = True,
    axis: bool = False,
    summary: str = "",
) -> Chart:
    """Lay out the whole record; whatever `selected` leaves out is dimmed, never dropped.

    `annotate` names the turning points where there is room, and only while nothing is dimmed.
    `axis` adds a label for every year, to be drawn as links. `summary` replaces the sentence above.
    """
    steps = sorted(steps, key=lambda step: step.first)
    if not steps:
        return Chart(0, summary or _("No milestone yet."), "", 0, 0, 0, False, (), (), (), ())
    years = span(steps)
    columns = Columns(steps, years)
    chosen = [step for step in steps if selected is None or step.key in selected]
    flags = _flags(steps, columns) if annotate and selected is None else []
    annotations, rows = place(flags, stacks=columns.tops())
    base = columns.top + 2 + rows * ROW
    return Chart(
        total=len(steps),
        summary=summary or _summary(steps),
        label=_label(chosen, steps),
        height=base + 22,
        base=base,
        headroom=rows,
        fine=columns.pitch < PITCH,
        groups=grouped(steps, columns, base, selected),
        annotations=[note.below(base) for note in annotations],
        ticks=_ticks(years),
        axis=_axis(chosen, years) if axis else (),
    )


def span(steps: Sequence[Step]) -> range:
    """The years that a chart of these shows."""
    first, last = min(step.first for step in steps), max(step.last for step in steps)
    if last - first >= AXIS:  # labels stand for five years each, all of them whole
        first, last = first - first % PERIOD, last - last % PERIOD + PERIOD - 1
    return range(first, last + 1)


def grouped(
    steps: Sequence[Step], columns: Columns, base: float, selected: Container[Hashable] | None
) -> list[Group]:
    """Their marks by how they are drawn; what `selected` leaves out is dimmed."""
    groups: dict[str, list[Mark]] = {}
    for step in steps:
        classes = "o" if step.own else "u"
        if step.turning:
            classes += " t"
        if selected is not None and step.key not in selected:
            classes += " off"
        groups.setdefault(classes, []).append(columns.mark(step.key, base))
    return [Group(classes, marks) for classes, marks in groups.items()]


def _flags(steps: Sequence[Step], columns: Columns) -> list[Flag]:
    actors: dict[int, list[str]] = {}
    for step in steps:
        if step.turning and step.actor:
            names = actors.setdefault(step.first, [])
            if step.actor not in names:
                names.append(step.actor)
    return [
        Flag(
            x=round((year - columns.years[0] + 0.5) * columns.width, 3),
            text=f"{year} {', '.join(names)}",
        )
        for year, names in sorted(actors.items())
    ]


def _ticks(years: range) -> list[Tick]:
    """A tick a year, up to five years; beyond that the first, the last and three between."""
    last = len(years) - 1
    few = last < 5
    ticks = []
    for index in range(last + 1) if few else (round(last * n / 4) for n in range(5)):
        x, anchor = round((index + 0.5) * 100 / len(years), 3), "middle"
        if not few and index in (0, last):
            x, anchor = (0.0, "start") if index == 0 else (100.0, "end")
        ticks.append(Tick(x, anchor, years[index]))
    return ticks


def _axis(chosen: Sequence[Step], years: range) -> list[Period]:
    counts = Counter(step.first for step in chosen)
    length = PERIOD if len(years) > AXIS else 1
    periods = []
    for first in years[::length]:
        span = range(first, first + length)
        target = next((year for year in span if counts[year]), None)
        periods.append(Period(first, span[-1], sum(counts[year] for year in span), target))
    return periods


def _summary(steps: Sequence[Step]) -> str:
    by_the_un = sum(not step.own for step in steps)
    total = ngettext(
        "Each mark is one milestone: %(count)d.",
        "Each mark is one milestone: %(count)d in all.",
        len(steps),
    ) % {"count": len(steps)}
    acted = ngettext(
        "%(count)d is a step by a UN body.", "%(count)d are steps by a UN body.", by_the_un
    ) % {"count": by_the_un}
    return f"{total} {acted}"


def _label(chosen: Sequence[Step], steps: Sequence[Step]) -> str:
    parts = [
        _("Chart of milestones by year, %(first)d to %(last)d.")
        % {"first": min(step.first for step in steps), "last": max(step.last for step in steps)}
    ]
    if len(chosen) < len(steps):
        parts.append(
            _("%(count)d of %(total)d stand out.") % {"count": len(chosen), "total": len(steps)}
        )
    return " ".join([*parts, by_year(chosen)])


def by_year(steps: Iterable[Step]) -> str:
    """`2003: 1. 2014: 3.`, for who hears a chart."""
    counts = Counter(step.first for step in steps)
    return " ".join(f"{year}: {counts[year]}." for year in sorted(counts))
