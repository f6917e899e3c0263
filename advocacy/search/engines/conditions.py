"""What both engines make of their questions."""

from __future__ import annotations

from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from advocacy.prepared import Slot


def condition(sql: str, question: str | Slot) -> RawSQL:
    return RawSQL(sql, [question], output_field=BooleanField())  # noqa: S611  a parameter


def any_row(asked: str, value: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(asked, [value])
        return cursor.fetchone() is not None
