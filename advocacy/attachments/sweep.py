"""Bytes that no row names: what a broken-off upload or a killed process left behind."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.core.files.storage import Storage, default_storage
from django.utils import timezone

from . import storage
from .models import Attachment, Rendition


class Swept(NamedTuple):
    orphans: list[str]  # keys
    halves: list[str]  # files and directories of uploads that never ended


def sweep(*, older_than: timedelta = timedelta(hours=1), dry: bool = False) -> Swept:
    """Remove what is older than that. What the storage holds beside our own files is left alone."""
    before = timezone.now() - older_than
    orphans = [key for key in _stored(default_storage) if _is_old(key, before)]
    known = _known(orphans)
    orphans = [key for key in orphans if key not in known]
    halves = [path for path in storage.incoming().iterdir() if _age(path) > older_than]
    if not dry:
        storage.drop(orphans)
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


def _known(keys: list[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        for model in (Attachment, Rendition):
            known.update(model.objects.filter(key__in=some).values_list("key", flat=True))
    return known


def _is_old(key: str, before: datetime) -> bool:
    try:
        return default_storage.get_modified_time(key) < before
    except FileNotFoundError:  # gone since it was listed
        return False


def _age(path: Path) -> timedelta:
    try:
        return timedelta(seconds=time.time() - path.stat().st_mtime)
    except FileNotFoundError:
        return timedelta(0)
