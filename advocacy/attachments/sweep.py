"""Bytes that no row names: what a broken-off upload or a killed process left behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from . import storage
from .models import Attachment, Rendition


class Swept(NamedTuple):
    orphans: list[str]  # keys
    halves: list[str]  # files and directories of uploads that never ended


def sweep(
    *,
    older_than: timedelta = timedelta(hours=1),
    dry: bool = False,
    at: datetime | None = None,
) -> Swept:
    """Remove what is older than that. What the storage holds beside our own files is left alone."""
    before = (at or timezone.now()) - older_than
    with storage.deleting() as may_delete:
        # Its age is asked of each file that nothing names, not of all: elsewhere that is a request.
        unknown = _unknown(_stored(default_storage)) if may_delete else iter([])
        orphans = [key for key in unknown if _is_old(key, before)]
        if not dry:
            storage.drop(orphans)
    halves = [path for path in storage.incoming().iterdir() if _is_left(path, before)]
    if not dry:
        for path in halves:
            shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(True)
    return Swept(orphans, [path.name for path in halves])


def _stored(kept: Storage) -> Iterator[str]:
    """Keys of our own making, and halves of such."""
    for first in _directories(kept, ""):
        for second in _directories(kept, first):
            _unused, names = kept.listdir(f"{first}/{second}")
            for name in names:
                key = f"{first}/{second}/{name}"
                if storage.KEY.fullmatch(key) or name.endswith(storage.HALF):
                    yield key


def _directories(kept: Storage, path: str) -> list[str]:
    try:
        found, _files = kept.listdir(path)
    except FileNotFoundError:
        return []
    return [name for name in found if len(name) == 2]


def _unknown(keys: Iterator[str]) -> Iterator[str]:
    while some := list(islice(keys, 500)):
        known: set[str] = set()
        for model in (Attachment, Rendition):
            known.update(model.objects.filter(key__in=some).values_list("key", flat=True))
        yield from (key for key in some if key not in known)


def _is_old(key: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(key) < before
    except FileNotFoundError:  # gone since it was listed
        return False


def _is_left(path: Path, before: datetime) -> bool:
    try:
        return path.stat().st_mtime < before.timestamp()
    except FileNotFoundError:
        return False
