"""A record as it was kept: rows as they were, that are not in the database any more, or not so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _
from reversion.errors import RevertError

from ..carrying import IDENTITY
from ..history import HistoryEntry
from ..models import Record
from ..whole import owned_by


class Unreadable(Exception):
    """What was kept is of a form that this site no longer reads; `str()` is a sentence."""

    def __init__(self) -> None:
        super().__init__(
            _("What was kept then can no longer be read: it is too old for this site.")
        )


@dataclass
class Kept:
    """One row as it was. Its instance is for reading alone: saved, it would overwrite a row of today."""

    row: models.Model
    called: str
    tied: dict[str, list[Any]]  # by name of the field, primary keys
    owner: str = ""  # the foreign key that leads to what owns it
    parts: dict[str, list[Kept]] = field(default_factory=dict)

    def all(self) -> Iterator[Kept]:
        """This row and those it owned, and theirs."""
        yield self
        for parts in self.parts.values():
            for part in parts:
                yield from part.all()

    def pointers(self) -> list[Any]:
        """Its foreign keys to what lives on its own, as a document does."""
        fields = type(self.row)._meta.concrete_fields
        own = {self.owner, *IDENTITY}
        return [field for field in fields if field.many_to_one and field.name not in own]

    def needs(self) -> list[tuple[Any, Any]]:
        """Kind and primary key of each row it points to or is tied to."""
        found = [(to.related_model, getattr(self.row, to.attname)) for to in self.pointers()]
        for name, keys in self.tied.items():
            found += [(type(self.row)._meta.get_field(name).related_model, key) for key in keys]
        return found


def read(entry: HistoryEntry) -> Kept:
    """The record of an entry with all its parts. Raises Unreadable."""
    found: dict[type[models.Model], list[Kept]] = defaultdict(list)
    try:
        for version in entry.revision.version_set.order_by("pk"):
            kind = ContentType.objects.get_for_id(version.content_type_id).model_class()
            if kind is not None:
                found[kind].append(_row(kind, version))
    except RevertError as error:
        raise Unreadable from error
    roots = [kept for kind, some in found.items() if issubclass(kind, Record) for kept in some]
    if len(roots) != 1:
        raise Unreadable
    _gather(roots[0], found)
    return roots[0]


def _row(kind: type[models.Model], version: Any) -> Kept:
    many = {field.name for field in kind._meta.many_to_many}
    values = dict(version.field_dict)
    tied = {name: values.pop(name) for name in many & set(values)}
    return Kept(kind(**values), version.object_repr, tied)


def _gather(kept: Kept, found: dict[type[models.Model], list[Kept]]) -> None:
    for accessor in owned_by(type(kept.row)):
        relation: Any = type(kept.row)._meta.get_field(accessor)
        owner, rows = relation.field, found[relation.related_model]
        kept.parts[accessor] = [
            row for row in rows if getattr(row.row, owner.attname) == kept.row.pk
        ]
        for part in kept.parts[accessor]:
            part.owner = owner.name
            _gather(part, found)
