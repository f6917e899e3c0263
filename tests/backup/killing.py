"""Backups and restores that are killed; `main` is called in a process of its own.

Each is made by a child, forked from a process that has the site loaded, and killed with SIGKILL. What
does not hold afterwards ends the process; what was seen is told as JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, connections

from advocacy.attachments.models import Attachment, Rendition
from advocacy.backup import making, restoring, snapshots, swapping, tables
from advocacy.backup.archive import Archive
from advocacy.news.models import Tag

KILLED = -signal.SIGKILL
WHERE_IT_WAS = {"publishing_generation", "hits_turn"}  # move on with every restore
#: What is replaced, and whether the child dies before that is called or after it.
INSTANTS: list[tuple[Any, str, bool]] = [
    (restoring, "_put_all", False),
    (restoring.generation, "move_beyond_all", True),
    (swapping._File, "_write_over", True),
    (swapping._File, "_write_over", False),
    (swapping._Schema, "_swap", True),
    (swapping._Schema, "_swap", False),
]


def copied_tables(place: Path) -> Callable:
    """To make the tables takes longer than all the rest: on SQLite they are copied after the first
    time.
    """
    build = tables.build

    def copied(nodes):
        nodes = sorted(nodes)
        if connection.vendor != "sqlite":
            return build(nodes)
        kept = place / hashlib.sha256(repr(nodes).encode()).hexdigest()
        connection.ensure_connection()
        if not kept.exists():
            build(nodes)
            with closing(sqlite3.connect(kept)) as file:
                connection.connection.backup(file)
        with closing(sqlite3.connect(kept)) as file:
            file.backup(connection.connection)
        return {table.name: table for table in tables.of_now(nodes)}

    return copied


def deadly(function: Callable, *, before: bool) -> Callable:
    def called(*args: Any, **kwargs: Any) -> Any:
        if not before:
            function(*args, **kwargs)
        die()

    return called


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def half_written(beside: Any, site: Path) -> None:
    """Dies with a part of the site's own file written over, as a small cache has it written early."""

    def progress(status: int, remaining: int, pages: int) -> None:
        if remaining < pages / 2:
            die()

    with (
        closing(sqlite3.connect(beside.path)) as restored,
        closing(sqlite3.connect(site)) as target,
    ):
        target.execute("PRAGMA cache_size=5")
        restored.backup(target, pages=5, progress=progress)


def run(work: Callable[[], None], kill_after: float | None = None) -> tuple[int, float]:
    """How a child ended that does it, and the seconds that took."""
    connections.close_all()
    start = time.monotonic()
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException as error:
            print(repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return status, time.monotonic() - start


def is_whole(path: Path) -> bool:
    with Archive(path) as archive:
        return archive.verify().rows > 0


def content() -> str:
    """A hash of all tables, but for what moves on with each restore."""
    digest = hashlib.sha256()
    for table in tables.of_now(tables.applied()):
        if table.name not in WHERE_IT_WAS:
            digest.update(table.name.encode())
            for line in table.lines():
                digest.update(line)
    return digest.hexdigest()


def files_are_there() -> bool:
    keys = [
        key for one in (Attachment, Rendition) for key in one.objects.values_list("key", flat=True)
    ]
    return bool(keys) and all(map(default_storage.exists, keys))


def backups(place: Path, number: int, chance: random.Random) -> Counter[str]:
    told: Counter[str] = Counter()
    path = place / "site.tar.gz"

    def work() -> None:
        making.back_up(path)

    _status, takes = run(work)
    assert is_whole(path)
    for _kill in range(number):
        path.unlink(missing_ok=True)
        status, _took = run(work, kill_after=takes * 1.1 * chance.random())
        assert status in (0, KILLED)
        if path.exists():
            assert is_whole(path)
        told["whole" if path.exists() else "none"] += 1
    path.unlink(missing_ok=True)
    assert run(work)[0] == 0  # no killed one is in the way of the next
    assert {left.name for left in place.iterdir() if "backup" in left.name} == set()
    return told


def restores(place: Path, number: int, chance: random.Random) -> Counter[str]:
    told: Counter[str] = Counter()
    path = place / "site.tar.gz"
    making.back_up(path)
    restored = content()
    change()
    before = content()

    def work() -> None:
        restoring.restore(path)

    def look(status: int) -> None:
        """All of one or all of the other; and then the site is another again."""
        now = content()
        assert status in (0, KILLED)
        assert now in (before, restored)
        assert files_are_there()
        told["before" if now == before else "restored"] += 1
        if now == restored:
            change()

    status, takes = run(work)
    look(status)
    assert told["restored"] == 1
    for _kill in range(number):
        look(run(work, kill_after=takes * chance.random())[0])
    for owner, name, is_before in INSTANTS:
        if (owner is swapping._File) != (connection.vendor == "sqlite") and name in (
            "_write_over",
            "_swap",
        ):
            continue
        function = getattr(owner, name)
        setattr(owner, name, deadly(function, before=is_before))
        status, _took = run(work)
        setattr(owner, name, function)
        assert status == KILLED
        look(status)
    if connection.vendor == "sqlite":
        whole = swapping._File._write_over
        swapping._File._write_over = half_written  # type: ignore[method-assign]
        assert run(work)[0] == KILLED
        swapping._File._write_over = whole  # type: ignore[method-assign]
        assert Path(f"{snapshots.file()}-journal").exists()
        look(KILLED)
    assert run(work)[0] == 0
    assert content() == restored
    return told


def change() -> None:
    Tag.objects.create(pk=1000, name="Later", slug="later", name_ko="나중")


def main(work: str, place: str, built: str, number: int) -> None:
    here = Path(place)
    tables.build = copied_tables(Path(built))  # type: ignore[assignment]
    chance = random.Random(20261125)
    told = {"backups": backups, "restores": restores}[work](here, number, chance)
    print(json.dumps(told))
