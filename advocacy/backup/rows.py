"""The rows of a table as lines of JSON, the same from every database.

Values are read and written as plain columns, past our own fields: what lies in the database is kept
as it is, even where a field of today would not take it.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, models
from django.db.models.expressions import Col

from .refused import Refused

AT_ONCE = 200  # rows
_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Column:
    name: str
    field: Any  # of Django itself, with the type of the column


@dataclass(frozen=True)
class Table:
    name: str
    key: str
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, model: type[models.Model]) -> Table:
        opts = model._meta
        columns = tuple(_column(opts.db_table, field) for field in opts.concrete_fields)
        return cls(opts.db_table, str(getattr(opts.pk, "column", "")), columns)

    # Reading

    def lines(self) -> Iterator[bytes]:
        """Every row, in the order of its key, from the database that `connection` leads to."""
        names = [column.name for column in self.columns]
        convert = [_from_database(column) for column in self.columns]
        quote = connection.ops.quote_name
        statement = f"SELECT {', '.join(map(quote, names))} FROM {quote(self.name)} "  # noqa: S608
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement + f"ORDER BY {quote(self.key)}")
            while rows := cursor.fetchmany(AT_ONCE):
                for row in rows:
                    values = [one(value) for one, value in zip(convert, row, strict=True)]
                    line = dict(zip(names, values, strict=True))
                    yield _encode(line).encode() + b"\n"

    # Writing

    def load(self, lines: Iterable[bytes]) -> int:
        """Insert rows; how many. Raises Refused."""
        quote = connection.ops.quote_name
        places = ", ".join(["%s"] * len(self.columns))
        names = ", ".join(quote(column.name) for column in self.columns)
        statement = f"INSERT INTO {quote(self.name)} ({names}) VALUES ({places})"  # noqa: S608
        rest, number = iter(lines), 0
        with connection.cursor() as cursor:
            while some := list(islice(rest, AT_ONCE)):
                try:
                    cursor.executemany(statement, [self._row(line) for line in some])
                except (
                    ValueError,
                    TypeError,
                    LookupError,
                    ValidationError,
                    DatabaseError,
                ) as error:
                    raise Refused(
                        f"The rows {number + 1} to {number + len(some)} of {self.name} "
                        f"do not fit into this database: {error}"
                    ) from error
                number += len(some)
        return number

    def number_on(self) -> None:
        """Have PostgreSQL number new rows from where these end; SQLite does so by itself."""
        key = next(column for column in self.columns if column.name == self.key)
        if connection.vendor != "postgresql" or not isinstance(key.field, models.AutoField):
            return
        quote = connection.ops.quote_name
        last = f"MAX({quote(self.key)})"
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), COALESCE({last}, 1), "  # noqa: S608
                f"{last} IS NOT NULL) FROM {quote(self.name)}",
                [quote(self.name), self.key],
            )

    def _row(self, line: bytes) -> list[Any]:
        values = json.loads(line)
        return [
            column.field.get_db_prep_save(column.field.to_python(values[column.name]), connection)
            for column in self.columns
        ]


def _column(table: str, field: Any) -> Column:
    target = field.get_col(table).output_field  # of a relation: what it points at
    kind = getattr(models, target.get_internal_type(), None)
    if kind is None:
        raise Refused(f"{table}.{field.column} is of a type that backups do not know.")
    return Column(field.column, kind(null=True))


def _from_database(column: Column) -> Callable[[Any], Any]:
    col = Col("", column.field, column.field)
    converters = list(connection.ops.get_db_converters(col))
    if isinstance(column.field, models.JSONField):
        converters.append(column.field.from_db_value)

    def convert(value: Any) -> Any:
        for one in converters:
            value = one(value, col, connection)
        return plain(value)

    return convert


def plain(value: Any) -> Any:
    """A value as JSON has it: moments in UTC with microseconds, bytes in base64, keys in order."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case dict():
            return {key: plain(value[key]) for key in sorted(value)}
        case list():
            return [plain(one) for one in value]
    raise TypeError(f"Backups do not know values like {value!r}.")
