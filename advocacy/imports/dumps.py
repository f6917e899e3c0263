"""A dump as it lies on the disk: read twice, first what stands beside the posts, then the posts."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.utils.translation import gettext as _

from .sql import Problem, Row, rows
from .sql.letters import Letters
from .sql.statements import Known, Wanted

#: Called with how many bytes of how many have been read, in both readings together.
Tell = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    pass


class Dump:
    """`encoding` is what its text is in, where that should not be told from the bytes."""

    def __init__(self, path: Path, *, encoding: str = "", tell: Tell = silent) -> None:
        self.path, self.tell = path, tell
        self.letters = Letters(encoding)
        self.size = path.stat().st_size
        self.readings = 0

    def rows(
        self, wanted: Wanted, known: Known = lambda table, number: None
    ) -> Iterator[Row | Problem]:
        before, self.readings = self.readings * self.size, self.readings + 1
        line = told = 0
        try:
            with self.path.open("rb") as file, closing(_unpacked(file)) as stream:
                for row in rows(stream, wanted, known):
                    if (read := file.tell()) != told:
                        self.tell(before + read, 2 * self.size)
                        told = read
                    line = row.line
                    yield row
        except (EOFError, zlib.error, gzip.BadGzipFile):
            yield Problem(line, _("The packed dump is damaged: nothing after this line was read."))

    def read(self, row: Row) -> Read:
        return Read(row, self.letters)


def _unpacked(file: IO[bytes]) -> Any:
    """gzip by its first bytes, whatever the name says."""
    is_packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return gzip.GzipFile(fileobj=file) if is_packed else file


class Read(NamedTuple):
    """A row whose values are read when they are asked for; what is not asked for never is."""

    row: Row
    letters: Letters

    def text(self, name: str) -> str:
        return self.whole(name)[0]

    def whole(self, name: str) -> tuple[str, bool]:
        """A text, and whether some of its bytes were no letters."""
        raw = self.row.values.get(name)
        return self.letters.text(raw) if raw else ("", False)

    def line_of_text(self, name: str) -> str:
        """In one line, without blanks around it."""
        return " ".join(self.text(name).split())

    def number(self, name: str) -> int:
        """0 where there is none, or none that a count could be."""
        try:
            return max(0, min(int(self.row.values.get(name) or b"0"), 2**62))
        except ValueError:
            return 0

    def key(self, name: str) -> str:
        """A number that names a row, as it is written; empty where it is none."""
        raw = (self.row.values.get(name) or b"").strip()
        return str(int(raw)) if raw.isdigit() and len(raw) <= 19 else ""
