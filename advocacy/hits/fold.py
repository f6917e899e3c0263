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
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError, OperationalError, close_old_connections, connections

from advocacy.locks import locked

from . import journal, ledger, records, trouble, visitors
from .models import Trouble

log = logging.getLogger("advocacy.hits")

# A busy worker writes some more before it sees that its journal is full.
CHUNK_BYTES = journal.ROTATE_AT + 20_000 * records.SIZE
EVERY_S = 1.0
HOUSEKEEPING_EVERY = 60
PATIENCE = 60  # attempts in a row that the database did not take, before staff are told


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
    """Remembers sizes between folds, so that an idle site asks the database nothing."""

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
        self.done = {name: size for name, size in self.done.items() if name in names}
        try:
            for path in paths:
                try:
                    one = self._fold_one(path)
                except FileNotFoundError:
                    continue  # deleted under us
                taken += one.records
                skipped += one.skipped_bytes
                removed += one.removed_journals
        except OperationalError as error:
            log.info("The fold of hits tries again later: %s", error)
            self.failures += 1
            if self.failures % PATIENCE == 0:
                trouble.remember(Trouble.What.FOLD, error)
            return Folded(taken, skipped, removed, busy=True)
        self.failures = 0
        return Folded(taken, skipped, removed)

    def _fold_one(self, path: Path) -> Folded:
        taken = skipped = 0
        size = path.stat().st_size
        if self.done.get(path.name) != size:
            start = ledger.offset(path.name)
            if start > size:
                start = self._step_back(path, start, size)
            while (part := self._fold_chunk(path, start)) is not None:
                start, taken, skipped = part[0], taken + part[1], skipped + part[2]
            self.done[path.name] = start
        removed = self._remove(path)
        return Folded(taken, skipped, removed)

    def _fold_chunk(self, path: Path, start: int) -> tuple[int, int, int] | None:
        """Fold up to CHUNK_BYTES from `start`: (where it ended, records, bytes left out), or None
        if there is nothing to do.
        """
        closed = not journal.has_writer(path)  # asked before reading: what is then torn stays torn
        with path.open("rb") as file:
            file.seek(start)
            data = file.read(CHUNK_BYTES)
            more = len(data) == CHUNK_BYTES
        runs, end = records.scan(data)
        if more:  # a record may begin in the last bytes and go on in the next chunk
            end = max(end, len(data) - records.SIZE + 1)
        elif closed:
            end = len(data)
        if not end:
            return None  # nothing new, or a record that is just being written
        whole = sum(len(run) for run in runs)
        if not ledger.enter(path.name, start, start + end, runs):
            return ledger.offset(path.name), 0, 0
        if end > whole:
            trouble.remember(
                Trouble.What.DAMAGE, f"{end - whole} bytes of {path.name} are no whole record"
            )
        return start + end, whole // records.SIZE, end - whole

    def _step_back(self, path: Path, start: int, size: int) -> int:
        trouble.remember(
            Trouble.What.DAMAGE, f"{path.name} has {size} bytes, {start} were folded before"
        )
        ledger.step_back(path.name, start, size)
        return size

    def _remove(self, path: Path) -> int:
        if not journal.finish(path, self.done[path.name]):
            return 0
        ledger.mark_removed(path.name)
        del self.done[path.name]
        return 1


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
