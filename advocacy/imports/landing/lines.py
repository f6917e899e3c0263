"""What became of each row, and the report of it as a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from django.utils.translation import gettext as _

from advocacy.cells import BOM, quoted

from ..outcomes import Outcome


class Line(NamedTuple):
    outcome: Outcome
    line: int  # of the source; 0: not known
    source: str
    key: str
    title: str = ""
    reasons: tuple[str, ...] = ()  # sentences
    address: str = ""  # here

    @property
    def is_told(self) -> bool:
        """Whether a report has a line for it: not, where there is nothing to know."""
        return self.outcome not in (Outcome.SAME, Outcome.PUBLISHED) or bool(self.reasons)


def heads() -> list[str]:
    return [
        _("Line"),
        _("Source"),
        _("Number there"),
        _("Title"),
        _("What became of it"),
        _("Why"),
        _("Address"),
    ]


class Report:
    """A CSV that begins with a BOM, for Excel; nothing in it can begin a formula."""

    def __init__(self, file: IO[str], *, goes_on: bool = False) -> None:
        self.writer = csv.writer(file)
        if not goes_on:
            file.write(BOM)
            self.writer.writerow(heads())

    def note(self, line: Line) -> None:
        if line.is_told:
            what = str(Outcome(line.outcome).label)
            said = (line.source, line.key, line.title, what, " ".join(line.reasons), line.address)
            self.writer.writerow([line.line or "", *map(quoted, said)])


def noted(lines: Iterable[Line], path: Path | None) -> Iterator[Line]:
    """The lines as they come, each written down in the report before it goes on."""
    if path is None:
        yield from lines
        return
    with path.open("w", encoding="utf-8", newline="") as file:
        report = Report(file)
        for line in lines:
            report.note(line)
            yield line
