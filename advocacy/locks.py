"""Locks of this machine: a file that one process at a time holds. The kernel lets go of it when the
process dies, however it dies.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the exclusive lock of the file `path`; gives False if it is taken and we are not to
    wait. Raises OSError.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if wait:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield True
        else:
            yield try_lock(descriptor, fcntl.LOCK_EX)
    finally:
        fcntl.flock(
            descriptor, fcntl.LOCK_UN
        )  # a child forked meanwhile has the descriptor too: closing is not enough
        os.close(descriptor)


def try_lock(descriptor: int, operation: int) -> bool:
    """Lock an open file if that can be done at once. Raises OSError."""
    try:
        fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
