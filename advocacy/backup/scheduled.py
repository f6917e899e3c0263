"""Backups that the site makes by itself, one a day, and which of them it keeps."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from . import encryption, making
from .refused import Refused

DAYS, WEEKS, MONTHS = 7, 5, 12
#: A day's may be late by a night on which the machine was off.
LATE = timedelta(days=2)
_NAME = re.compile(r"nkhr-(\d{4}-\d{2}-\d{2})\.tar\.gz(\.age)?", re.ASCII)


class Last(NamedTuple):
    """The newest that stands under its name: whole, and read again before it was given that."""

    at: datetime
    size: int  # bytes

    @property
    def is_late(self) -> bool:
        return self.at < timezone.now() - LATE


def back_up(
    *, tell: making.Tell = lambda sentence: None, at: datetime | None = None
) -> Path | None:
    """Make that of today, verify it, and remove those no longer kept. None if it is there already.
    Raises Refused.
    """
    directory, at = _directory(), at or timezone.now()
    today, to = timezone.localdate(at), encryption.recipients(settings.BACKUP_RECIPIENTS)
    if today in _there(directory):
        return None
    path = directory / f"nkhr-{today.isoformat()}.tar.gz{encryption.ENDING if to else ''}"
    making.back_up(path, verify=True, recipients=to, tell=tell, at=at)
    there = _there(directory)
    for day in there.keys() - kept(there):
        there[day].unlink()
    return path


def run() -> str:
    """The same in a process of its own, which takes its time, while this one serves pages. Raises
    Refused.
    """
    if settings.BACKUP_DIR is None:
        return ""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "backup", "--scheduled"]
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise Refused(
            done.stderr.strip().rpartition("\n")[2] or f"It ended with {done.returncode}."
        )
    return done.stdout.strip().rpartition("\n")[2]


def give_way() -> None:
    """Let everything else on this machine go first."""
    os.nice(10)


def last() -> Last | None:
    """None if there is none, or nothing is scheduled."""
    if settings.BACKUP_DIR is None:
        return None
    for _day, path in sorted(_there(Path(settings.BACKUP_DIR)).items(), reverse=True):
        try:
            status = path.stat()
        except OSError:
            continue
        return Last(
            datetime.fromtimestamp(status.st_mtime, tz=timezone.get_default_timezone()),
            status.st_size,
        )
    return None


def kept(days: Iterable[date]) -> set[date]:
    """Of the days that have a backup: the last seven, the last of each of the last five weeks, and
    the last of each of the last twelve months. Of times without backups none is missing.
    """
    newest_first = sorted(days, reverse=True)
    return (
        _newest(newest_first, DAYS, lambda day: day)
        | _newest(newest_first, WEEKS, lambda day: day.isocalendar()[:2])
        | _newest(newest_first, MONTHS, lambda day: (day.year, day.month))
    )


def _newest(newest_first: list[date], number: int, period: Callable[[date], object]) -> set[date]:
    """The newest day of each of so many periods."""
    found: dict[object, date] = {}
    for day in newest_first:
        found.setdefault(period(day), day)
    return set(list(found.values())[:number])


def _directory() -> Path:
    if settings.BACKUP_DIR is None:
        raise Refused("BACKUP_DIR is off: nothing is scheduled.")
    directory = Path(settings.BACKUP_DIR)
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"BACKUP_DIR, {directory}, cannot be made: {error.strerror}.") from error
    return directory


def _there(directory: Path) -> dict[date, Path]:
    """Those with a name of ours, by day. Others are none of our business."""
    found = {}
    for path in directory.glob("nkhr-*.tar.gz*"):
        if match := _NAME.fullmatch(path.name):
            try:
                found[date.fromisoformat(match[1])] = path
            except ValueError:
                continue
    return found
