"""A work as CSL-JSON, the form that citation processors read (Citation Style Language 1.0.2)."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from advocacy.dates.edtf import Date
from advocacy.dates.parts import Part

from .work import Work, line

_PRECISIONS = ("year", "month", "day")


def csl_json(work: Work) -> str:
    """A list of one item."""
    return json.dumps([item(work)], ensure_ascii=False, indent=1) + "\n"


def item(work: Work) -> dict[str, Any]:
    author = line(work.author)
    said: dict[str, Any] = {
        "id": work.key,
        "type": "report" if work.is_document else "webpage",
        "title": line(work.title),
        "author": [{"literal": author}] if author else [],
        "publisher": author,
        "issued": _day(work.published),
        "event-date": _known(work.event),
        "version": work.version.isoformat() if work.version else "",
        "number": "; ".join(work.symbols),
        "abstract": line(work.summary),
        "language": work.language,
        "URL": work.url,
    }
    return {name: value for name, value in said.items() if value}


def _day(day: date | None) -> dict[str, Any]:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else {}


def _known(when: Date | None) -> dict[str, Any]:
    """At the precision known; of a decade or a set there are only words."""
    if when is None:
        return {}
    if when.precision == "set" or any(part.precision == "decade" for part in when.parts):
        return {"literal": when.format("en")}
    known: dict[str, Any] = {"date-parts": [_parts(part) for part in when.parts]}
    if when.is_approximate or when.is_uncertain:
        known["circa"] = True
    return known


def _parts(part: Part) -> list[int]:
    day = part.earliest
    return [day.year, day.month, day.day][: _PRECISIONS.index(part.precision) + 1]
