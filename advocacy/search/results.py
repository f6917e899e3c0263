"""What readers are shown for a question: how much of which kind, and the best of it in order.

Both databases say only which documents match, and where: the order follows from that alone. Words in
the title come first, then words that stand together, then words in what leads in; of equals those in
the reader's language, and then the newest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from advocacy.prepared import Prepared, Slot
from advocacy.publishing.models import Language

from .engines import MANY, engine
from .models import Document
from .query import Query, Term
from .sources import SOURCES

NEWEST = "date"
MOST = 200  # results that anybody is led to, page by page
MOST_ROWS = 2 * MOST  # pages of one file are rows of their own
MOST_TITLES = 8
# In so many texts it is looked whether words stand together: PostgreSQL reads each one for that.
MOST_COMPARED = 1000
IN_TITLE, TOGETHER, IN_LEAD = 4, 2, 1


@dataclass(frozen=True)
class Choice:
    """How the results are narrowed and ordered. What is empty leaves all there is."""

    kind: str = ""
    language: str = ""
    year: int | None = None
    body: str = ""
    order: str = ""

    def __bool__(self) -> bool:
        return bool(self.kind or self.language or self.year or self.body)

    def but(self, **others: Any) -> Choice:
        return replace(self, **others)

    def admits(self, group: Group) -> bool:
        return (
            self.kind in ("", group.kind)
            and self.language in ("", group.language)
            and self.year in (None, group.year)
            and self.body in ("", group.body)
        )


@dataclass(frozen=True)
class Group:
    """How many texts and files match that have these things in common."""

    kind: str
    language: str
    year: int | None
    body: str
    count: int


class Place(NamedTuple):
    """One result: a text, or a file."""

    kind: str
    source: int


def groups(query: Query, at: datetime) -> list[Group]:
    """All that match, counted. One query."""
    if not query:
        return []
    question = engine().question(query.wanted, query.unwanted)
    ask = _COUNTED[engine().is_common(question, is_open=query.is_open)]
    with engine().by_index():
        return [Group(*row) for row in ask(question=question, at=at)]


def total(query: Query, at: datetime) -> int:
    return sum(group.count for group in groups(query, at))


def best(
    query: Query, choice: Choice, language: str, at: datetime, *, count: int = 0
) -> list[Place]:
    """The results in their order, the first MOST of them. One query, rarely two.

    `count` is how many match, if that is known.
    """
    is_common = count > MANY
    asked = {
        "question": engine().question(query.wanted, query.unwanted),
        "at": at,
        "kind": choice.kind,
        "near": language,
        "language": choice.language,
        "body": choice.body,
        "year_from": choice.year or 0,
        "year_to": choice.year or 9999,
    }
    if choice.order == NEWEST:
        quickly, wholly = _NEWEST[is_common], _NEWEST_OF_ALL[is_common]
    else:
        quickly, wholly = _BEST[is_common], _BEST_OF_ALL[is_common]
        asked |= {
            "title": engine().question(query.wanted, within="title"),
            # Of beginnings each look costs as much as the answer: the title is enough.
            "lead": engine().question([] if query.is_open else query.wanted, within="lead"),
            "together": engine().question(_together(query) if count <= MOST_COMPARED else []),
        }
    with engine().by_index():
        rows = quickly(**asked)
        places = dict.fromkeys(Place(*row[:2]) for row in rows)
        if len(places) < MOST and len(rows) == MOST_ROWS:  # there are files with very many pages
            places = dict.fromkeys(Place(*row[:2]) for row in wholly(**asked))
    return list(places)[:MOST]


def _together(query: Query) -> list[Term]:
    return [Term((query.together,))] if query.together else []


def in_titles(query: Query, language: str, at: datetime) -> list[Place]:
    """The newest whose title matches, those in the reader's language first. One query."""
    question = engine().question(query.wanted, query.unwanted)
    title = engine().question(query.wanted, within="title")
    with engine().by_index():
        rows = _TITLED(question=question, title=title, at=at, near=language)
    return [Place(*row[:2]) for row in rows]


def pages(query: Query, files: Sequence[int]) -> dict[int, list[int]]:
    """The pages of files that match, counted from 1, in their order. One query at most."""
    found: dict[int, list[int]] = defaultdict(list)
    if files:
        match = engine().match(engine().question(query.wanted, query.unwanted))
        rows = Document.objects.filter(match, kind=Document.Kind.FILE, source__in=files)
        for source, number in rows.order_by("source", "number").values_list("source", "number"):
            if number not in found[source][-1:]:
                found[source].append(number)
    return found


def _shown(is_common: bool) -> Q:
    """The one visibility predicate, asked of the source of each document, or of all sources at once."""
    shown = Q(pk__in=[])
    for source in SOURCES.values():
        public = source.public(Slot("at", DateTimeField()))
        if source.kind == Document.Kind.FILE:  # few, and each with many pages
            shown |= Q(kind=source.kind, source__in=public.values("pk"))
        elif is_common:  # with the languages, an index has it all
            every = public.filter(language__in=Language.values)
            shown |= Q(kind=source.kind, source__in=every.values("pk"))
        else:
            shown |= Q(Q(kind=source.kind), Exists(public.filter(pk=OuterRef("source"))))
    return shown


def _matching(is_common: bool) -> QuerySet:
    match = engine().match(Slot("question"))
    return Document.objects.filter(match, _shown(is_common)).order_by()


def _narrowed(is_common: bool) -> QuerySet:
    """One shape, whether anything is chosen or not."""
    known = _matching(is_common).annotate(known_year=Coalesce("year", 0))
    known = known.filter(known_year__gte=Slot("year_from"), known_year__lte=Slot("year_to"))
    for name in ("kind", "language", "body"):
        chosen = Slot(name, CharField())
        known = known.filter(Q(**{name: chosen}) | Q(Exact(chosen, Value(""))))
    return known.values_list("kind", "source")


def _near() -> Any:
    return _if(Q(language=Slot("near")), 1)


def _in_title() -> Q:
    return Q(pk__in=engine().answers(Slot("title"), within="title"))


def _score() -> Any:
    score = _if(_in_title(), IN_TITLE)
    score = score + _if(Q(pk__in=engine().answers(Slot("together"))), TOGETHER)
    return score + _if(Q(pk__in=engine().answers(Slot("lead"), within="lead")), IN_LEAD)


def _each(rows: QuerySet) -> QuerySet:
    """Row by row: the first of a text or a file has its place."""
    return rows.annotate(newest=F("day"), near=_near())


def _once(rows: QuerySet) -> QuerySet:
    """Each text and file once, which costs more the more rows there are."""
    return rows.annotate(newest=Max("day"), near=Max(_near()))


def _if(condition: Q, value: int) -> Any:
    return Case(When(condition, then=value), default=0, output_field=IntegerField())


_LATEST = (F("newest").desc(nulls_last=True), F("kind").asc(), F("source").desc())
_ORDER = (F("near").desc(), *_LATEST)
_RANK = (F("score").desc(), *_ORDER)


def _prepared(make: Callable[[bool], QuerySet]) -> dict[bool, Prepared]:
    """For questions few documents answer, and for those that are common."""
    return {is_common: Prepared(partial(make, is_common)) for is_common in (False, True)}


_COUNTED = _prepared(
    lambda common: (
        _matching(common)
        .values_list("kind", "language", "year", "body")
        .annotate(count=Count("source", distinct=True))
    )
)
_BEST = _prepared(
    lambda common: _each(_narrowed(common)).annotate(score=_score()).order_by(*_RANK)[:MOST_ROWS]
)
_BEST_OF_ALL = _prepared(
    lambda common: _once(_narrowed(common)).annotate(score=Max(_score())).order_by(*_RANK)[:MOST]
)
_NEWEST = _prepared(lambda common: _each(_narrowed(common)).order_by(*_LATEST)[:MOST_ROWS])
_NEWEST_OF_ALL = _prepared(lambda common: _once(_narrowed(common)).order_by(*_LATEST)[:MOST])
_TITLED = Prepared(
    lambda: _once(_matching(False).filter(_in_title()).values_list("kind", "source")).order_by(
        *_ORDER
    )[:MOST_TITLES]
)
