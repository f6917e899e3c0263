"""A result as a line of the page: what it is, where it is, and the words that were asked for in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from advocacy.attachments.models import Attachment, PageText
from advocacy.attachments.templatetags.attachments import details
from advocacy.dates.templatetags.dates import partial_date
from advocacy.publishing.lists import day
from advocacy.publishing.models import Language, Publication

from . import results, sources
from .leaves import page_leaf
from .models import Document
from .query import Query
from .results import Place
from .snippets import WIDTH, excerpt, marked

MOST_PAGES = 3  # of one file, shown with their words; of the others the number is said
WIDTHS = {Language.KO.value: WIDTH // 2}  # Hangul is twice as wide


class Page(NamedTuple):
    number: int
    path: str
    snippet: SafeString


class Title(NamedTuple):
    title: str
    path: str


class Shown(NamedTuple):
    """One line (`search/_result.html`); `language` is that of its words."""

    kind: str
    when: SafeString | str
    path: str
    title: SafeString
    language: str
    snippet: SafeString | str = ""
    symbols: Sequence[str] = ()
    details: str = ""
    pages: Sequence[Page] = ()
    more_pages: int = 0
    told_in: Sequence[Publication] = ()


def rows(places: Sequence[Place], query: Query, language: str, at: datetime) -> list[Shown]:
    """In their order. What was taken back since they were found is left out."""
    shown: dict[Place, Shown] = {}
    for kind in {place.kind for place in places}:
        found = sources.SOURCES[kind].shown([p.source for p in places if p.kind == kind], at)
        show = _files if kind == Document.Kind.FILE else texts
        for key, line in show(kind, found, query, language, at).items():
            shown[Place(kind, key)] = line
    return [shown[place] for place in places if place in shown]


def texts(
    kind: str, found: dict[int, Any], query: Query, language: str, at: datetime
) -> dict[int, Shown]:
    source = sources.TEXTS[kind]
    return {
        key: Shown(
            kind=_names()[kind],
            when=_whens()[kind](text),
            path=text.get_absolute_url(),
            title=marked(text.title, query),
            language=text.language,
            snippet=excerpt(source.passages(text), query, WIDTHS.get(text.language, WIDTH)),
            symbols=source.symbols(text),
        )
        for key, text in found.items()
    }


def _files(
    kind: str, found: dict[int, Any], query: Query, language: str, at: datetime
) -> dict[int, Shown]:
    numbers = results.pages(query, list(found))
    texts = _page_texts({key: numbers[key][:MOST_PAGES] for key in found})
    told = sources.beside(list(found), language, at)
    return {
        key: Shown(
            kind=_names()[kind],
            when="",
            path=file.get_absolute_url(),
            title=marked(file.title, query),
            language=file.language,
            details=details(file),
            pages=[_page(file, page, query) for page in texts.get(key, [])],
            more_pages=max(0, len(numbers[key]) - MOST_PAGES),
            told_in=told.get(key, []),
        )
        for key, file in found.items()
    }


def _page(file: Attachment, page: PageText, query: Query) -> Page:
    leaf = page_leaf(file, page)
    width = WIDTHS.get(file.language, WIDTH)
    path = f"{file.get_absolute_url()}#page={page.number}"
    return Page(page.number, path, excerpt([leaf.body], query, width))


def _page_texts(wanted: dict[int, list[int]]) -> dict[int, list[PageText]]:
    asked = Q(pk__in=[])
    for file, numbers in wanted.items():
        asked |= Q(attachment=file, number__in=numbers)
    found: dict[int, list[PageText]] = {}
    for page in PageText.objects.filter(asked).order_by("attachment", "number"):
        found.setdefault(page.attachment_id, []).append(page)
    return found


def _names() -> dict[str, str]:
    kinds = Document.Kind
    return {
        kinds.ARTICLE: _("News"),
        kinds.MILESTONE: _("Milestone"),
        kinds.MEETING: _("Meeting"),
        kinds.PAGE: _("Page"),
        kinds.FILE: _("PDF file"),
    }


def _whens() -> dict[str, Callable[[Any], SafeString | str]]:
    kinds = Document.Kind
    return {
        kinds.ARTICLE: lambda text: day(text.published_at),
        kinds.MILESTONE: lambda text: partial_date(text.fact.date),
        kinds.MEETING: lambda text: partial_date(text.fact.date),
        kinds.PAGE: lambda text: "",
    }


def titles(places: Sequence[Place], at: datetime) -> list[Title]:
    """As `rows`, no more than what each is called and where it is."""
    found = {
        Place(kind, key): row
        for kind in {place.kind for place in places}
        for key, row in sources.SOURCES[kind]
        .shown([place.source for place in places if place.kind == kind], at)
        .items()
    }
    known = [found[place] for place in places if place in found]
    return [Title(row.title, row.get_absolute_url()) for row in known]
