"""Where the record mentions an article: the meetings and milestones that name it or its translation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import DateTimeField, F, QuerySet, UUIDField, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from advocacy.dates.templatetags.dates import partial_date
from advocacy.prepared import Prepared, Slot
from advocacy.publishing.addresses import path_of
from advocacy.publishing.lists import Rec
from advocacy.publishing.models import Language
from advocacy.publishing.queryset import related

from .models import Article


def mentions(article: Article, at: datetime | None = None) -> list[Rec]:
    """Oldest first, each told in the language of the article if it can be. One query."""
    rows = _rows[Language(article.language)](
        group=article.translation_group, at=at or timezone.now()
    )
    return [_rec(*row) for row in _one_language_each(rows, article.language)]


def _both(place: str) -> QuerySet:
    first, nothing = Value(0), Value("")
    symbol, position = F("fact__symbols__symbol"), F("fact__symbols__position")
    return _of("meetings", F(place), first, nothing).union(
        _of("milestones", nothing, position, symbol), all=True
    )


def _of(kind: str, place: F | Value, position: F | Value, symbol: F | Value) -> QuerySet:
    texts = related(related(Article, kind), "texts").objects
    return (
        texts.published(Slot("at", DateTimeField()))
        .filter(fact__articles__translation_group=Slot("group", UUIDField()))
        .values_list(
            *("fact__date_earliest", Value(kind), "fact", "fact__date"),
            *("language", "slug", "title", place, position, symbol),
        )
    )


_rows = {
    Language.EN: Prepared(lambda: _both("fact__place_en")),
    Language.KO: Prepared(lambda: _both("fact__place_ko")),
}


def _one_language_each(rows: Iterable[tuple], language: str) -> list[tuple]:
    """Of each fact one row: in its best language, with the first of its symbols."""
    chosen: dict[tuple, tuple] = {}
    for row in sorted(rows, key=lambda row: (*row[:3], row[4] != language, row[8] or 0)):
        chosen.setdefault(row[:3], row)
    return list(chosen.values())


def _rec(
    _earliest: object,
    kind: str,
    _fact: int,
    date: str,
    language: str,
    slug: str,
    title: str,
    place: str,
    _position: int | None,
    symbol: str | None,
) -> Rec:
    name = _("Meeting") if kind == "meetings" else _("Milestone")
    path = path_of(f"{kind}:detail", language, slug)
    return Rec(name, partial_date(date), path, title, language, symbol or "", place)
