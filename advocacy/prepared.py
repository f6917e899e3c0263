"""Queries whose shape is fixed: Django writes their SQL once, and after that only values change.

To write the SQL of a query costs Django many times what the database takes to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, QuerySet, Value
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators


class Slot(Value):
    """Where a value will stand, in place of it in `filter()` and the like; it is never NULL.

    Moments and UUIDs, which databases write each in their own way, need the field they are of.
    """

    def __init__(self, name: str, output_field: Field[Any, Any] | None = None) -> None:
        super().__init__(None, output_field=output_field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def filled(self, values: dict[str, Any], connection: BaseDatabaseWrapper) -> Any:
        value, field = values[self.name], self._output_field_or_none  # type: ignore[attr-defined]
        return value if field is None else field.get_db_prep_value(value, connection)


class Prepared:
    """A query that is asked with its values by name: `coverage(article=1)`.

    `make` gives the queryset, with a Slot for each value that changes. The answer is a list: of
    instances, with their `select_related()` and annotations, or of tuples from `values_list()`.
    """

    def __init__(self, make: Callable[[], QuerySet]) -> None:
        self._make = make
        self._written: dict[str, _Written] = {}  # by kind of database

    def __call__(self, **values: Any) -> list[Any]:
        connection = connections[DEFAULT_DB_ALIAS]  # itself, not the stand-in that looks it up
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = _Written(self._make())
        params = [
            p.filled(values, connection) if isinstance(p, Slot) else p for p in written.params
        ]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, params)
            rows = cursor.fetchall()
        return [written.read(row, connection) for row in rows]


class _Written:
    """The SQL of a queryset, and how a row is read: what Django works out anew at each query."""

    def __init__(self, queryset: QuerySet) -> None:
        kind = queryset._iterable_class
        if kind not in (ModelIterable, ValuesListIterable):
            raise TypeError("A prepared query answers instances or tuples.")
        if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]
            raise TypeError("A prepared query is one query: it prefetches nothing.")
        compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, self.params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        self._converters = compiler.get_converters(columns).items()
        self.read = self._converted
        if kind is ModelIterable:
            self.read = self._instance
            self._model, self._db, info = queryset.model, queryset.db, compiler.klass_info
            fields = info["select_fields"]
            self._own = slice(fields[0], fields[-1] + 1)
            self._names = [columns[field].target.attname for field in fields]
            self._related = get_related_populators(info, compiler.select, self._db)  # type: ignore[call-arg]  # of Django 6
            self._annotations = (compiler.annotation_col_map or {}).items()

    def _converted(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> tuple[Any, ...]:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)

    def _instance(self, row: Sequence[Any], connection: BaseDatabaseWrapper) -> Any:
        values = self._converted(row, connection)
        instance = self._model.from_db(self._db, self._names, values[self._own])
        for related in self._related:
            related.populate(values, instance)
        for name, place in self._annotations:
            setattr(instance, name, values[place])
        return instance
