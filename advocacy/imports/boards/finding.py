"""The boards somebody asked for, and which of them a dump holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from ..records import Skipped
from ..sql import Problem


def columns(names: str) -> frozenset[str]:
    """What is read of a table; nothing else of it is ever held."""
    return frozenset(names.split())


class Boards:
    """All, where none is named."""

    def __init__(self, named: Collection[str]) -> None:
        self.named = set(named)
        self.met: set[str] = set()

    def has(self, board: str) -> bool:
        return bool(board) and (not self.named or board in self.named)

    def found(self, board: str) -> None:
        self.met.add(board)

    def missing(self) -> Iterator[Skipped]:
        for board in sorted(self.named - self.met):
            yield Skipped(0, board, _("The dump holds no post of this board."))
        if not self.named and not self.met:
            yield Skipped(0, "", _("The dump holds no table of such a board."))


def said_of(problem: Problem) -> Skipped:
    return Skipped(problem.line, "", problem.sentence)
