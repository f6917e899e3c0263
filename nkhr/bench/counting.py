"""What a hit costs: to write it down beside an answer, and a million of them to be added up."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.test import RequestFactory, override_settings
from django.utils import timezone

from advocacy.hits import days, journal, recording, records, visitors
from advocacy.hits.counter import Kind
from advocacy.hits.fold import Folder
from advocacy.hits.records import Hit, pack

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
A_SECOND = 10_000  # hits: busier than this site will ever be
A_FILE = journal.LENGTH // records.SIZE
ROUNDS, A_ROUND = 30, 2_000


@dataclass(frozen=True)
class Folded:
    """What folding some hits took: seconds, and what journals and tables held at most, in bytes."""

    cpu_s: float
    wall_s: float
    held: int


def record_us(*, forwarded: bool) -> tuple[float, float]:
    """CPU of one hit in microseconds: the quietest round and the median one. `forwarded`: through
    a proxy of ours.
    """
    visitors.prepare()
    headers = {"user-agent": FIREFOX}
    if forwarded:
        headers["x-forwarded-for"] = "203.0.113.9"
    environ = RequestFactory().get("/", headers=headers, REMOTE_ADDR="127.0.0.1").environ
    item = uuid4()
    spent = []
    with override_settings(TRUSTED_PROXIES=["127.0.0.1/32"]):
        for _round in range(ROUNDS):
            start = time.process_time_ns()
            for _hit in range(A_ROUND):
                recording.record(item, Kind.VIEW, environ, status=200)
            spent.append((time.process_time_ns() - start) / A_ROUND / 1e3)
    journal.writer.close()
    Folder().fold()
    return min(spent), statistics.median(spent)


def fold(hits: int, items: int) -> Folded:
    """Fold made-up hits of `items` pages, every visitor another: all that a fold can meet."""
    before = _held()
    write(hits, items)
    folder, held = Folder(), _held()
    wall, cpu = time.perf_counter(), time.process_time()
    folder.fold()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return Folded(cpu, wall, max(held, _held()) - before)


def stream(hits: int, items: int, *, tell: Callable[[str, int, int], None]) -> int:
    """The most bytes that journals and database take while so many hits arrive and are folded."""
    before, most, folder = _held(), 0, Folder()
    for first in range(0, hits, A_FILE):
        write(min(A_FILE, hits - first), items, first=first)
        most = max(most, _held())
        folder.fold()
        most = max(most, _held())
        tell("counting hits", min(first + A_FILE, hits), hits)
    return most - before


def write(hits: int, items: int, *, first: int = 0) -> None:
    """Journals as workers leave them, of an hour ago; the first hit is the one of that number."""
    chance = random.Random(items)  # noqa: S311  made up, and the same each time
    pages = [UUID(int=chance.getrandbits(128)) for _ in range(items)]
    chance.seed(first + hits)
    start = timezone.now() - timedelta(hours=1)
    day, at_ms = days.number(start), int(start.timestamp() * 1000)
    journal.folder().mkdir(parents=True, exist_ok=True)
    for begin in range(first, first + hits, A_FILE):
        made = (
            Hit(
                Kind.VIEW,
                pages[number % items],
                chance.getrandbits(64),
                at_ms + number * 1000 // A_SECOND,
                day,
            )
            for number in range(begin, min(begin + A_FILE, first + hits))
        )
        path = journal.folder() / f"{begin:020d}-{uuid4().hex}{journal.SUFFIX}"
        path.write_bytes(b"".join(map(pack, made)))


def _held() -> int:
    """Bytes of VAR_DIR: journals and, on SQLite, the database."""
    return sum(path.stat().st_size for path in settings.VAR_DIR.rglob("*") if path.is_file())
