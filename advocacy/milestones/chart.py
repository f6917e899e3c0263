"""The chart of the record: in it every mark is one milestone.

Pure geometry, drawn by `templates/milestones/_chart.html`. x and widths are percent of the chart's
width, y and heights CSS pixels from its top: in an SVG without a viewBox the marks then stretch
with the page while text keeps its size.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.un.bodies import BODIES

from .annotations import ROW, Annotation, Flag, place

if TYPE_CHECKING:
    from .models import Milestone

PITCH = 14.0  # px from one mark of a stack to the next
STACK = 168.0  # px a stack should not exceed
FINEST = 3.0  # px; a pitch below this could not be seen
SLOT = 4.2  # % of the width a mark may take with its margin, however few the years
NARROWEST_SLOT = 1.6  # %; on a small phone some five pixels
AXIS = 28  # years whose labels, 32 px each, find room side by side from 64 rem on
PERIOD = 5  # years a label stands for beyond that


@dataclass(frozen=True)
class Step:
    """One milestone as the chart sees it: `first` and `last` are the years it covers."""

    key: Hashable
    first: int
    last: int
    own: bool = False
    turning: bool = False
    actor: str = ""  # who acted, short, for the note above a turning point


@dataclass(frozen=True)
class Mark:
    key: Hashable
    x: float
    y: float
    width: float
    height: float


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
    years = _years(steps)
    columns = _Columns(steps, years)
    chosen = [step for step in steps if selected is None or step.key in selected]
    flags = _flags(steps, columns) if annotate and selected is None else []
    annotations, rows = place(flags, stacks=columns.tops())
    base = columns.top + 2 + rows * ROW
    return Chart(
        total=len(steps),
        summary=summary or _summary(steps),
        label=_label(chosen, steps, years),
        height=base + 22,
        base=base,
        headroom=rows,
        fine=columns.pitch < PITCH,
        groups=_groups(steps, columns, base, selected),
        annotations=[note.below(base) for note in annotations],
        ticks=_ticks(years),
        axis=_axis(chosen, years) if axis else (),
    )


class _Columns:
    """Where each mark stands: a column of slots a year, filled from the base up."""

    def __init__(self, steps: Sequence[Step], years: range) -> None:
        self.years = years
        self.width = 100 / len(years)
        fullest = max(Counter(step.first for step in steps).values())
        room = max(1, int(self.width / NARROWEST_SLOT))
        self.slots = min(math.ceil(fullest * PITCH / STACK), room)
        self.slot = min(self.width / self.slots, SLOT)
        self.filled = [0] * (len(years) * self.slots)
        self.place: dict[Hashable, tuple[int, int, int]] = {}  # first slot, last slot, row
        # What lasts longest lies at the bottom, so that nothing hangs in the air above it.
        for step in sorted(steps, key=lambda step: step.first - step.last):
            self._put(step)
        self.pitch = max(FINEST, min(PITCH, STACK / max(self.filled)))

    def _put(self, step: Step) -> None:
        start = (step.first - self.years[0]) * self.slots
        if step.last > step.first:
            end = (step.last - self.years[0] + 1) * self.slots - 1
        else:
            start = end = min(range(start, start + self.slots), key=self.filled.__getitem__)
        row = max(self.filled[start : end + 1])
        self.filled[start : end + 1] = [row + 1] * (end - start + 1)
        self.place[step.key] = (start, end, row)

    @property
    def top(self) -> float:
        """px from the base to the top of the fullest column."""
        return max(self.filled) * self.pitch + 4

    def centre(self, slot: int) -> float:
        year, part = divmod(slot, self.slots)
        return (year + 0.5) * self.width + (part - (self.slots - 1) / 2) * self.slot

    def tops(self) -> list[tuple[float, float, float]]:
        """Left and right edge of each filled slot in %, and its height in px."""
        half = self.slot / 2
        return [
            (self.centre(slot) - half, self.centre(slot) + half, rows * self.pitch + 4)
            for slot, rows in enumerate(self.filled)
            if rows
        ]

    def mark(self, key: Hashable, base: float) -> Mark:
        start, end, row = self.place[key]
        height = self.pitch * 11 / 14
        margin = self.slot * 0.38
        left, right = self.centre(start) - margin, self.centre(end) + margin
        return Mark(
            key=key,
            x=round(left, 3),
            y=round(base - 4 - row * self.pitch - height, 2),
            width=round(right - left, 3),
            height=round(height, 2),
        )


def _years(steps: Sequence[Step]) -> range:
    first, last = min(step.first for step in steps), max(step.last for step in steps)
    if last - first >= AXIS:  # labels stand for five years each, all of them whole
        first, last = first - first % PERIOD, last - last % PERIOD + PERIOD - 1
    return range(first, last + 1)


def _groups(
    steps: Sequence[Step], columns: _Columns, base: float, selected: Container[Hashable] | None
) -> list[Group]:
    groups: dict[str, list[Mark]] = {}
    for step in steps:
        classes = "o" if step.own else "u"
        if step.turning:
            classes += " t"
        if selected is not None and step.key not in selected:
            classes += " off"
        groups.setdefault(classes, []).append(columns.mark(step.key, base))
    return [Group(classes, marks) for classes, marks in groups.items()]


def _flags(steps: Sequence[Step], columns: _Columns) -> list[Flag]:
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


def _label(chosen: Sequence[Step], steps: Sequence[Step], years: range) -> str:
    counts = Counter(step.first for step in chosen)
    parts = [
        _("Chart of milestones by year, %(first)d to %(last)d.")
        % {"first": min(step.first for step in steps), "last": max(step.last for step in steps)}
    ]
    if len(chosen) < len(steps):
        parts.append(
            _("%(count)d of %(total)d stand out.") % {"count": len(chosen), "total": len(steps)}
        )
    parts += [f"{year}: {counts[year]}." for year in years if counts[year]]
    return " ".join(parts)
