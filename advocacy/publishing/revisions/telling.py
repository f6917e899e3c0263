"""What a kept record says, field by field, in words an editor can compare."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advocacy.dates.edtf import Date

from .. import differing
from ..carrying import IDENTITY
from ..models import FactText, Language, Record
from ..richtext import RichTextField
from ..states import in_seoul
from ..whole import tied_by_rows
from .snapshots import Kept

#: What is no part of the content: the order of rows shows in their order, and the language of a text
#: and whether it goes public next are told elsewhere.
UNTOLD = {*IDENTITY, "position", "ready"}


class Told(NamedTuple):
    label: str
    value: str
    is_html: bool = False


class Compared(NamedTuple):
    """One field that differs."""

    label: str
    difference: differing.Difference


def compare(before: Kept, after: Kept, names: Names) -> tuple[list[Compared], list[str]]:
    """The fields that differ, in their order, and the labels of those that do not."""
    left, right = (dict(_told(kept, names)) for kept in (before, after))
    compared, same = [], []
    for key in [*right, *(key for key in left if key not in right)]:
        told = right.get(key) or left[key]
        said = [side[key].value if key in side else "" for side in (left, right)]
        if said[0] == said[1]:
            same += [told.label] if said[0] else []
            continue
        compare_two = differing.of_html if told.is_html else differing.of_plain
        compared.append(Compared(told.label, compare_two(*said)))
    return compared, same


class Names:
    """How the rows are called that kept rows point to, for somebody who may not know of all."""

    def __init__(self, user: Any, *kept: Kept) -> None:
        wanted: dict[Any, set[Any]] = defaultdict(set)
        for row in (row for root in kept for row in root.all()):
            for model, key in row.needs():
                wanted[model].add(key)
        self._found = {model: _named(model, user).in_bulk(keys) for model, keys in wanted.items()}

    def of(self, model: Any, key: Any, otherwise: str = "") -> str:
        found = self._found.get(model, {}).get(key)
        return str(found) if found else otherwise or _("a text that is not open to you")

    @property
    def pictures(self) -> dict[str, str]:
        """By uuid, what is shown in bodies."""
        rows = (row for some in self._found.values() for row in some.values())
        return {str(row.uuid): str(row) for row in rows if hasattr(row, "uuid")}


def _named(model: Any, user: Any) -> Any:
    return model.objects.open_to(user) if issubclass(model, Record) else model._base_manager.all()


def _told(kept: Kept, names: Names) -> Iterator[tuple[tuple, Told]]:
    """By a key that is the same for both sides."""
    yield from _fields(kept)
    meta = type(kept.row)._meta
    for name, keys in kept.tied.items():
        field: Any = meta.get_field(name)
        lines = sorted(names.of(field.related_model, key) for key in keys)
        yield (name,), Told(_label(field), "\n".join(lines))
    for accessor, parts in kept.parts.items():
        model: Any = meta.get_field(accessor).related_model
        if issubclass(model, FactText):
            for part in parts:
                yield from _of_text(part)
        elif not getattr(model, "is_written_by_its_text", False):
            lines = [_line(part, names) for part in parts]
            yield (accessor,), Told(_of_parts(kept, model), "\n".join(lines))


def _of_text(kept: Kept) -> Iterator[tuple[tuple, Told]]:
    text: Any = kept.row
    language = Language(text.language).label
    for key, told in _fields(kept):
        yield (text.language, *key), told._replace(label=f"{told.label} ({language})")


def _fields(kept: Kept) -> Iterator[tuple[tuple, Told]]:
    for field in type(kept.row)._meta.concrete_fields:
        if field.editable and not field.many_to_one and field.name not in {*UNTOLD, "language"}:
            value = _said(kept.row, field)
            yield (field.name,), Told(_label(field), value, isinstance(field, RichTextField))


def _line(kept: Kept, names: Names) -> str:
    """A part in one line; what it points to is called as it is today, or as it was then."""
    said = [
        names.of(field.related_model, getattr(kept.row, field.attname), kept.called)
        for field in kept.pointers()
    ]
    for field in type(kept.row)._meta.concrete_fields:
        if not (field.many_to_one or field.primary_key or field.name in UNTOLD):
            said.append(" ".join(_said(kept.row, field).split()))
    return " · ".join(filter(None, said))


def _said(row: Any, field: Any) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Date):
        return value.format()
    if isinstance(value, datetime):
        return in_seoul(value)
    if isinstance(value, date):
        return date_format(value)
    return str(value)


def _of_parts(kept: Kept, model: Any) -> str:
    """Rows that tie the record to others are called as the field that shows them."""
    for field in tied_by_rows(type(kept.row)):
        if field.remote_field.through is model:
            return _label(field)
    return capfirst(str(model._meta.verbose_name_plural))


def _label(field: Any) -> str:
    return capfirst(str(field.verbose_name))
