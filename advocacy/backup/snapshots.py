"""The database at one moment, while people go on reading and writing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection, transaction

from . import standing_in

PATIENCE_S = 60  # for a moment in which nobody writes


def size() -> int:
    """Of the site's database, in bytes."""
    if connection.vendor == "sqlite":
        return file().stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def file() -> Path:
    """Where the site's SQLite lies."""
    return Path(connection.settings_dict["NAME"])


@contextmanager
def taken(place: Path) -> Iterator[float]:
    """Within, `connection` leads to the snapshot. Gives the seconds that writers had to wait for it.

    `place` is a directory with room for a copy of SQLite's file. Raises DatabaseError.
    """
    if connection.vendor == "sqlite":
        copy = place / "snapshot.sqlite3"
        waited = _copy(file(), copy)
        with standing_in.database(NAME=str(copy), OPTIONS={"init_command": ""}):
            yield waited
        copy.unlink()
    else:
        with standing_in.database(), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield 0.0


def _copy(source: Path, target: Path) -> float:
    """Holding the write lock, beside which readers read. Without it, somebody who wants to commit
    would wait for us holding a lock that keeps new readers out (sqlite.org/lockingv3.html, PENDING).
    """
    with (
        closing(sqlite3.connect(source, timeout=PATIENCE_S, isolation_level=None)) as holder,
        closing(sqlite3.connect(source, timeout=PATIENCE_S)) as reader,
        closing(sqlite3.connect(target)) as copy,
    ):
        copy.execute("PRAGMA synchronous=OFF")
        holder.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        reader.backup(copy)
        holder.execute("ROLLBACK")
        return time.monotonic() - start
