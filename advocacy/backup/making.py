"""Makes an archive of the whole site while it runs."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, OperationalError, connection
from django.utils import timezone

from advocacy.attachments import storage
from advocacy.attachments.models import Attachment, Rendition
from advocacy.hits import fold
from advocacy.publishing import log

from . import encryption, places, snapshots, staying_out, tables
from .archive import Archive, Opened
from .form import MEDIA, TABLES
from .refused import Refused
from .rows import Table
from .writer import Writer

Tell = Callable[[str], None]

FOLDS = 20  # attempts, one in a while: another process may be at it
FOLD_AGAIN_S = 0.25


class Made(NamedTuple):
    """What is in a new archive. `missing`: files that the database names and nobody has."""

    tables: int
    rows: int
    files: int
    missing: list[str]  # keys
    size: int  # bytes of the archive
    writers_waited: float  # seconds, at most


def back_up(
    target: Path,
    *,
    verify: bool = False,
    recipients: Sequence[Any] = (),
    tell: Tell = lambda sentence: None,
    at: datetime | None = None,
) -> Made:
    """Make the archive `target`, or nothing of that name. Raises Refused.

    `verify`: read it again, whole, before it gets its name. `recipients`: only they can read it
    (`encryption`).
    """
    places.refuse_in_media(target)
    if target.exists():
        raise Refused(f"{target} is there already: choose another name, or remove it first.")
    if not target.parent.is_dir():
        raise Refused(f"{target.parent} is not a directory.")
    try:
        with places.alone(), places.workplace(target.parent) as place:
            places.refuse_without_room(target.parent, _needed())
            half = place / "archive"
            own = [encryption.passing()] if recipients and verify else []
            to = [*recipients, *(one.to_public() for one in own)]
            made = _write(half, place, tell, at or timezone.now(), to)
            if verify:
                tell("Reading it again.")
                with Archive(half, own) as archive:
                    _compare(archive.verify(), made)
            places.publish(half, target)
            return made
    except DatabaseError as error:
        raise Refused(f"The database does not give what is asked of it: {error}") from error
    except OSError as error:
        raise Refused(f"{target} could not be written: {error}") from error


def _needed() -> int:
    """Bytes: all files, a copy of the database, its largest table as text, and all as an archive."""
    return 3 * snapshots.size() + sum(size for _key, size in _files())


def _write(half: Path, place: Path, tell: Tell, at: datetime, to: Sequence[Any]) -> Made:
    _fold()
    missing: list[str] = []
    with (
        half.open("xb") as file,
        encryption.encrypting(file, to) if to else nullcontext(file) as plain,
        tempfile.TemporaryFile(dir=place) as manifest,
    ):
        half.chmod(0o600)
        writer = Writer(plain, manifest)
        tell("Taking a snapshot of the database.")
        with snapshots.taken(place) as waited:
            found = tables.of_now(tables.applied())
            writer.label(_label(found, at))
            rows = 0
            for number, table in enumerate(found, 1):
                rows += _add_table(writer, table, place)
                tell(f"Table {number} of {len(found)}: {table.name}.")
            named = set(_named())
        files = done = 0
        for key, size in _files():
            named.discard(key)
            if _add_file(writer, key, size):
                files, done = files + 1, done + size
                tell(f"{files} files, {done / 1e6:,.0f} MB.")
        missing = sorted(named)
        writer.finish()
    return Made(len(found), rows, files, missing, half.stat().st_size, waited)


def _label(found: list[Table], at: datetime) -> dict[str, Any]:
    """Of settings only the names: their values hold secrets, and differ from machine to machine."""
    head = log.head()
    return {
        "site": settings.SITE_URL,
        "made_at": at.isoformat(timespec="seconds"),
        "database": connection.vendor,
        "log": {"number": head.number, "hash": head.hash},
        "tombstones": staying_out.ledger().number(),
        "settings": settings.GIVEN,
        "left_out": sorted(tables.left_out()),
        "migrations": [".".join(node) for node in tables.applied()],
        "tables": [table.name for table in found],
    }


def _fold() -> None:
    """Have the hits of this machine in the database. A server that is at it does just that."""
    for _attempt in range(FOLDS):
        try:
            if not fold.fold().busy:
                return
        except (OSError, OperationalError):
            return  # told to staff by the server; hits are no reason to go without a backup
        time.sleep(FOLD_AGAIN_S)


def _add_table(writer: Writer, table: Table, place: Path) -> int:
    number = 0
    with tempfile.TemporaryFile(dir=place) as lines:
        for line in table.lines():
            lines.write(line)
            number += 1
        size = lines.tell()
        lines.seek(0)
        writer.add(f"{TABLES}{table.name}.jsonl", size, lines)
    return number


def _add_file(writer: Writer, key: str, size: int) -> bool:
    """False if it is gone since it was listed: nothing in the snapshot names it."""
    try:
        file = default_storage.open(key, "rb")
    except FileNotFoundError:
        return False
    with file:
        writer.add(f"{MEDIA}{key}", size, file, compress=False)
    return True


def _files(directory: str = "") -> Iterator[tuple[str, int]]:
    """Key and size of everything in the storage but what is hidden or half."""
    try:
        folders, names = default_storage.listdir(directory)
    except FileNotFoundError:
        return
    for name in sorted(names):
        key = f"{directory}/{name}" if directory else name
        if not name.startswith(".") and not name.endswith(storage.HALF):
            try:
                yield key, default_storage.size(key)
            except FileNotFoundError:
                continue
    for folder in sorted(folders):
        if not folder.startswith("."):
            yield from _files(f"{directory}/{folder}" if directory else folder)


def _named() -> Iterable[str]:
    for model in (Attachment, Rendition):
        yield from model.objects.values_list("key", flat=True).iterator()


def _compare(found: Opened, made: Made) -> None:
    if (found.tables, found.rows, found.files) != (made.tables, made.rows, made.files):
        raise Refused("The backup does not hold what was put into it: nothing was kept of it.")
