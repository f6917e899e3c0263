"""What a record is made of, and how all of it is fetched at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from .models import FactText
from .queryset import related


def owned_by(model: type[Model]) -> Iterator[str]:
    """The accessors of its parts, and of the rows that tie it to others and are models themselves."""
    yield from getattr(model, "parts", ())
    for field in tied_by_rows(model):
        yield _accessor_of(model, field.remote_field.through)


def tied_by_rows(model: type[Model]) -> list[Any]:
    """Its relations to many that are kept in rows of a model of ours, as tags are."""
    fields: Any = model._meta.many_to_many
    return [field for field in fields if not field.remote_field.through._meta.auto_created]


def whole(kind: Any) -> QuerySet[Any]:
    """Records with all they are made of, and what that is called by: a query for each kind of part."""
    return _prefetched(kind, kind._default_manager.select_related("replaces"))


def _prefetched(model: Any, found: QuerySet[Any]) -> QuerySet[Any]:
    for accessor in owned_by(model):
        part = related(model, accessor)
        owner = model._meta.get_field(accessor).field.name
        named = [
            field.name
            for field in part._meta.concrete_fields
            if field.many_to_one and field.name != owner
        ]
        rows = part._default_manager.all()
        rows = rows.select_related(*named) if named else rows
        if issubclass(part, FactText):
            rows = _prefetched(part, rows)
        found = found.prefetch_related(Prefetch(accessor, rows))
    return found


def _accessor_of(model: type[Model], owned: type[Model]) -> str:
    relations = model._meta.related_objects
    return next(one.get_accessor_name() or "" for one in relations if one.related_model is owned)
