"""Folds the journals of this machine into the database: each complete record once, whatever is
killed when.

Several processes may try; the lock of `fold.lock` lets one at a time work, and the transaction in
`ledger` would keep the count right without it. When the database is locked or away, the fold leaves
everything as it is and tries again.

What can still differ from what readers received: a record is written just before its response, so a
SIGKILL may count one request in flight too many; a power cut may lose records that the disk had not
yet taken.
"""

import logging
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import DatabaseError, OperationalError, close_old_connections, connections

from advocacy.locks import locked

from . import journal, ledger, records, trouble, visitors
from .ledger import Part
from .models import Trouble

log = logging.getLogger("advocacy.hits")

AT_ONCE = 250_000 * records.SIZE  # bytes of journals: what one transaction counts, about
EVERY_S = 1.0
HOUSEKEEPING_EVERY = 60
PATIENCE = 60  # attempts in a row that the database did not take, before staff are told


class Read(NamedTuple):
    """A part of a journal, and how many written bytes in it are no whole record."""

    part: Part
    torn: int


@dataclass(frozen=True)
class Folded:
    """What one fold did. `busy`: another process was at it, or the database did not answer;
    nothing is lost.
    """

    records: int = 0
    skipped_bytes: int = 0
    removed_journals: int = 0
    busy: bool = False


class Folder:
    """Remembers up to where each journal is folded, so that an idle site asks the database
    nothing.
    """

    def __init__(self) -> None:
        self.done: dict[str, int] = {}
        self.failures = 0

    def fold(self) -> Folded:
        """Fold all there is. Raises OSError if the folder of journals cannot be read."""
        here = journal.folder()
        if not here.is_dir():
            return Folded()
        with locked(here / "fold.lock", wait=False) as mine:
            if not mine:
                return Folded(busy=True)
            return self._fold_all(journal.files())

    def _fold_all(self, paths: list[Path]) -> Folded:
        taken = skipped = removed = 0
        names = {path.name for path in paths}
        self.done = {name: at for name, at in self.done.items() if name in names}
        try:
            for parts in self._batches(paths):
                one = self._enter(parts)
                taken, skipped = taken + one.records, skipped + one.skipped_bytes
            removed = sum(map(self._remove, paths))
        except OperationalError as error:
            log.info("The fold of hits tries again later: %s", error)
            self.failures += 1
            if self.failures % PATIENCE == 0:
                trouble.remember(Trouble.What.FOLD, error)
            return Folded(taken, skipped, removed, busy=True)
        self.failures = 0
        return Folded(taken, skipped, removed)

    def _batches(self, paths: list[Path]) -> Iterator[list[Read]]:
        """What is new in the journals. Those that workers write at the same time go together, as a
        double click may be half in one and half in the other.
        """
        batch: list[Read] = []
        for path in paths:
            with suppress(FileNotFoundError):  # deleted under us
                if read := self._read(path):
                    batch.append(read)
            if sum(end - start for (_name, start, end, _runs), _torn in batch) >= AT_ONCE:
                yield batch
                batch = []
        if batch:
            yield batch

    def _read(self, path: Path) -> Read | None:
        """What is new in a journal. One that has a writer ends for us with its last whole record;
        what is torn in another stays torn.
        """
        name = path.name
        live = journal.has_writer(path)  # asked before reading
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if live:
                file.seek(self.done.get(name, 0))
                if not file.read(records.SIZE).strip(records.BLANK):
                    return None
            elif self.done.get(name) == size:
                return None
            start = ledger.offset(name)
            if start > size:
                start = self._step_back(name, start, size)
            file.seek(start)
            data = file.read()
        if live:
            run = records.whole_start(data)
            if not run:  # folded by another process, or just being written
                self.done[name] = start
                return None
            return Read(Part(name, start, start + len(run), [run]), 0)
        runs, torn = records.scan(data)
        return Read(Part(name, start, start + len(data), runs), torn)

    def _enter(self, batch: list[Read]) -> Folded:
        if not ledger.enter([part for part, _torn in batch]):
            return Folded(busy=True)
        for part, torn in batch:
            self.done[part.name] = part.end
            if torn:
                trouble.remember(
                    Trouble.What.DAMAGE, f"{torn} bytes of {part.name} are no whole record"
                )
        taken = sum(len(run) for part, _torn in batch for run in part.runs) // records.SIZE
        return Folded(taken, sum(torn for _part, torn in batch))

    def _step_back(self, name: str, start: int, size: int) -> int:
        trouble.remember(
            Trouble.What.DAMAGE, f"{name} has {size} bytes, {start} were folded before"
        )
        ledger.step_back(name, start, size)
        return size

    def _remove(self, path: Path) -> bool:
        with suppress(FileNotFoundError):  # deleted under us
            if journal.finish(path, self.done.get(path.name, -1)):
                ledger.mark_removed(path.name)
                del self.done[path.name]
                return True
        return False


def fold() -> Folded:
    """Fold what is there now. Raises OSError; a database that does not answer makes it `busy`."""
    return Folder().fold()


def run_forever(stop: threading.Event, every_s: float = EVERY_S) -> None:
    """The background thread of a server process: fold once a second, until `stop` is set. Never
    raises.

    Every process runs one: each also keeps the day's secret in memory, lets go of full journals and
    tells its trouble.
    """
    folder = Folder()
    turn = 0
    while not stop.wait(every_s):
        close_old_connections()
        try:
            tick(folder, housekeeping=turn % HOUSEKEEPING_EVERY == 0)
            turn += 1
        except (OSError, DatabaseError) as error:
            trouble.remember(Trouble.What.FOLD, error)
        except Exception as error:
            log.exception("The fold of hits failed")
            trouble.remember(Trouble.What.FOLD, error)
    connections.close_all()


def tick(folder: Folder, *, housekeeping: bool, at: datetime | None = None) -> Folded:
    """One turn of the background thread. Raises OSError, DatabaseError."""
    visitors.prepare(at)
    journal.let_go()
    folded = folder.fold()
    if housekeeping and not folded.busy:
        visitors.forget_past_days(at)
    trouble.tell_staff()
    return folded
