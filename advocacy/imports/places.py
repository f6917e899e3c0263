"""The folder in which dumps and the files of an old site lie to be imported at the desk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import get_valid_filename

LONGEST = 60  # letters of a name that is kept; a disk has room for 255 bytes


def folder() -> Path:
    """On the machine itself, where the webmaster can put what is too large to be uploaded."""
    found = Path(settings.VAR_DIR) / "imports"
    found.mkdir(parents=True, exist_ok=True, mode=0o700)
    return found


def dumps() -> list[str]:
    return sorted(one.name for one in folder().iterdir() if one.is_file() and _is_shown(one))


def folders() -> list[str]:
    return sorted(one.name for one in folder().iterdir() if one.is_dir() and _is_shown(one))


def of(name: str) -> Path:
    """One of those that are there. Raises FileNotFoundError."""
    if name not in (*dumps(), *folders()):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return folder() / name


def keep(upload: UploadedFile) -> str:
    """Put what was uploaded among them, whole; its name there, which is never one that was taken.

    Raises OSError where there is no room.
    """
    wanted = Path(get_valid_filename(Path(upload.name or "dump.sql").name)[-LONGEST:].lstrip("."))
    name, number = wanted.name, 1
    while True:
        path = folder() / name
        try:
            with path.open("xb") as file:
                for chunk in upload.chunks():
                    file.write(chunk)
        except FileExistsError:
            number += 1
            name = f"{wanted.stem}-{number}{wanted.suffix}"
        except OSError:
            path.unlink(missing_ok=True)
            raise
        else:
            return name


def _is_shown(path: Path) -> bool:
    return not path.name.startswith(".") and not path.is_symlink()
