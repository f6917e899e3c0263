"""A database beside the site's, which takes its place in one instant, or never.

SQLite: a file beside it, whose pages are written over those of the site's in one transaction of the
site's own file (sqlite.org/backup.html). Open connections keep their file and see the new content;
a process killed meanwhile leaves a journal, from which the next reader restores the old one.

PostgreSQL: a schema beside the site's, which takes over its name. A statement of an open connection
finds its tables by name each time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection, transaction

from . import places, standing_in
from .refused import Refused
from .snapshots import file

BESIDE, BEFORE = "nkhr_restoring", "nkhr_replaced"  # schemas
PATIENCE_S = 60
ATTEMPTS = 5
#: Nothing of it is needed after a crash, so nothing need be on the disk before the next step.
_UNSAFE = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF"


class Beside:
    """A new, empty database, to which `connection` leads while it is filled."""

    @contextmanager
    def filling(self) -> Iterator[None]:
        raise NotImplementedError

    def take_over(self) -> str:
        """Put it in the place of the site's; a sentence if there is something to be done after it.
        Raises DatabaseError, Refused, OSError: then the site is what it was.
        """
        raise NotImplementedError


def directory() -> Path:
    """Where there must be room for a database beside the site's."""
    return file().parent if connection.vendor == "sqlite" else Path(settings.VAR_DIR)


@contextmanager
def database(place: Path) -> Iterator[Beside]:
    """`place` is a directory with room for a file of SQLite."""
    if connection.vendor == "sqlite":
        yield _File(place / "restored.sqlite3")
        return
    schema = _Schema()
    try:
        yield schema
    finally:
        schema.drop()


class _File(Beside):
    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def filling(self) -> Iterator[None]:
        with standing_in.database(NAME=str(self.path), OPTIONS={"init_command": _UNSAFE}):
            yield

    def take_over(self) -> str:
        site = file()
        connection.close()
        try:
            self._write_over(site)
        except sqlite3.OperationalError as error:  # locked, or no room
            raise Refused(f"The site's database cannot be written: {error}.") from error
        except sqlite3.DatabaseError:
            return self._put_instead(site)
        return ""

    def _write_over(self, site: Path) -> None:
        until = time.monotonic() + PATIENCE_S

        def give_up(status: int, remaining: int, pages: int) -> None:
            if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > until:
                raise Refused("Somebody keeps on using the database: try again.")

        with (
            closing(sqlite3.connect(self.path)) as restored,
            closing(sqlite3.connect(site, timeout=PATIENCE_S)) as target,
        ):
            target.execute("PRAGMA synchronous=FULL")
            restored.backup(target, progress=give_up)

    def _put_instead(self, site: Path) -> str:
        """The site's file is no database any more. With it goes its journal, which is not ours."""
        kept = site.with_name(f"{site.name}.damaged-{time.time_ns()}")
        for ending in ("-journal", "-wal", "-shm", ""):
            part = site.with_name(site.name + ending)
            if part.exists():
                part.replace(kept.with_name(kept.name + ending))
        places.publish(self.path, site)
        return (
            f"The site's database was damaged and is kept as {kept}. "
            "Restart the service: its processes still have that one open."
        )


class _Schema(Beside):
    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            self.live = cursor.fetchone()[0] or "public"
        self.drop()
        self._execute(f"CREATE SCHEMA {BESIDE}")

    @contextmanager
    def filling(self) -> Iterator[None]:
        given = connection.settings_dict["OPTIONS"].get("options", "")
        options = {"options": f"{given} -c search_path={BESIDE}".strip()}
        with standing_in.database(OPTIONS=options):
            yield

    def drop(self) -> None:
        for schema in (BESIDE, BEFORE):
            self._execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")

    def take_over(self) -> str:
        if foreign := sorted(self._tables(self.live) - self._tables(BESIDE)):
            raise Refused(
                f"The database holds a table that is not in the backup's, {foreign[0]}: "
                "a restore needs a database of the site's own."
            )
        for attempt in range(ATTEMPTS):
            try:
                self._swap()
                return ""
            except OperationalError:  # a deadlock, or somebody holds a table for long
                if attempt + 1 == ATTEMPTS:
                    raise
        raise AssertionError

    @transaction.atomic
    def _swap(self) -> None:
        """Who is writing is waited for; who comes later waits for us, and then finds the new tables."""
        quote = connection.ops.quote_name
        live = quote(self.live)
        self._execute(f"SET LOCAL lock_timeout = '{PATIENCE_S // ATTEMPTS}s'")
        if tables := sorted(self._tables(self.live)):
            names = ", ".join(f"{live}.{quote(table)}" for table in tables)
            self._execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
        extensions = self._column(
            "SELECT extname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace "
            "WHERE nspname = %s",
            self.live,
        )
        self._execute(f"ALTER SCHEMA {live} RENAME TO {BEFORE}")
        self._execute(f"ALTER SCHEMA {BESIDE} RENAME TO {live}")
        for extension in extensions:
            self._execute(f"ALTER EXTENSION {quote(extension)} SET SCHEMA {live}")

    def _tables(self, schema: str) -> set[str]:
        return set(self._column("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema))

    def _column(self, statement: str, *values: str) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            return [row[0] for row in cursor.fetchall()]

    def _execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)
