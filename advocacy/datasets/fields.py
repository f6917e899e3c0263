"""A record as data: fields named one by one, each with its type and what it means.

Tables and the interface for programs are made from these declarations, and so is what is said of them:
what is not declared leaves the house by neither.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.utils.functional import Promise

Schema = Mapping[str, Any]  # JSON Schema, draft 2020-12
Words = str | Promise

TEXT: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
UUID: Schema = {"type": "string", "format": "uuid"}
URL: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
NUMBER_IF_ANY: Schema = {"type": ["integer", "null"], "minimum": 0}


def one_of(values: Sequence[str]) -> Schema:
    return {"type": "string", "enum": [*values]}


def list_of(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def object_of(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


class Told(NamedTuple):
    """A record, and that text of it which a reader who asks in one language is given."""

    record: Any
    text: Any
    at: datetime


@dataclass(frozen=True)
class Field:
    name: str
    schema: Schema
    says: Words
    value: Callable[[Told], Any]
    is_long: bool = False  # in no table, and in no answer that does not ask for it


def told(one: Told, fields: Sequence[Field]) -> dict[str, Any]:
    """Ready for JSON."""
    return {field.name: field.value(one) for field in fields}


def moment(at: datetime) -> str:
    """In UTC, to the microsecond (RFC 3339)."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
