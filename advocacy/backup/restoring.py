"""Puts the site back to what an archive holds: all of it, or nothing.

Files first, beside what is there: their names are random, so none is in the way of the running site,
and what nothing names is swept away a day later. Then the database, beside the site's; and last, in
one instant, that one takes the other's place.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from advocacy.hits.models import Turn
from advocacy.publishing import generation
from advocacy.search import index

from . import places, staying_out, swapping, tables
from .archive import Archive, Opened
from .refused import Refused
from .rows import Table

Tell = Callable[[str], None]


class Restored(NamedTuple):
    what: Opened
    written: int  # files that were not there, or not whole
    to_do: str  # a sentence, if something is


def restore(
    source: Path,
    *,
    identities: Sequence[Any] = (),
    tell: Tell = lambda sentence: None,
    confirmed_by: str = "",
) -> Restored:
    """Raises Refused: then the site is what it was.

    `confirmed_by`: the user name of a case officer who knows that names may come back, since the ledger
    of what must stay out is shorter than the backup's.
    """
    with Archive(source, identities) as archive:
        tell("Reading all of the backup, before anything is touched.")
        what = archive.verify()
        kept_out = staying_out.ledger().gather(what.label.tombstones, confirmed_by)
        try:
            for path in (swapping.directory(), Path(settings.MEDIA_ROOT)):
                path.mkdir(mode=0o750, parents=True, exist_ok=True)
            with places.alone(), places.workplace(swapping.directory()) as place:
                places.refuse_without_room(place, 3 * what.table_bytes)
                places.refuse_without_room(Path(settings.MEDIA_ROOT), _missing_bytes(archive))
                with swapping.database(place) as beside:
                    with beside.filling():
                        left_out = _fill(archive, what, tell, kept_out)
                    written, others = _put_all(archive, what, tell, left_out)
                    tell("Putting it in the place of the site.")
                    to_do = beside.take_over()
                    for key in left_out:
                        default_storage.delete(key)
                    return Restored(what, written + _put_right(archive, others), to_do)
        except DatabaseError as error:
            raise Refused(f"The database refuses, and the site is what it was: {error}") from error
        except OSError as error:
            raise Refused(f"The restore broke off: {error}") from error


# --- Tables ----------------------------------------------------------------------------------


def _fill(archive: Archive, what: Opened, tell: Tell, kept_out: staying_out.KeptOut) -> set[str]:
    """The tables as they were, then all that releases since have changed, without what was taken out
    since. The keys of files that are not to come back.
    """
    tell("Making the tables.")
    known = tables.build(what.label.migrations)
    rows = 0
    # Relations are only looked at when it ends, so the order of tables does not matter.
    with transaction.atomic():
        for member, content in archive.members():
            if not member.is_table:
                break
            rows += _table(known, member.key).load(content)
            tell(f"{rows} of {what.rows} rows.")
        try:
            connection.check_constraints()
        except IntegrityError as error:
            raise Refused(f"The backup names rows that it does not hold: {error}") from error
        for table in known.values():
            table.number_on()
    if tables.are_of_an_earlier_release():
        tell("Migrating to this release.")
        ContentType.objects.clear_cache()  # of the site's
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    ContentType.objects.clear_cache()
    tell("Taking out again what was taken out.")
    left_out = kept_out.take_out()
    tell("Making the index of the search.")
    index.reindex(lambda done, total: tell(f"{done} of {total} texts and files in the index."))
    # What workers remember of the record and of its numbers is none of this one.
    generation.move_beyond_all()
    Turn.move_beyond_all()
    return left_out


def _table(known: dict[str, Table], name: str) -> Table:
    if name not in known:
        raise Refused(f"The backup holds a table that this release does not have: {name}.")
    return known[name]


# --- Files -----------------------------------------------------------------------------------


def _missing_bytes(archive: Archive) -> int:
    return sum(
        member.size
        for member, _content in archive.members()
        if not member.is_table and not default_storage.exists(member.key)
    )


def _put_all(
    archive: Archive, what: Opened, tell: Tell, left_out: set[str]
) -> tuple[int, set[str]]:
    """Store what is not there; how many that were, and the keys under which there is something else."""
    files = written = 0
    others = set()
    for member, content in archive.members():
        if member.is_table or member.key in left_out:
            continue
        files += 1
        if not default_storage.exists(member.key):
            _store(member.key, content)
            written += 1
        elif not _is_there(member.key, content):
            others.add(member.key)
        tell(f"{files} of {what.files} files.")
    return written, others


def _put_right(archive: Archive, keys: set[str]) -> int:
    """Give these the content that the archive has. A key belongs to one content for good, so what
    is there is damaged; it stays until the rest is restored.
    """
    for member, content in archive.members() if keys else ():
        if member.key in keys and not member.is_table:
            default_storage.delete(member.key)
            _store(member.key, content)
    return len(keys)


def _store(key: str, content: IO[bytes]) -> None:
    stored = default_storage.save(key, File(content, name=key))
    if stored != key:
        default_storage.delete(stored)
        raise Refused(f"The file {key} cannot be stored under its name.")


def _is_there(key: str, content: IO[bytes]) -> bool:
    with default_storage.open(key, "rb") as stored:
        return _digest(stored) == _digest(content)


def _digest(file: Any) -> bytes:
    return hashlib.file_digest(file, "sha256").digest()
