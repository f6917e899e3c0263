"""The journal of this machine: files in VAR_DIR/journal in which every worker puts down its hits.

A hit is forty bytes stored in a file that the worker has mapped into its memory: no call of the
kernel, and yet the kernel has it at once, so that a worker may be killed in the next instant
(docs/adr/0020). Who may do what:

- A file has one writer, and its whole room on the disk from the start, so that a full disk is an
  error when it is begun and nothing worse when it is written to. What is not written yet is zeros.
- The writer holds a `flock` on its file for as long as it has it open. The kernel drops it when the
  process dies, however it dies.
- Beginning and removing happen under the exclusive lock of `doors.lock`, so none removes a file that
  is being begun.
- A file without a writer is never written to again: after a restart or a power cut a new one begins.
- A file is removed only while it has no writer (see `finish`), when all of it has been folded.

Names are random, so an offset in the shared database belongs to one file of one machine. A copy of
VAR_DIR must not be used on a second machine: leave its `journal` folder empty there.
"""

import fcntl
import mmap
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
from .records import SIZE

LENGTH = 100_000 * SIZE  # bytes of a file: what a worker may put down before it begins the next
# How often a worker looks whether its file is still there, and how soon it tries again to begin one.
LOOK_EVERY_S = 0.1
SUFFIX = ".journal"


def folder() -> Path:
    """Read at every call, as what is to be counted moves with VAR_DIR in tests."""
    return Path(settings.VAR_DIR) / "journal"


def files() -> list[Path]:
    """The journals of this machine, oldest first."""
    return sorted(folder().glob("*" + SUFFIX))


class Book:
    """A journal open for writing, and mapped: the first `at` bytes of it are written."""

    def __init__(self, descriptor: int) -> None:
        """Takes over the descriptor. Raises OSError if there is no room for the whole of it."""
        self.descriptor = descriptor
        self.at = 0
        try:
            os.posix_fallocate(descriptor, 0, LENGTH)
            self.content = mmap.mmap(descriptor, LENGTH)
        except BaseException:
            os.close(descriptor)
            raise

    def is_full(self) -> bool:
        return self.at + SIZE > len(self.content)

    def is_there(self) -> bool:
        """Whether its file was not deleted meanwhile."""
        try:
            return os.fstat(self.descriptor).st_nlink > 0
        except OSError:
            return False

    def close(self) -> None:
        self.content.close()
        with suppress(OSError):
            os.close(self.descriptor)


class Writer:
    """The open journal of one process. Threads share it; a forked child begins its own."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.book: Book | None = None
        self.look_at = 0.0  # on the monotonic clock
        self.failed: OSError | None = None

    def append(self, record: bytes) -> bool:
        """Whether the whole record was put down. Never raises: a failure is logged and remembered
        for staff.

        `at` moves on after the record is there, so a live journal has no gap.
        """
        with self.lock:
            try:
                book = self.book
                if book is None or time.monotonic() >= self.look_at or book.is_full():
                    book = self.usable()
                at = book.at
                book.content[at : at + SIZE] = record
                book.at = at + SIZE
            except OSError as error:
                trouble.remember(Trouble.What.JOURNAL, error)
                return False
            return True

    def usable(self) -> Book:
        """The book at hand if it can be written to, else a new one. Raises OSError."""
        now = time.monotonic()
        if self.failed is not None and now < self.look_at:
            raise self.failed
        self.look_at = now + LOOK_EVERY_S
        try:
            if self.book is None or self.book.is_full() or not self.book.is_there():
                self.close()
                self.book = begin()
        except OSError as error:
            self.failed = error
            raise
        self.failed = None
        return self.book

    def close(self) -> None:
        if self.book is not None:
            self.book.close()
        self.book = self.failed = None

    def let_go(self) -> None:
        """Close a journal that is full or gone, so that an idle worker does not keep it from
        being removed.
        """
        with self.lock:
            if self.book is not None and (self.book.is_full() or not self.book.is_there()):
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


def begin() -> Book:
    """A new journal, which sorts last. Raises OSError."""
    here = folder()
    with doors(here):
        number = time.time_ns()
        if existing := files():  # after a clock was set back too
            number = max(number, int(existing[-1].name.partition("-")[0]) + 1)
        path = here / f"{number:020d}-{secrets.token_hex(8)}{SUFFIX}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            return Book(descriptor)
        except BaseException:
            path.unlink()
            raise


@contextmanager
def doors(here: Path) -> Iterator[None]:
    """Alone in beginning or removing a journal of this folder. Held for microseconds.
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
