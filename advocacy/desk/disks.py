"""Whether the disks have room left for what is written down and uploaded."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

#: Less than this is trouble: a day's journals, a backup and some uploads still fit.
LEAST_BYTES = 1_000_000_000
LEAST_SHARE = 0.05


class Disk(NamedTuple):
    path: str
    free: int  # bytes
    size: int

    @property
    def is_short(self) -> bool:
        return self.free < max(LEAST_BYTES, LEAST_SHARE * self.size)


def disks() -> list[Disk]:
    """Those that hold VAR_DIR and MEDIA_ROOT; one where both lie on the same. What cannot be asked
    is left out: the system check of places says why.
    """
    found: dict[int, Disk] = {}
    for path in (Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)):
        try:
            usage = shutil.disk_usage(path)
            found.setdefault(path.stat().st_dev, Disk(str(path), usage.free, usage.total))
        except OSError:
            continue
    return list(found.values())


def short() -> list[Disk]:
    return [disk for disk in disks() if disk.is_short]
