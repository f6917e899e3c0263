"""What was deleted is taken off the disk, as far as a database does that."""

from __future__ import annotations

from django.db import connection


class Busy(Exception):
    """Somebody else needs what is to go, for a while: the task is tried again."""


def clear() -> None:
    """SQLite writes its file anew, and empties its journals. On PostgreSQL rows are marked to be
    written over; that they are gone from the disk, a VACUUM FULL sees to (docs/protection.md).

    Raises OperationalError while somebody writes, Busy while somebody reads what was before.
    """
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _pages, _moved = cursor.fetchone()
            if is_busy:  # old pages are in the file until the journal is written into it
                raise Busy
