"""Where archives and what goes into them lie: names of files, room on disks, and who works there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from advocacy.attachments import storage

from .refused import Refused

#: Left free on every disk: what the site itself writes meanwhile still fits.
SPARE = 100_000_000
_WORK = ".nkhr-backup-"


@contextmanager
def alone() -> Iterator[None]:
    """No other backup or restore runs meanwhile, and no stored file is deleted. Raises Refused."""
    with storage.nothing_deleted() as mine:
        if not mine:
            raise Refused("Another backup or restore is running: try again when it has ended.")
        yield


@contextmanager
def workplace(directory: Path) -> Iterator[Path]:
    """A directory in that one for what is only needed meanwhile. To be asked for by whoever is
    alone: what killed processes left there is removed.
    """
    for left in directory.glob(_WORK + "*"):
        shutil.rmtree(left, ignore_errors=True)
    try:
        place = tempfile.TemporaryDirectory(prefix=_WORK, dir=directory)
    except OSError as error:
        raise Refused(f"In {directory} nothing can be written: {error.strerror}.") from error
    with place:
        yield Path(place.name)


def refuse_without_room(directory: Path, needed: int) -> None:
    """Refused unless so many bytes fit there, and some."""
    free = shutil.disk_usage(directory).free
    if free < needed + SPARE:
        raise Refused(
            f"The disk of {directory} has {free / 1e6:,.0f} MB free, and up to "
            f"{(needed + SPARE) / 1e6:,.0f} MB are needed. Nothing was begun."
        )


def refuse_in_media(path: Path) -> None:
    """A backup among the files would be in the next one."""
    if Path(settings.MEDIA_ROOT).resolve() in path.resolve().parents:
        raise Refused(
            f"{path} lies in MEDIA_ROOT, all of which is backed up: choose another place."
        )


def publish(half: Path, final: Path) -> None:
    """Give a finished file its name, for good. Raises OSError."""
    descriptor = os.open(half, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    half.replace(final)
    sync(final.parent)


def sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
