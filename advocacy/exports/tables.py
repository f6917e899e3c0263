"""Records as lines: CSV, JSON and JSON Lines, each written piece by piece.

Of a table whose rows may be cut out and passed on, every row says how it may be used and when it was
made. Nothing here depends on the language that is active: it is long past when the pieces are made.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from advocacy.cells import BOM, Cell, quoted
from advocacy.datasets.fields import Field, Told, told
from advocacy.datasets.terms import Terms

Batches = Iterable[Sequence[Told]]


class _Line:
    """What a writer of CSV takes for a file, and gives each line back."""

    def write(self, line: str) -> str:
        return line


def names(fields: Sequence[Field]) -> list[str]:
    return [*(field.name for field in fields), "licence", "made"]


def cells(one: Told, fields: Sequence[Field], terms: Terms) -> list[Cell]:
    values = [cell(field.value(one)) for field in fields]
    return [*values, " ".join(filter(None, [terms.licence, terms.url])), terms.made]


def cell(value: Any) -> Cell:
    """Of a list its members, one after the other; of what has several sides the one that leads on."""
    if isinstance(value, list):
        return "; ".join(str(cell(member)) for member in value)
    if isinstance(value, dict):
        return value.get("symbol") or value.get("url") or "; ".join(map(str, value.values()))
    return value


def as_csv(fields: Sequence[Field], batches: Batches, terms: Terms) -> Iterator[str]:
    """RFC 4180, with a BOM for Excel."""
    writer = csv.writer(_Line())
    yield BOM + writer.writerow(names(fields))
    for batch in batches:
        yield "".join(
            writer.writerow([_written(quoted(one)) for one in cells(row, fields, terms)])
            for row in batch
        )


def as_json(fields: Sequence[Field], batches: Batches, terms: Terms) -> Iterator[str]:
    """One object, its `items` the records."""
    yield _dump(terms._asdict())[:-1] + ', "items": ['
    before = "\n"
    for batch in batches:
        for row in batch:
            yield before + _dump(told(row, fields))
            before = ",\n"
    yield "\n]}\n"


def as_lines(fields: Sequence[Field], batches: Batches, terms: Terms) -> Iterator[str]:
    """JSON Lines: an object a line, each with the terms."""
    said = {"licence": terms.licence, "licence_url": terms.url, "made": terms.made}
    for batch in batches:
        yield "".join(f"{_dump(told(row, fields) | said)}\n" for row in batch)


def _written(value: Cell) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
