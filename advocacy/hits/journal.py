"""The journal of this machine: files in VAR_DIR/journal to which every worker appends its hits.

A hit is one `os.write` of forty bytes to a file opened with O_APPEND; nothing waits for the
database. Who may do what:

- A writer holds a shared `flock` on the file it appends to, for as long as it has it open. The
  kernel drops it when the process dies, however it dies.
- Opening, rotating and removing happen under the exclusive lock of `doors.lock`, so all workers
  append to the same newest file (double clicks are in the order of time), and none opens a file
  that is being removed.
- A file nobody writes to is never written to again: after a restart or a power cut a new one
  begins.
- A file is removed only while no writer holds it (see `finish`), when all of it has been folded.

Names are random, so an offset in the shared database belongs to one file of one machine. A copy of
VAR_DIR must not be used on a second machine: leave its `journal` folder empty there.
"""

import errno
import fcntl
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.signals import setting_changed

from advocacy.locks import locked, try_lock

from . import trouble
from .models import Trouble

ROTATE_AT = 10_000_000  # bytes, 250,000 hits: folded in one go
# To look at the file before each hit would cost more than the hit itself: who has looked at a file's
# times makes Linux (6.13 and later) write the next change of them to the disk's own journal.
LOOK_EVERY_S = 0.1
SUFFIX = ".journal"


def folder() -> Path:
    """Read at every call, as what is to be counted moves with VAR_DIR in tests."""
    return Path(settings.VAR_DIR) / "journal"


def files() -> list[Path]:
    """The journals of this machine, oldest first."""
    return sorted(folder().glob("*" + SUFFIX))


class Writer:
    """The open journal of one process. Threads share it; a forked child starts anew."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.descriptor: int | None = None
        self.looked_at = 0.0  # on the monotonic clock

    def append(self, record: bytes) -> bool:
        """Whether the whole record was written. Never raises: a failure is logged and remembered
        for staff.

        The lock is held across the write, because a descriptor closed by another thread could by
        then be somebody else's file.
        """
        with self.lock:
            try:
                descriptor = self.descriptor
                if descriptor is None or not self.is_usable_still(descriptor):
                    descriptor = self.descriptor = self.open()
                written = os.write(descriptor, record)
                if written != len(record):
                    # the disk is nearly full; the fold skips the torn record
                    written = os.write(descriptor, record)
                if written == len(record):
                    return True
                trouble.remember(
                    Trouble.What.JOURNAL, f"only {written} of {len(record)} bytes were written"
                )
            except OSError as error:
                trouble.remember(Trouble.What.JOURNAL, error)
                if error.errno in (errno.EBADF, errno.ESTALE):
                    self.close()  # a full disk alone is no reason for a new file
            return False

    def is_usable_still(self, descriptor: int) -> bool:
        """As `is_usable`, looked at now and then. Raises OSError."""
        now = time.monotonic()
        if now - self.looked_at < LOOK_EVERY_S:
            return True
        self.looked_at = now
        return is_usable(descriptor)

    def open(self) -> int:
        """Join the newest journal if others write to it and it has room; else begin a new one.
        Raises OSError.
        """
        self.close()
        self.looked_at = time.monotonic()
        here = folder()
        with doors(here):
            existing = files()
            descriptor = _join(existing[-1]) if existing else None
            if descriptor is None:
                descriptor = _begin(here, existing)
        return descriptor

    def close(self) -> None:
        if self.descriptor is not None:
            with suppress(OSError):
                os.close(self.descriptor)
        self.descriptor = None

    def let_go(self) -> None:
        """Close a journal that is full or gone, so that an idle worker does not keep it from
        being removed.
        """
        with self.lock:
            try:
                if self.descriptor is not None and not is_usable(self.descriptor):
                    self.close()
            except OSError:
                self.close()

    def moved(self, *, setting: str, **kwargs: Any) -> None:
        """Settings change in tests alone."""
        if setting == "VAR_DIR":
            self.close()

    def after_fork(self) -> None:
        """The lock may have been held by a thread that this child does not have; the parent's
        file stays the parent's.
        """
        self.lock = threading.Lock()
        self.close()


def is_usable(descriptor: int) -> bool:
    """Not when the journal was deleted by somebody, or is full. Raises OSError."""
    state = os.fstat(descriptor)
    return state.st_nlink > 0 and state.st_size < ROTATE_AT


def _join(path: Path) -> int | None:
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_size < ROTATE_AT and not try_lock(descriptor, fcntl.LOCK_EX):
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _begin(here: Path, existing: list[Path]) -> int:
    number = time.time_ns()
    if existing:  # after a clock was set back too, the new one sorts last
        number = max(number, int(existing[-1].name.partition("-")[0]) + 1)
    path = here / f"{number:020d}-{secrets.token_hex(8)}{SUFFIX}"
    descriptor = os.open(
        path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600
    )
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


@contextmanager
def doors(here: Path) -> Iterator[None]:
    """Alone in opening, rotating or removing a journal of this folder. Held for microseconds.
    Raises OSError.
    """
    here.mkdir(parents=True, exist_ok=True)
    with locked(here / "doors.lock", wait=True):
        yield


def has_writer(path: Path) -> bool:
    """Whether somebody may still append to this journal. Raises OSError."""
    with doors(path.parent):
        return _is_written_to(path)


def _is_written_to(path: Path) -> bool:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return not try_lock(descriptor, fcntl.LOCK_EX)
    finally:
        os.close(descriptor)


def finish(path: Path, folded: int) -> bool:
    """Remove a journal of which all `folded` bytes are in the database, if nobody writes to it.
    Raises OSError.
    """
    with doors(path.parent):
        if _is_written_to(path) or path.stat().st_size > folded:
            return False
        path.unlink()
        return True


writer = Writer()
append = writer.append
let_go = writer.let_go
os.register_at_fork(after_in_child=writer.after_fork)
setting_changed.connect(writer.moved)
