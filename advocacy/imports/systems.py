"""The systems whose dumps can be imported, by the names the desk and the commands give them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from .boards import gnuboard, xe, zeroboard
from .dumps import Dump, Tell
from .records import Read

#: Given a file, the boards somebody asked for and whom to tell how far it has come.
Opening = Callable[[Path, Sequence[str], Tell], Read]


def _of_a_dump(read: Callable[[Dump, Sequence[str]], Read]) -> Opening:
    return lambda path, boards, tell: read(Dump(path, tell=tell), boards)


SYSTEMS: dict[str, tuple[str, Opening]] = {
    gnuboard.SOURCE: ("GNUboard 4, 5", _of_a_dump(gnuboard.read)),
    xe.SOURCE: ("XpressEngine, Rhymix", _of_a_dump(xe.read)),
    zeroboard.SOURCE: ("Zeroboard 4", _of_a_dump(zeroboard.read)),
}
CHOICES = [(name, label) for name, (label, _read) in SYSTEMS.items()]


def opened(system: str, path: Path, boards: Sequence[str], tell: Tell) -> Read:
    _label, opening = SYSTEMS[system]
    return opening(path, boards, tell)
