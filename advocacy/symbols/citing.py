"""What of ours names a UN document, as readers are shown it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse

from advocacy.publishing.head import with_query
from advocacy.search import query, showing
from advocacy.search.models import Citation, Document
from advocacy.search.results import Place
from advocacy.search.showing import Shown
from advocacy.search.sources import SOURCES
from advocacy.un.symbols import Symbol

MOST = 25  # of each kind; the search has the others
MOST_ROWS = 1000  # pages of one file are rows of their own
#: In this order: what the United Nations did, whom we met, what we wrote, and what we published.
_ORDER = (
    *(Document.Kind.MILESTONE, Document.Kind.MEETING, Document.Kind.ARTICLE),
    *(Document.Kind.PAGE, Document.Kind.FILE),
)


class Citing(NamedTuple):
    """`total` are all, of which `rows` are shown; `path` is the search for all of them."""

    rows: list[Shown]
    total: int
    path: str


def citing(symbol: Symbol, total: int, language: str, at: datetime) -> Citing:
    """The newest of each kind, told in `language` if they are told in it. `total` is known.counts'."""
    asked = query.read(symbol.document)
    places = [place for kind in _ORDER for place in _places(kind, symbol, language, at)]
    path = with_query(reverse("search:index", args=[language]), q=symbol.document)
    rows = showing.rows(places, asked, language, at)
    beside = [row._replace(symbols=_others(row.symbols, symbol)) for row in rows]
    return Citing(beside, total, path)


def _others(names: Iterable[str], symbol: Symbol) -> list[str]:
    return [name for name in names if name != symbol.document]


def _places(kind: str, symbol: Symbol, language: str, at: datetime) -> Iterator[Place]:
    """Each thing once, in the reader's language or in the other."""
    source = SOURCES[kind]
    named = Citation.objects.filter(symbol=symbol.document, document__kind=kind)
    named = named.filter(document__source__in=source.public(at).values("pk"))
    newest = named.order_by("-document__day", "-document__source")
    rows = newest.values_list("document__source", flat=True)[:MOST_ROWS]
    keys = list(dict.fromkeys(rows))[: 2 * MOST]  # each in two languages
    found = source.shown(keys, at)
    chosen: dict[object, int] = {}
    for key in keys:
        if key in found:
            piece = source.piece(found[key])
            if piece not in chosen or found[key].language == language:
                chosen[piece] = key
    newest_first = list(chosen.values())[:MOST]
    own_first = sorted(newest_first, key=lambda key: found[key].language != language)
    return (Place(kind, key) for key in own_first)
