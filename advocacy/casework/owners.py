"""Which record a row belongs to, for every table that records are made of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models, router

from advocacy.attachments.models import Attachment, PageText, Rendition
from advocacy.publishing.models import FactText, Record
from advocacy.publishing.queryset import related
from advocacy.publishing.records import kinds
from advocacy.publishing.whole import owned_by

FILES = (Attachment, PageText, Rendition)
_TEXT = (models.CharField, models.TextField, models.JSONField, models.FileField)
#: Of the machinery: identifiers, keyed hashes, sealed words and what is made anew of all the rest.
_APART = {"casework", "search", "contenttypes"}
_APART_TABLES = {"publishing.logentry", "auth.permission", "accounts.session", "hits.salt"}


@cache
def ways() -> dict[type[models.Model], tuple[str, ...]]:
    """By table, the relations that lead from a row to its record."""
    found: dict[type[models.Model], tuple[str, ...]] = {}

    def add(model: Any, way: tuple[str, ...]) -> None:
        found[model] = way
        for accessor in owned_by(model):
            part = related(model, accessor)
            if part not in found:
                owner = model._meta.get_field(accessor).field.name
                add(part, (owner, *way))

    for kind in kinds():
        add(kind, ())
    return found


def record_of(row: models.Model) -> Record:
    """The record that readers know, whatever of it or of its working copy the row is."""
    found: Any = row
    for relation in ways()[type(row)]:
        found = getattr(found, relation)
    return found.live


def rows_of(record: Record) -> Iterator[models.Model]:
    """All rows a record is made of, itself first, but what its text writes by itself."""

    def below(row: Any) -> Iterator[models.Model]:
        yield row
        for accessor in owned_by(type(row)):
            for part in getattr(row, accessor).all():
                if getattr(part, "is_written_by_its_text", False):
                    continue
                if isinstance(part, FactText):
                    yield from below(part)
                else:
                    yield part

    for one in filter(None, (record.live, record.live.changes())):
        yield from below(one)


def tables() -> list[type[models.Model]]:
    """Every table of the site's database that holds words: records first, then files, then the rest."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in _APART
        and model._meta.label_lower not in _APART_TABLES
        and router.allow_migrate_model(DEFAULT_DB_ALIAS, model)
        and columns(model)
    ]
    return sorted(found, key=lambda model: (_rank(model), model._meta.label_lower))


def columns(model: type[models.Model]) -> list[str]:
    return [
        field.attname
        for field in model._meta.concrete_fields
        if isinstance(field, _TEXT) and not field.choices
    ]


def _rank(model: type[models.Model]) -> int:
    if model in ways():
        return 0
    return 1 if model in FILES else 2
