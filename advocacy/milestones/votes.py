"""How states voted, over the years: each vote a bar of shares. Pure geometry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from advocacy.un.bodies import BODIES

from .models import Milestone
from .timeline import Entry


@dataclass(frozen=True)
class Share:
    """A part of the bar in % of its length, drawn as `classes` say."""

    classes: str
    x: float
    width: float


@dataclass(frozen=True)
class Vote:
    """The numbers of states, in the order of the bar: from one side to the other."""

    entry: Entry
    in_favour: int
    abstaining: int
    against: int

    @property
    def body(self) -> str:
        """Short; "" where no body acted."""
        body = BODIES.get(self.entry.milestone.body)
        return body.short() if body else ""

    @property
    def symbols(self) -> list[str]:
        return [str(use.symbol) for use in self.entry.milestone.symbols.all()]

    @property
    def shares(self) -> Sequence[Share]:
        total = self.in_favour + self.abstaining + self.against
        if not total:
            return ()
        parts, start = [], 0.0
        for classes, count in (
            ("u", self.in_favour),
            ("o", self.abstaining),
            ("u t", self.against),
        ):
            width = 100 * count / total
            if count:
                parts.append(Share(classes, round(start, 3), round(width, 3)))
            start += width
        return parts


def votes(entries: Iterable[Entry]) -> list[Vote]:
    """Those that were decided by one, in the order given."""
    return [
        Vote(
            entry,
            in_favour=entry.milestone.votes_for or 0,
            abstaining=entry.milestone.votes_abstaining or 0,
            against=entry.milestone.votes_against or 0,
        )
        for entry in entries
        if entry.milestone.outcome == Milestone.Outcome.VOTE
    ]
