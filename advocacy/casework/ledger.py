"""The ledger of tombstones: added to, kept in a second place, and joined again after a restore.

An entry is written to the file (settings.TOMBSTONES) before its row is committed: what is in the table
is in the file, and an entry too many takes nothing out that was not to be taken out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection, transaction

from advocacy.locks import locked

from . import marks
from .models import Tombstone

Kind = Tombstone.Kind


class Damaged(Exception):
    """The file does not hold what was written to it; `str()` is a sentence."""


def add(kind: Tombstone.Kind, value: str, **more: Any) -> bool:
    """Have something stay out; False if it is in the ledger already. Call it in the transaction of
    the deed.
    """
    if Tombstone.objects.filter(kind=kind, mark__in=marks.marks(kind, value)).exists():
        return False
    key = marks.secrets()[0]
    stone = Tombstone(kind=kind, mark=key.mark(kind, value), key=key.name, more=more)
    stone.hash = stone.own_hash()
    _write([stone])
    stone.save()
    return True


def is_out(kind: Tombstone.Kind, *values: str) -> bool:
    known = marks.marks(kind, *values)
    return bool(known) and Tombstone.objects.filter(kind=kind, mark__in=known).exists()


def is_retired(path: str) -> bool:
    """Whether an address, or the folder it lies in, led to what was taken out."""
    return is_out(Kind.ADDRESS, path, path.rpartition("/")[0] + "/")


def file_of(uuid: UUID) -> list[str]:
    """The folders below which all addresses of a file lie, whatever its name."""
    return [f"/documents/{uuid}/", f"/pictures/{uuid}/"]


# --- The second place --------------------------------------------------------------------------------


def place() -> Path:
    return Path(settings.TOMBSTONES)


def open_ledger() -> None:
    """Have the file be there, with all that the table holds, and the table with all of the file."""
    kept = {stone.hash: stone for stone in read()}
    rows = {stone.hash: stone for stone in Tombstone.objects.all()}
    if not place().exists():
        place().touch(mode=0o600)
    _write([stone for hash_, stone in rows.items() if hash_ not in kept])
    insert([stone for hash_, stone in kept.items() if hash_ not in rows])


def read() -> list[Tombstone]:
    """What the file holds. A last line without its end was never committed. Raises Damaged."""
    try:
        lines = place().read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise Damaged(f"The ledger of tombstones, {place()}, cannot be read.") from error
    return list({stone.hash: stone for stone in map(_stone, lines[:-1])}.values())


def of_the_site() -> list[Tombstone]:
    """What the database holds; nothing where there is none that can be read."""
    try:
        with transaction.atomic():
            if Tombstone._meta.db_table not in connection.introspection.table_names():
                return []
            return list(Tombstone.objects.all())
    except DatabaseError:
        return []


@transaction.atomic
def insert(stones: Iterable[Tombstone]) -> None:
    known = set(Tombstone.objects.values_list("hash", flat=True))
    for stone in stones:
        if stone.hash not in known:
            known.add(stone.hash)
            Tombstone(hash=stone.hash, **_fields(stone.content())).save()


def _write(stones: Iterable[Tombstone]) -> None:
    lines = [
        json.dumps({**one.content(), "hash": one.hash}, sort_keys=True) + "\n" for one in stones
    ]
    if not lines:
        return
    file = place()
    with locked(file.with_name(file.name + ".lock"), wait=True):
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _end_last_line(descriptor)
            os.write(descriptor, "".join(lines).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _end_last_line(descriptor: int) -> None:
    """What a power cut left of a line is cut off: it was not committed."""
    size = os.fstat(descriptor).st_size
    content = os.pread(descriptor, size, 0)
    if content and not content.endswith(b"\n"):
        os.ftruncate(descriptor, content.rfind(b"\n") + 1)


def _stone(line: str) -> Tombstone:
    try:
        content = json.loads(line)
        hash_ = content.pop("hash")
        stone = Tombstone(hash=hash_, **_fields(content))
        if stone.own_hash() != hash_:
            raise ValueError
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise Damaged(
            f"The ledger of tombstones, {place()}, is damaged: a line of it was altered."
        ) from error
    return stone


def _fields(content: dict[str, Any]) -> dict[str, Any]:
    return {**content, "at": datetime.fromisoformat(content["at"])}
