"""One page of a list that changes while it is read.

A page begins after the record that the one before ended with, wherever that record is by now. Lists are
in the order in which records last changed, so what changes in between comes again later on: it is never
missed.
"""

from __future__ import annotations

import base64
import json
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from advocacy.datasets.fields import moment

from .parameters import day, instant, uuid
from .problems import Refused


@dataclass(frozen=True)
class Column:
    """One of those that a list is ordered by; together they are different for each record."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def words(text: str) -> str:
    """Raises ValueError for what no database takes: halves of characters, and NUL."""
    if "\0" in text:
        raise ValueError(text)
    return text.encode().decode()


@dataclass(frozen=True)
class Order:
    """`identity` is a column that tells one record of the list from all others."""

    columns: Sequence[Column]
    identity: str


BY_CHANGE = Order([Column("as_of", instant, moment), Column("uuid", uuid)], "uuid")
BY_DAY = Order([Column("day", day), Column("item", uuid), Column("kind", words)], "pk")
BY_SYMBOL = Order([Column("symbol", words)], "symbol")


def page(rows: Any, order: Order, cursor: str | None, limit: int) -> tuple[list[Any], str | None]:
    """The records, and the cursor of the next page if there is one. Raises Refused.

    Two queries: a database that orders whole rows would carry every text of the list along. What is
    in memory already is a list, in that order.
    """
    columns = order.columns
    if isinstance(rows, list):
        return _of_list(rows, columns, cursor, limit)
    if cursor is not None:
        rows = rows.filter(_after(columns, _read(cursor, columns)))
    names = [column.name for column in columns]
    ordered = rows.order_by(*names)
    identity = order.identity
    heads = list(ordered.values(*{*names, identity})[: limit + 1])
    found = list(ordered.filter(**{f"{identity}__in": [head[identity] for head in heads[:limit]]}))
    if len(heads) <= limit:
        return found, None
    return found, _cursor([heads[limit - 1][name] for name in names], columns)


def _of_list(
    rows: list[Any], columns: Sequence[Column], cursor: str | None, limit: int
) -> tuple[list[Any], str | None]:
    def place(row: Any) -> list[str]:
        return [column.write(getattr(row, column.name)) for column in columns]

    begin = 0 if cursor is None else bisect_right(rows, _read(cursor, columns), key=place)
    found = rows[begin : begin + limit]
    has_more = begin + limit < len(rows)
    return found, _cursor(place(found[-1]), columns) if has_more else None


def _after(order: Sequence[Column], values: Sequence[Any]) -> Q:
    """In the order of the columns: the first is greater, or it is equal and the second is greater…"""
    behind, equal = Q(), Q()
    for column, value in zip(order, values, strict=True):
        behind |= equal & Q(**{f"{column.name}__gt": value})
        equal &= Q(**{column.name: value})
    return behind


def _cursor(place: Sequence[Any], order: Sequence[Column]) -> str:
    values = [column.write(value) for column, value in zip(order, place, strict=True)]
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _read(cursor: str, order: Sequence[Column]) -> list[Any]:
    """Raises Refused: there is no such page."""
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
        values = json.loads(text)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError(text)
        return [column.read(value) for column, value in zip(order, values, strict=True)]
    except (ValueError, RecursionError) as error:
        raise Refused(404, "This cursor is none of ours.", parameter="cursor") from error
