"""Enters hits into the database: one transaction adds the counts, remembers the clicks and moves
the offset.

So a part of a journal is counted altogether or not at all, whatever is killed when. The folds of
several machines take turns: each begins by writing the one row of `Turn`, which holds the others
off on PostgreSQL (row lock) and SQLite alike.
"""

import socket
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils import timezone

from . import days
from .models import Change, DailyCount, DayVisitors, Journal, RecentClicks, Total, Turn
from .tally import KEEP_MS, Tally

STALE = timedelta(minutes=2)
KEEP_ROWS_OF_REMOVED = timedelta(days=30)
PART_BITS = 56  # the first byte of a click names its part
ROW_BYTES = 480 * 8  # a row of DayVisitors, with its head, fits a page of SQLite


def offset(name: str) -> int:
    return Journal.objects.filter(name=name).values_list("offset", flat=True).first() or 0


class Part(NamedTuple):
    """The bytes `start` to `end` of a journal, and the runs of whole records in them."""

    name: str
    start: int
    end: int
    runs: list[memoryview]


def enter(parts: Sequence[Part]) -> bool:
    """Count the hits of parts of different journals, as one stretch of time. False, and nothing
    done, if another fold was faster.

    Raises DatabaseError: then nothing is done either.
    """
    tally = Tally()
    for part in parts:
        tally.add(part.runs)
    with transaction.atomic():
        turn = Turn.take()
        for name, start, end, _runs in parts:
            Journal.objects.get_or_create(name=name)
            if not Journal.objects.filter(name=name, offset=start).update(offset=end):
                transaction.set_rollback(True)
                return False
        if len(tally):
            tally.count(_recent_clicks(tally))
            _add_new_visitors(tally)
            totals, by_day = tally.sum_up()
            _add(Total, ("human", "robots"), totals)
            Change.note(turn, (item for item, _kind in totals))
            _add(DailyCount, ("human", "robots", "visitors"), by_day)
            _remember(tally)
    return True


def step_back(name: str, start: int, size: int) -> None:
    """A journal became shorter than what was folded of it: what is left was counted, so go on
    from its end.
    """
    with transaction.atomic():
        Turn.take()
        Journal.objects.filter(name=name, offset=start).update(offset=size)


def mark_removed(name: str) -> None:
    now = timezone.now()
    Journal.objects.filter(name=name).update(removed_at=now)
    Journal.objects.filter(removed_at__lt=now - KEEP_ROWS_OF_REMOVED).delete()


def _recent_clicks(tally: Tally) -> dict[int, int]:
    """What earlier folds remember of the clicks of this one. Row by row, as all of it may be large."""
    oldest, newest = tally.span
    rows = RecentClicks.objects.filter(
        newest_ms__gte=oldest - KEEP_MS, oldest_ms__lte=newest + KEEP_MS
    )
    recent: dict[int, int] = {}
    clicks: set[int] = set()
    for remembered in rows.order_by("pk").values_list("clicks", flat=True).iterator(4):
        pairs = array("Q", bytes(remembered))
        clicks = clicks or set(tally.clicks)
        if not clicks.isdisjoint(pairs[::2]):
            times = zip(pairs[::2], pairs[1::2], strict=True)
            recent.update(pair for pair in times if pair[0] in clicks)
    return recent


def _remember(tally: Tally) -> None:
    """Keep the clicks that a later one may repeat, and let go of those that none can.

    Another machine may be far behind, so only rows of this one are judged by their time.
    """
    machine = socket.gethostname()
    RecentClicks.objects.filter(folded_at__lt=Now() - STALE).delete()
    RecentClicks.objects.filter(machine=machine, newest_ms__lt=min(tally.ends) - KEEP_MS).delete()
    pairs = tally.to_remember()
    times = pairs[1::2]
    RecentClicks.objects.create(
        machine=machine, oldest_ms=min(times), newest_ms=max(times), clicks=pairs.tobytes()
    )


def _add_new_visitors(tally: Tally) -> None:
    """Leave out of the visitors who was seen there on that day before, and remember the others."""
    for day in tally.days:
        if known := _remember_visitors(days.as_date(day), tally.readers(day)):
            tally.known(day, known)


def _remember_visitors(day: date, clicks: list[int]) -> set[int]:
    """Those of the sorted `clicks` that were known of that day; the others are from now on."""
    if not clicks:
        return set()
    parts = dict(_parts(clicks))
    rows = DayVisitors.objects.filter(day=day, part__in=parts).order_by("part", "number")
    known: set[int] = set()
    last: dict[int, tuple[int, bytes]] = {}
    for part, number, stored in rows.values_list("part", "number", "clicks").iterator(64):
        known.update(parts[part].intersection(array("Q", bytes(stored))))
        last[part] = number, bytes(stored)
    _put(
        DayVisitors,
        ("day", "part", "number"),
        ("clicks",),
        "{name} = excluded.{name}",
        (
            (_prepared(DayVisitors, "day", day), part, number, content)
            for part, of_part in parts.items()
            if (fresh := of_part - known)
            for number, content in _rows(*last.get(part, (0, b"")), fresh)
        ),
    )
    return known


def _parts(clicks: list[int]) -> Iterator[tuple[int, set[int]]]:
    at = 0
    while at < len(clicks):
        part = clicks[at] >> PART_BITS
        end = bisect_left(clicks, part + 1 << PART_BITS, at)
        yield part, set(clicks[at:end])
        at = end


def _rows(number: int, stored: bytes, fresh: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """The last row filled up, and as many after it as it takes. A full row is never written again."""
    if len(stored) >= ROW_BYTES:
        number, stored = number + 1, b""
    content = stored + array("Q", fresh).tobytes()
    for at in range(0, len(content), ROW_BYTES):
        yield number, content[at : at + ROW_BYTES]
        number += 1


def _add(model: type[models.Model], columns: Sequence[str], rows: dict[Any, list[int]]) -> None:
    """Add numbers to the counts of item and kind (and day), or begin such rows.

    In the order of the items, as the index has them.
    """
    native = connection.features.has_native_uuid_field
    prepared: dict[int, Any] = {}

    def key(item: bytes, kind: Any, *day: int) -> tuple[Any, ...]:
        for number in day:
            if number not in prepared:
                prepared[number] = _prepared(model, "day", days.as_date(number))
        name = UUID(bytes=item) if native else item.hex()
        return name, kind.value, *(prepared[number] for number in day)

    in_order = sorted(rows.items(), key=lambda row: row[0][0])
    _put(
        model,
        ("item", "kind", "day") if model is DailyCount else ("item", "kind"),
        columns,
        "{name} = {table}.{name} + excluded.{name}",
        ((*key(*names), *numbers) for names, numbers in in_order),
    )


def _prepared(model: type[models.Model], name: str, value: Any) -> Any:
    return model._meta.get_field(name).get_db_prep_save(value, connection)  # type: ignore[union-attr]


def _put(
    model: type[models.Model],
    keys: Sequence[str],
    columns: Sequence[str],
    change: str,
    values: Iterable[tuple[Any, ...]],
) -> None:
    """Insert rows, or `change` the columns of those whose keys are there.

    Django's bulk_create can replace on conflict and not add. This statement is the same for SQLite
    and PostgreSQL.
    """
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = [quote(name) for name in (*keys, *columns)]
    changes = [change.format(table=table, name=name) for name in names[len(keys) :]]
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))}) "  # noqa: S608
        f"ON CONFLICT ({', '.join(names[: len(keys)])}) DO UPDATE SET {', '.join(changes)}"
    )
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(values))
