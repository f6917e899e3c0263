"""Which UN documents have a page: those that something public names, those that staff have entered,
and those in the chain around one of these.

Of symbols there is no end. All others have no page, so that none is made up by asking for it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from advocacy.dates.edtf import Date
from advocacy.search.models import Citation
from advocacy.search.sources import SOURCES
from advocacy.un.bodies import BODIES, Body
from advocacy.un.forms import Kind
from advocacy.un.reading import understood
from advocacy.un.symbols import Symbol, parse

from .models import Relation, UNDocument


class Entry:
    """A document by its symbol, with what staff have entered of it, if they have."""

    def __init__(self, symbol: Symbol, row: UNDocument | None = None) -> None:
        self.symbol, self.row = symbol, row

    @property
    def body(self) -> Body:
        return BODIES[(self.row and self.row.body) or self.symbol.body]

    @property
    def session(self) -> str:
        return self.row.session if self.row else self.symbol.session

    @property
    def year(self) -> int | None:
        return self.row.year if self.row else self.symbol.named_year

    @property
    def date(self) -> Date | None:
        return (self.row and self.row.date) or None

    @property
    def kind(self) -> str:
        named = (
            self.row.get_kind_display() if self.row and self.row.kind else self.symbol.kind.label
        )
        return capfirst(str(named))

    @property
    def is_plain(self) -> bool:
        """Whether neither its symbol nor anybody says what kind of document it is."""
        return ((self.row and self.row.kind) or self.symbol.kind) == Kind.DOCUMENT

    def title(self, language: str) -> str:
        """As staff have entered it; "" where they have not."""
        return self.row.title(language) if self.row else ""

    def title_language(self, language: str) -> str:
        """That of what stands for a title: what the symbol says is told in any."""
        return self.row.title_language(language) if self.row else language

    @cached_property
    def what(self) -> str:
        """Body, kind, session and number in a line."""
        return understood(self.symbol)

    @cached_property
    def order(self) -> tuple[Any, ...]:
        """The newest first; what is of no known year comes last, by body and number."""
        day = self.row and self.row.date_earliest
        number = [int(part) if part.isdigit() else part for part in parts(str(self.symbol))]
        bodies = list(BODIES).index(self.body.code)
        return -(self.year or 0), -day.toordinal() if day else 0, bodies, number


def parts(text: str) -> list[str]:
    """Figures and what stands between them by turns, so that 9 comes before 10."""
    return re.split("([0-9]+)", text)


def entries(at: datetime) -> list[Entry]:
    """All of them, in order. Seven queries, whatever their number."""
    rows = {row.symbol: row for row in UNDocument.objects.all()}
    names = {*rows, *Relation.objects.values_list("other", flat=True).distinct(), *_cited(at)}
    known = ((parse(name), rows.get(name)) for name in names)
    return sorted((Entry(read, row) for read, row in known if read), key=lambda one: one.order)


def entry(symbol: Symbol, at: datetime) -> Entry | None:
    """That of one document, whatever the language of the symbol; None where it has no page."""
    name = symbol.document
    document = parse(name)
    row = UNDocument.objects.filter(symbol=name).first()
    is_known = row or Relation.objects.filter(other=name).exists() or _is_cited(name, at)
    return Entry(document, row) if document and is_known else None


def counts(names: Iterable[str], at: datetime) -> dict[str, int]:
    """By symbol, how much of ours names it: texts in two languages are one. Five queries."""
    found: dict[str, set[Any]] = defaultdict(set)
    names = list(names)
    for kind, source in SOURCES.items():
        named = Citation.objects.filter(symbol__in=names, document__kind=kind)
        public = source.public(at).filter(pk__in=named.values("document__source"))
        pieces = dict(public.values_list("pk", source.shared))
        for name, key in named.values_list("symbol", "document__source").distinct():
            if key in pieces:
                found[name].add((kind, pieces[key]))
    return {name: len(pieces) for name, pieces in found.items()}


def _cited(at: datetime) -> set[str]:
    return {
        name
        for kind in SOURCES
        for name in _public(kind, at).values_list("symbol", flat=True).distinct()
    }


def _is_cited(name: str, at: datetime) -> bool:
    return any(_public(kind, at).filter(symbol=name).exists() for kind in SOURCES)


def _public(kind: str, at: datetime) -> Any:
    """What readers may read of that kind names these."""
    public = SOURCES[kind].public(at).values("pk")
    return Citation.objects.filter(document__kind=kind, document__source__in=public)
