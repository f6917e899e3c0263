"""The record as a list of years: filtered, counted, and with its gaps named. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Literal

from django.http import Http404
from django.utils.translation import gettext as _

from advocacy.dates.edtf import Date
from advocacy.dates.overlap import overlapping
from advocacy.publishing.richtext import plain
from advocacy.un.bodies import BODIES

from . import wording
from .models import Milestone, MilestoneText

NO_BODY = "none"  # the value of ?body= for steps of our own before no single body
DECADE = re.compile(r"[1-9][0-9]{2}0", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One milestone, told in the reader's language or else in the other one."""

    milestone: Milestone
    text: MilestoneText

    @property
    def shape(self) -> Literal["day", "month", "year"]:
        """How the time known is drawn: as a dot, a short bar or a long one."""
        return shape(self.milestone.date)

    @property
    def actor(self) -> str:
        return wording.actor(self.milestone)

    @property
    def outcome(self) -> str:
        return wording.outcome(self.milestone)

    @property
    def our_part(self) -> str:
        return plain(self.text.our_part)


def among(milestone: Milestone, record: Iterable[Milestone]) -> list[Milestone]:
    """The record in order with this one in it: in its own place, or in that of the row it replaces."""
    others = (one for one in record if one.pk not in (milestone.pk, milestone.replaces_id))
    return sorted(
        [milestone, *others], key=lambda one: (one.date_earliest, one.date_latest, one.pk)
    )


@dataclass(frozen=True)
class Year:
    number: int
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Gap:
    """Years of which there is nothing to tell, both ends included."""

    first: int
    last: int


@dataclass(frozen=True)
class Choice:
    """What the reader asks to see. `decade` is its first year; `body` may be NO_BODY."""

    body: str = ""
    decade: int | None = None

    def __bool__(self) -> bool:
        return bool(self.body or self.decade)

    def admits(self, milestone: Milestone) -> bool:
        if self.body and (milestone.body or NO_BODY) != self.body:
            return False
        return self.decade is None or in_decade(milestone.date, self.decade)

    def narrowed(self, milestones: Any) -> Any:
        """Those of a queryset that it admits."""
        if self.body:
            milestones = milestones.filter(body="" if self.body == NO_BODY else self.body)
        if self.decade is not None:
            milestones = milestones.filter(overlapping(*_ends(self.decade)))
        return milestones

    def names(self) -> list[str]:
        names = [body_name(self.body)] if self.body else []
        return [*names, decade_name(self.decade)] if self.decade else names


@dataclass(frozen=True)
class Facet:
    """One value of a filter: its count under the other choice, and the address that makes it.

    `value` is what it stands for; "" or None for all.
    """

    value: str | int | None
    name: str
    count: int
    path: str
    is_current: bool


def shape(date: Date) -> Literal["day", "month", "year"]:
    days = (date.latest - date.earliest).days
    if days == 0:
        return "day"
    return "month" if days < 31 else "year"


def chosen(asked: Mapping[str, str]) -> Choice:
    """Read `?body=` and `?decade=`. Raises Http404 on a body there is not and on what is no decade."""
    body, decade = asked.get("body", ""), asked.get("decade", "")
    if body and body != NO_BODY and body not in BODIES:
        raise Http404
    if decade and not DECADE.fullmatch(decade):
        raise Http404
    return Choice(body, int(decade) if decade else None)


def in_decade(when: Date, decade: int) -> bool:
    return when.overlaps(*_ends(decade))


def _ends(decade: int) -> tuple[date, date]:
    return date(decade, 1, 1), date(decade + 9, 12, 31)


def body_name(code: str) -> str:
    return BODIES[code].short() if code in BODIES else _("No single body")


def decade_name(decade: int) -> str:
    return _("%(decade)ds") % {"decade": decade}


def decades(milestones: Sequence[Milestone]) -> range:
    """The decades from the first milestone to the last."""
    years = [day.year for one in milestones for day in (one.date.earliest, one.date.latest)]
    if not years:
        return range(0)
    return range(min(years) // 10 * 10, max(years) + 1, 10)


def years(entries: Iterable[Entry], *, newest_first: bool = False) -> list[Year | Gap]:
    """Entries, oldest first, by the year they began; between two years the gaps nothing covers."""
    listed: list[Year | Gap] = []
    covered: set[int] = set()
    before = None
    for number, group in groupby(entries, key=lambda entry: entry.milestone.date.earliest.year):
        of_year = list(group)
        if before is not None:
            listed += _gaps(range(before + 1, number), covered)
        before = number
        listed.append(Year(number, of_year[::-1] if newest_first else of_year))
        for entry in of_year:
            for first, last in entry.milestone.date.spans:
                covered.update(range(first.year, last.year + 1))
    return listed[::-1] if newest_first else listed


def body_facets(
    milestones: Sequence[Milestone], choice: Choice, path_of: Callable[[Choice], str]
) -> list[Facet]:
    """All, then each body the record speaks of, counted within the decade chosen."""
    known = {milestone.body for milestone in milestones}
    codes = ["", *(code for code in BODIES if code in known or code == choice.body)]
    if "" in known or choice.body == NO_BODY:
        codes.append(NO_BODY)
    return [
        _facet(
            milestones,
            Choice(code, choice.decade),
            choice,
            path_of,
            code,
            code and body_name(code),
        )
        for code in codes
    ]


def decade_facets(
    milestones: Sequence[Milestone], choice: Choice, path_of: Callable[[Choice], str]
) -> list[Facet]:
    """All, then each decade, counted within the body chosen."""
    return [
        _facet(
            milestones,
            Choice(choice.body, decade),
            choice,
            path_of,
            decade,
            decade and decade_name(decade),
        )
        for decade in (None, *decades(milestones))
    ]


def _facet(
    milestones: Sequence[Milestone],
    offered: Choice,
    chosen: Choice,
    path_of: Callable[[Choice], str],
    value: str | int | None,
    name: str | None,
) -> Facet:
    count = sum(offered.admits(milestone) for milestone in milestones)
    return Facet(value, name or _("All"), count, path_of(offered), offered == chosen)


def _gaps(between: range, covered: set[int]) -> list[Gap]:
    gaps: list[Gap] = []
    for year in between:
        if year in covered:
            continue
        if gaps and gaps[-1].last == year - 1:
            gaps[-1] = Gap(gaps[-1].first, year)
        else:
            gaps.append(Gap(year, year))
    return gaps
