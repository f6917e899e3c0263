"""Locks of this machine: a file that one process at a time holds. The kernel lets go of it when the
process dies, however it dies.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: Path, *, wait: bool, shared: bool = False) -> Iterator[bool]:
    """Hold the lock of the file `path`, alone or with others who share it; gives False if it is
    taken and we are not to wait. Raises OSError.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        if wait:
            fcntl.flock(descriptor, operation)
            yield True
        else:
            yield try_lock(descriptor, operation)
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
