"""A UN document as schema.org data."""

from __future__ import annotations

from typing import Any

from advocacy.publishing.head import absolute
from advocacy.un.symbols import OFFICIAL_LANGUAGES

from .known import Entry


def document(entry: Entry, language: str) -> dict[str, Any]:
    """The work itself, wherever it is kept: its official record is in six languages."""
    address = absolute(entry.symbol.page(language))
    node: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": f"{address}#document",
        "identifier": str(entry.symbol),
        "name": entry.title(language) or str(entry.symbol),
        "mainEntityOfPage": address,
        "publisher": {"@type": "Organization", "name": entry.body.name(language)},
        "sameAs": [entry.symbol.url(code) for code in OFFICIAL_LANGUAGES],
    }
    if entry.date and entry.date.machine:
        node["datePublished"] = entry.date.machine
    return node
