"""Where the bytes are kept: under keys the server makes, whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from advocacy.locks import locked

KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}\.[a-z]{3,4}")
HALF = ".half"
PATIENCE_S = 10.0


class DurableStorage(FileSystemStorage):
    """Files that are on the disk when `save` returns, and under their name only when whole."""

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        self._make_directory(target.parent)
        descriptor, half = tempfile.mkstemp(suffix=HALF, dir=target.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                if self.file_permissions_mode is not None:
                    os.fchmod(file.fileno(), self.file_permissions_mode)
                os.fsync(file.fileno())
            Path(half).replace(target)
        except BaseException:
            Path(half).unlink(missing_ok=True)
            raise
        _sync_directory(target.parent)
        return name

    def _make_directory(self, directory: Path) -> None:
        mode = self.directory_permissions_mode or 0o777
        missing = [directory, *directory.parents]
        for parent in reversed([path for path in missing if not path.exists()]):
            parent.mkdir(mode=mode, exist_ok=True)
            _sync_directory(parent.parent)


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def keep(path: Path, ending: str) -> str:
    """Put a copy of a file into the storage and return its new key."""
    name = secrets.token_hex(16)
    with path.open("rb") as file:
        return default_storage.save(f"{name[:2]}/{name[2:4]}/{name}.{ending}", File(file))


def fetch(key: str, target: Path) -> None:
    """Put a copy of what is stored where it can be read. Raises FileNotFoundError."""
    with default_storage.open(key, "rb") as stored, target.open("wb") as copy:
        for chunk in stored.chunks():
            copy.write(chunk)


def drop(keys: Iterable[str]) -> None:
    """What may not be deleted just now, the daily sweep will find: nothing names it any more."""
    with deleting() as may_delete:
        for key in keys if may_delete else ():
            default_storage.delete(key)


@contextmanager
def deleting() -> Iterator[bool]:
    """Whether files may be deleted within: not while somebody counts on them to stay."""
    lock = _lock()
    if not lock.exists():  # whoever makes it now has not yet looked what there is
        yield True
        return
    with locked(lock, wait=False, shared=True) as mine:
        yield mine


@contextmanager
def nothing_deleted() -> Iterator[bool]:
    """Within, no file is deleted, on no machine with this MEDIA_ROOT. False if somebody else asked
    for that and has not ended; who is deleting just now is waited for.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        with locked(_lock(), wait=False) as mine:
            if mine or time.monotonic() > until:
                yield mine
                return
        time.sleep(0.05)


def _lock() -> Path:
    return Path(settings.MEDIA_ROOT) / ".lock"


def incoming() -> Path:
    """Where uploads lie while they are read; on the machine itself, whatever the storage is."""
    directory = Path(settings.VAR_DIR) / "incoming"
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return directory


@contextmanager
def workplace() -> Iterator[Path]:
    """A directory for the work on one file, gone afterwards."""
    with tempfile.TemporaryDirectory(dir=incoming()) as directory:
        yield Path(directory)
