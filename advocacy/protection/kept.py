"""What colleagues can open of a record and readers cannot: kept versions, and what was said about it.

Whose text it is, who is asked to review it, and who edits all texts read both (publishing.access).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from advocacy.publishing.models import HistoryEntry, Record, Remark
from advocacy.publishing.revisions import keeping

from .surfaces import paragraphs, words

VERSION, REMARK = "version", "remark"


class Kept(NamedTuple):
    what: str
    at: datetime
    text: str


def fingerprint(record: Record) -> list[Any]:
    """Other than before when there is something new to look at, or something was taken out of it.

    What is kept at publishing says what was kept when it was saved.
    """
    saved = keeping.rows_of(record.live).exclude(revision__entry__verb=HistoryEntry.Verb.PUBLISHED)
    said = Remark.objects.filter(record=record.live.uuid)
    return [*saved.values_list("serialized_data", flat=True), *said.values_list("text", flat=True)]


def kept(record: Record, known: Iterable[str]) -> Iterator[Kept]:
    """Each piece of text once, as it was last there, and none that is `known`."""
    seen = set(known)
    for what, at, text in _everything(record):
        blocks = paragraphs(text)
        before = text.removesuffix("".join(blocks))
        for piece in (before, *blocks):
            if piece not in seen:
                seen.add(piece)
                yield Kept(what, at, piece)
                yield Kept(what, at, words(piece))


def _everything(record: Record) -> Iterator[Kept]:
    for remark in Remark.objects.filter(record=record.live.uuid).order_by("-pk"):
        yield Kept(REMARK, remark.at, remark.text)
    for row in keeping.rows_of(record.live).iterator():
        for text in _strings(json.loads(row.serialized_data)):
            yield Kept(VERSION, row.revision.date_created, text)


def _strings(value: Any) -> Iterator[str]:
    """All texts in what JSON may hold."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)
