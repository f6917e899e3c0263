"""Exports and tables as they lie on the disk, opened for as long as they are read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from . import wordpress
from .dumps import Tell
from .records import Kind, Read
from .tables import posts

READINGS = 2  # of an export: for its files and people, then for its posts


class Watched:
    """A file that says how much of it has been read."""

    def __init__(self, path: Path, tell: Tell) -> None:
        self.file, self.total, self.tell = path.open("rb"), READINGS * path.stat().st_size, tell
        self.done = 0

    def read(self, size: int, /) -> bytes:
        said = self.file.read(size)
        self.done += len(said)
        self.tell(self.done, self.total)
        return said

    def seek(self, place: int, /) -> int:
        return self.file.seek(place)


def of_wordpress(path: Path, types: Iterable[str], tell: Tell) -> Read:
    """`types` are those that a plugin has added, to be taken over as articles."""
    watched = Watched(path, tell)
    with watched.file:
        yield from wordpress.read(watched, dict.fromkeys(types, Kind.ARTICLE))


def of_table(path: Path, kind: Kind, tell: Tell, *, state: str = "") -> Read:
    size = path.stat().st_size
    with path.open("rb") as file:
        for one in posts.read(file, kind, state=state):
            tell(file.tell(), size)
            yield one
