"""What was deleted is off the disk, or the work is tried again."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from advocacy.backup import standing_in
from advocacy.casework import disk

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="of its files"),
]
NAME = b"Shin Dong-hyuk"


@pytest.fixture
def file(tmp_path):
    """A database with a write-ahead log, from which a name was deleted."""
    path = tmp_path / "site.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript("PRAGMA journal_mode=WAL; CREATE TABLE said (words)")
        made.execute("INSERT INTO said VALUES (?)", [NAME.decode()])
        made.commit()
    with standing_in.database(NAME=str(path), OPTIONS={"init_command": ""}):
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM said")
        yield path


def bytes_of(path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))


def test_no_deleted_byte_is_left_in_the_file_or_its_journals(file):
    assert NAME in bytes_of(file)
    disk.clear()
    assert NAME not in bytes_of(file)


def test_while_somebody_reads_what_was_before_it_is_tried_again(file):
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM said").fetchall()
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 50")
        with pytest.raises(disk.Busy):
            disk.clear()
    disk.clear()
    assert NAME not in bytes_of(file)
